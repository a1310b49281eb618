/** The platform's public hosts by role. `auth` is the control: it kept working in every recorded incident. */
export const defaultHosts = {
  registry: 'registry.hokus.ai',
  api: 'api.hokus.ai',
  mlflow: 'mlflow.hokus.ai',
  platform: 'platform.hokus.ai',
  auth: 'auth.hokus.ai',
} as const satisfies Record<string, string>;

export type HostRole = keyof typeof defaultHosts;
export type Hosts = Readonly<Record<HostRole, string>>;

export const hostRoles = Object.keys(defaultHosts) as readonly HostRole[];

/** The group of targets outside the platform. They separate the platform's faults from faults on the path to it. */
export const outsideGroup = 'external';

/**
 * The balancer in front of each host, by its AWS name. The one for MLflow's own host is not on record: assumed to be
 * the main one, which serves most hosts.
 */
export const balancerNames: Readonly<Record<HostRole, string>> = {
  registry: 'hokusai-registry-development',
  api: 'hokusai-main-development',
  mlflow: 'hokusai-main-development',
  platform: 'hokusai-main-development',
  auth: 'hokusai-main-development',
};

/**
 * The balancer that a host's CNAME chain must end at, as patterns with `*` as the wildcard. A Route 53 alias returns
 * addresses only, so there is no chain to compare.
 */
export const defaultBalancers: Readonly<Record<HostRole, string>> = {
  registry: '*hokusai-registry-development-*.elb.amazonaws.com',
  api: '*hokusai-main-development-*.elb.amazonaws.com',
  mlflow: '*.elb.amazonaws.com',
  platform: '*hokusai-main-development-*.elb.amazonaws.com',
  auth: '*hokusai-main-development-*.elb.amazonaws.com',
};
