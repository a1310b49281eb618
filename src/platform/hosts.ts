/** The platform's public hosts by role. `auth` is the control: it kept working in every incident on record. */
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

/** The group of what is asked outside of the platform, to tell its faults from those of the way there. */
export const outsideGroup = 'external';

/** The balancer in front of each host, as AWS names it; that of MLflow's own host is not on record, and the main one serves most. */
export const balancerNames: Readonly<Record<HostRole, string>> = {
  registry: 'hokusai-registry-development',
  api: 'hokusai-main-development',
  mlflow: 'hokusai-main-development',
  platform: 'hokusai-main-development',
  auth: 'hokusai-main-development',
};

/**
 * The balancer that a host's chain of names must end at, as patterns in which `*` stands for anything.
 * A Route 53 alias answers with addresses alone: then no chain is shown, and there is nothing to compare.
 */
export const defaultBalancers: Readonly<Record<HostRole, string>> = {
  registry: '*hokusai-registry-development-*.elb.amazonaws.com',
  api: '*hokusai-main-development-*.elb.amazonaws.com',
  mlflow: '*.elb.amazonaws.com',
  platform: '*hokusai-main-development-*.elb.amazonaws.com',
  auth: '*hokusai-main-development-*.elb.amazonaws.com',
};
