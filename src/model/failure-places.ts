import type { Hop } from '../platform/hops.ts';

/** Where a failure points. */
export interface Place {
  /** The first of these that the request crosses. */
  readonly hops: readonly Hop[];
  /** If MLflow itself answered, the failure is MLflow's and not that of a hop before it. */
  readonly orMlflow: boolean;
}

const applications = ['api', 'auth', 'platform', 'mlflow'] as const satisfies readonly Hop[];

const only = (...hops: readonly Hop[]): Place => ({ hops, orMlflow: false });
const at = (...hops: readonly Hop[]): Place => only(...hops, ...applications);

export const atName = only('dns');
export const atListener = at('listener');
export const atTls = only('tls', 'listener');
export const atRule = at('rule');
export const atTargetGroup = at('target-group');
export const atAuthService = at('auth-service', 'key-check');
export const atProxyRoute = at('proxy-route');
export const atServiceDiscovery = at('service-discovery');
export const atMlflow = at('mlflow');
export const atDatabase = at('database', 'mlflow');
export const atArtifactStore = at('artifact-store', 'mlflow');
/** Points at no hop. */
export const nowhere = only();
/** The application that answered or stayed silent. */
export const atAnswerer = { ...at(), orMlflow: true };
export const atKeyCheck = { ...at('key-check'), orMlflow: true };
/** The check that let a request through, whoever answered behind it. */
export const atOpenKeyCheck = at('key-check');
/** Where routes are looked up: the proxy or MLflow. */
export const atRoutes = { ...atProxyRoute, orMlflow: true };
