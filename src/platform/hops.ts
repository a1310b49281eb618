/**
 * The hops of the platform's request path, in order from the client inwards. A target lists the hops that its request
 * crosses. An outcome names the one that it points at.
 */
export const hopLabels = {
  dns: 'DNS',
  listener: 'balancer listener',
  tls: 'TLS',
  rule: 'listener rule',
  'target-group': 'target group',
  api: 'API',
  auth: 'auth service',
  platform: 'platform UI',
  'key-check': 'key check',
  'auth-service': 'auth service behind the key check',
  redis: 'Redis',
  'proxy-route': 'proxy route',
  'service-discovery': 'service discovery',
  mlflow: 'MLflow',
  database: 'database',
  'artifact-store': 'artifact store',
  internet: 'the internet',
} as const satisfies Record<string, string>;

export type Hop = keyof typeof hopLabels;

/** From the client to a service's tasks: every HTTPS request crosses these. */
const front = ['dns', 'listener', 'tls', 'rule', 'target-group'] as const satisfies readonly Hop[];

/** From the API's front through the proxy to MLflow, the path of a user's client. */
const proxied = [...front, 'api', 'key-check', 'proxy-route', 'service-discovery', 'mlflow'] as const;

export const paths = {
  name: ['dns'],
  handshake: ['dns', 'listener', 'tls'],
  redirect: ['dns', 'listener', 'rule'],
  api: [...front, 'api'],
  apiWithKey: [...front, 'api', 'key-check'],
  apiDeep: [...front, 'api', 'redis', 'service-discovery', 'mlflow', 'database'],
  apiRefusal: [...front, 'api', 'key-check', 'auth-service'],
  /** Routes that the proxy answers itself. */
  proxy: [...front, 'api', 'key-check', 'proxy-route'],
  proxyToMlflow: proxied,
  proxyToDatabase: [...proxied, 'database'],
  proxyToArtifacts: [...proxied, 'artifact-store'],
  /** Artifacts on a host of their own: nothing on its way is a hop of the platform's. */
  artifactServer: ['artifact-store'],
  mlflow: [...front, 'mlflow'],
  mlflowToDatabase: [...front, 'mlflow', 'database'],
  mlflowInside: ['dns', 'mlflow'],
  platform: [...front, 'platform'],
  auth: [...front, 'auth'],
  outside: ['internet'],
} as const satisfies Record<string, readonly Hop[]>;
