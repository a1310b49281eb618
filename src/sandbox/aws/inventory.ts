import { defaultHosts } from '../../platform/hosts.ts';
import { type BalancerName, balancerDnsName } from '../balancers.ts';

/* The platform's resources in AWS, as the incident documents describe them. Faults change them: breakages.ts. */

const account = '123456789012';
const region = 'us-east-1';
export const arn = (service: string, rest: string): string => `arn:aws:${service}:${region}:${account}:${rest}`;

export const vpc = 'vpc-hokusai';
/** The repository and tag of a service's image. */
export const imageOf = (service: ServiceName): string => `hokusai-${service}:115`;
export const imageUri = (service: ServiceName): string =>
  `${account}.dkr.ecr.${region}.amazonaws.com/${imageOf(service)}`;

const balancerNames = ['registry', 'main', 'mlflow'] as const satisfies readonly BalancerName[];
export const groupNames = ['registryApi', 'api', 'auth', 'platform', 'mlflow'] as const;
export type GroupName = (typeof groupNames)[number];
export const serviceNames = ['api', 'mlflow', 'auth'] as const;
export type ServiceName = (typeof serviceNames)[number];

export type AwsAction =
  | { readonly kind: 'forward'; readonly to: GroupName }
  | { readonly kind: 'fixed'; readonly status: string }
  | { readonly kind: 'redirect'; readonly protocol: string; readonly host: string };

interface AwsRule {
  readonly host: string;
  readonly path: string | null;
  readonly action: AwsAction;
}

export interface AwsListener {
  rules: readonly AwsRule[];
  otherwise: AwsAction;
}

export interface AwsTarget {
  readonly id: string;
  readonly state: string;
  readonly reason?: string;
  readonly description?: string;
}

interface AwsTask {
  readonly address: string;
  readonly startedAt: number;
}

export interface AwsStopped {
  readonly reason: string;
  readonly exitCode: number | null;
  readonly stoppedAt: number;
}

interface AwsService {
  desired: number;
  tasks: readonly AwsTask[];
  stopped: readonly AwsStopped[];
  events: readonly { readonly at: number; readonly message: string }[];
  readonly groups: readonly GroupName[];
  readonly port: number;
  environment: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  command: readonly string[];
}

interface AwsGroup {
  protocol: 'HTTP' | 'HTTPS';
  readonly healthPath: string;
  targets: readonly AwsTarget[];
}

interface AwsPermission {
  readonly port: number | null;
  readonly from: string;
}

export interface AwsGateway {
  readonly id: string;
  readonly kind: 'HTTP' | 'REST';
  /** Its custom domains. */
  readonly hosts: readonly string[];
  readonly routes: readonly { readonly path: string; readonly type: string; readonly authorizer?: string }[];
  readonly authorizers: readonly { readonly id: string; readonly type: string; readonly sources: readonly string[] }[];
}

export interface AwsInventory {
  /** Null: nothing is made by CloudFormation. */
  stack: string | null;
  stackEvents: readonly {
    readonly at: number;
    readonly resource: string;
    readonly type: string;
    readonly status: string;
  }[];
  trailEvents: readonly { readonly at: number; readonly name: string; readonly resource: string }[];
  /** Null: no API Gateway is in front of the platform. */
  gateway: AwsGateway | null;
  readonly balancers: Record<BalancerName, { https: AwsListener | null; http: AwsListener | null }>;
  readonly groups: Record<GroupName, AwsGroup>;
  readonly services: Record<ServiceName, AwsService>;
  /** By host: the name that its alias leads to, or an address. */
  readonly records: Map<string, string>;
  instances: readonly string[];
  certificate: { status: string; notAfter: number; names: readonly string[] };
  /** In the private zone, by name. */
  privateRecords: ReadonlyMap<string, readonly string[]>;
  /** That resolve names of the private zone. */
  privateZoneVpcs: readonly string[];
  /** In the registry, by NAME:TAG. */
  images: readonly string[];
  cache: { status: string; readonly endpoint: string };
  databaseParameters: Readonly<Record<string, string>>;
  /** Of the subnets of balancers and tasks: denied before everything is allowed. */
  deniedPorts: readonly number[];
  /** The same, of the subnets of the database and the cache. */
  storeDeniedPorts: readonly number[];
  /** Networks by the id of a prefix list, to which a rule of a security group may refer. */
  prefixLists: Readonly<Record<string, readonly string[]>>;
  /** By name: what may come in. Everything may go out. */
  readonly securityGroups: Record<'balancer' | ServiceName | 'database' | 'cache', readonly AwsPermission[]>;
  database: { status: string; replicaOf: string | null; connections: readonly number[] };
  databaseEvents: readonly { readonly at: number; readonly message: string }[];
  secretChangedAt: number;
  readonly logs: Record<ServiceName, readonly string[]>;
}

const { registry, api, mlflow, platform, auth } = defaultHosts;
const hour = 3_600_000;

export const notFound: AwsAction = { kind: 'fixed', status: '404' };
const toHttps: AwsListener = { rules: [], otherwise: { kind: 'redirect', protocol: 'HTTPS', host: '#{host}' } };

const listeners = (rules: readonly AwsRule[]) => ({ https: { rules, otherwise: notFound }, http: { ...toHttps } });
const to = (host: string, group: GroupName, path: string | null = null): AwsRule => ({
  host,
  path,
  action: { kind: 'forward', to: group },
});

const healthy = (...ids: readonly string[]): readonly AwsTarget[] => ids.map((id) => ({ id, state: 'healthy' }));
const group = (targets: readonly AwsTarget[]): AwsGroup => ({ protocol: 'HTTP', healthPath: '/health/alb', targets });

/** The addresses of the API's tasks. */
export const apiAddresses = ['10.0.1.76', '10.0.2.91'] as const;
const mlflowAddress = '10.0.3.219';
/** Where the API finds MLflow. */
const mlflowName = 'mlflow.hokusai.local';
const cacheEndpoint = 'hokusai-redis.a1b2c3.0001.use1.cache.amazonaws.com';

/** The platform on a healthy day. @param now milliseconds since the epoch */
export const healthyInventory = (now: number): AwsInventory => {
  const service = (
    addresses: readonly string[],
    groups: readonly GroupName[],
    port: number,
    environment: Readonly<Record<string, string>>,
  ): AwsService => ({
    desired: addresses.length,
    tasks: addresses.map((address) => ({ address, startedAt: now - 30 * hour })),
    stopped: [],
    events: [{ at: now - 6 * hour, message: 'has reached a steady state.' }],
    groups,
    port,
    environment,
    secrets: { DB_PASSWORD: arn('secretsmanager', 'secret:hokusai/mlflow/db-AbCdEf:password::') },
    command: [],
  });
  return {
    gateway: null,
    stack: 'hokusai-development',
    stackEvents: [
      { at: now - 30 * hour, resource: 'ApiService', type: 'AWS::ECS::Service', status: 'UPDATE_COMPLETE' },
    ],
    trailEvents: [],
    balancers: {
      registry: listeners([to(registry, 'mlflow', '/mlflow*'), to(registry, 'registryApi')]),
      main: listeners([to(api, 'api'), to(platform, 'platform'), to(auth, 'auth')]),
      mlflow: listeners([to(mlflow, 'mlflow')]),
    },
    groups: {
      registryApi: group(healthy(...apiAddresses)),
      api: group(healthy(...apiAddresses)),
      auth: group(healthy('10.0.1.20')),
      platform: group(healthy('10.0.1.30')),
      mlflow: group(healthy(mlflowAddress)),
    },
    services: {
      api: service(apiAddresses, ['registryApi', 'api'], 8_000, {
        MLFLOW_TRACKING_URI: `http://${mlflowName}:5000`,
        REDIS_URL: `redis://${cacheEndpoint}:6379`,
      }),
      mlflow: service([mlflowAddress], ['mlflow'], 5_000, {}),
      auth: service(['10.0.1.20'], ['auth'], 8_000, {}),
    },
    records: new Map([
      [registry, balancerDnsName('registry')],
      ...[api, platform, auth].map((host) => [host, balancerDnsName('main')] as const),
      [mlflow, balancerDnsName('mlflow')],
    ]),
    instances: [mlflowAddress],
    privateRecords: new Map([[mlflowName, [mlflowAddress]]]),
    privateZoneVpcs: [vpc],
    images: serviceNames.map(imageOf),
    cache: { status: 'available', endpoint: cacheEndpoint },
    databaseParameters: { 'rds.force_ssl': '0' },
    deniedPorts: [],
    storeDeniedPorts: [],
    prefixLists: {},
    certificate: { status: 'ISSUED', notAfter: now + 300 * 24 * hour, names: ['hokus.ai', '*.hokus.ai'] },
    securityGroups: {
      balancer: [
        { port: 443, from: '0.0.0.0/0' },
        { port: 80, from: '0.0.0.0/0' },
      ],
      api: [{ port: 8_000, from: 'sg-balancer' }],
      mlflow: [
        { port: 5_000, from: 'sg-balancer' },
        { port: 5_000, from: 'sg-api' },
      ],
      auth: [
        { port: 8_000, from: 'sg-balancer' },
        { port: 8_000, from: 'sg-api' },
      ],
      database: [{ port: 5_432, from: 'sg-mlflow' }],
      cache: [{ port: 6_379, from: 'sg-api' }],
    },
    database: { status: 'available', replicaOf: null, connections: [12, 12, 11] },
    databaseEvents: [],
    secretChangedAt: now - 720 * hour,
    logs: { api: [], mlflow: [], auth: [] },
  };
};

export { balancerNames };
