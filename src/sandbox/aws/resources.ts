import { type AwsInventory, arn, type GroupName, type ServiceName, serviceNames } from './inventory.ts';
import type { XmlContent } from './xml.ts';

/** The parameters of a call. */
export type Params = Readonly<Record<string, unknown>>;

/** Answers of the query protocols by action, below `<ActionResponse>`. */
export type XmlAnswers = Readonly<Record<string, (inventory: AwsInventory, params: Params, now: number) => XmlContent>>;

/** A resource that the call names does not exist. */
export class NoSuchResource extends Error {
  readonly code: string;

  constructor(code: string) {
    super('it does not exist');
    this.code = code;
  }
}

/** Of the balancers. */
export const publicSubnets = ['subnet-a', 'subnet-b'] as const;
/** Of the tasks. */
export const privateSubnets = ['subnet-c', 'subnet-d'] as const;
/** Of the database and the cache. */
export const storeSubnets = ['subnet-e', 'subnet-f'] as const;
export const zoneId = 'Z0HOKUSAI';
export const privateZoneId = 'Z0LOCAL';

export const balancerArn = (name: string): string =>
  arn('elasticloadbalancing', `loadbalancer/app/hokusai-${name}-development/50dc6c495c0c9188`);
export const listenerArn = (name: string, port: number): string =>
  arn('elasticloadbalancing', `listener/app/hokusai-${name}-development/50dc6c495c0c9188/${port}`);
export const groupLabels: Readonly<Record<GroupName, string>> = {
  registryApi: 'hokusai-reg-api-development',
  api: 'hokusai-api-tg-development',
  auth: 'hokusai-auth-development',
  platform: 'hokusai-platform-development',
  mlflow: 'hokusai-mlflow-development',
};
export const groupArn = (name: GroupName): string =>
  arn('elasticloadbalancing', `targetgroup/${groupLabels[name]}/aab4ed4b619b04c0`);
export const serviceLabel = (name: ServiceName): string => `hokusai-${name}-development`;
export const certificateArn = arn('acm', 'certificate/12345678-1234-1234-1234-123456789012');
export const taskArn = (name: ServiceName, state: string, index: number): string =>
  arn('ecs', `task/hokusai-development/${name}-${state}-${index}`);

export const iso = (at: number): string => new Date(at).toISOString();

export const serviceNamed = (name: unknown): ServiceName | undefined =>
  serviceNames.find((one) => serviceLabel(one) === name || one === name);
