import { balancerNames, type HostRole } from './hosts.ts';

/** The services of the platform that run in ECS. */
export const ecsServices = ['api', 'mlflow', 'auth'] as const;
export type EcsServiceName = (typeof ecsServices)[number];

/** Names of the platform's resources in AWS. */
export interface Inventory {
  readonly region: string;
  readonly cluster: string;
  readonly services: Readonly<Record<EcsServiceName, string>>;
  /** Null: not on record. A guess would let a right name look wrong. */
  readonly balancers: Readonly<Record<HostRole, string | null>>;
  readonly database: string;
  readonly logs: Readonly<Record<EcsServiceName, string>>;
  /** The id of an API in API Gateway; null: the one whose custom domain is the host's name. */
  readonly gateway: string | null;
  /** CloudFormation's; empty: those that own the service and the balancer. */
  readonly stacks: readonly string[];
}

/** From the incident documents. The database's identifier is not on record: assumed to be named as the service. */
const defaultInventory: Inventory = {
  region: 'us-east-1',
  cluster: 'hokusai-development',
  services: {
    api: 'hokusai-api-development',
    mlflow: 'hokusai-mlflow-development',
    auth: 'hokusai-auth-development',
  },
  balancers: { ...balancerNames, mlflow: null },
  database: 'hokusai-mlflow-development',
  logs: {
    api: '/ecs/hokusai-api-development',
    mlflow: '/ecs/hokusai-mlflow-development',
    auth: '/ecs/hokusai-auth-development',
  },
  gateway: null,
  stacks: [],
};

/** What a configuration says of it. */
export type InventoryOverrides = {
  readonly [Part in keyof Inventory]?: Inventory[Part] extends string | null
    ? string
    : Inventory[Part] extends readonly string[]
      ? readonly string[]
      : { readonly [Name in keyof Inventory[Part]]?: string };
};

export const inventoryWith = (said: InventoryOverrides = {}): Inventory => ({
  region: said.region ?? defaultInventory.region,
  cluster: said.cluster ?? defaultInventory.cluster,
  services: { ...defaultInventory.services, ...said.services },
  balancers: { ...defaultInventory.balancers, ...said.balancers },
  database: said.database ?? defaultInventory.database,
  logs: { ...defaultInventory.logs, ...said.logs },
  gateway: said.gateway ?? defaultInventory.gateway,
  stacks: said.stacks ?? defaultInventory.stacks,
});
