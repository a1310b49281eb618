import { defaultHosts } from '../../platform/hosts.ts';
import { balancerDnsName } from '../balancers.ts';
import {
  type AwsInventory,
  type AwsStopped,
  type AwsTarget,
  apiAddresses,
  type GroupName,
  imageOf,
  notFound,
} from './inventory.ts';

type Break = (inventory: AwsInventory, now: number) => void;

const { registry, api, auth } = defaultHosts;
const minute = 60_000;

/** Someone closed a group of rules by hand. */
const ruleRevoked = (inventory: AwsInventory, now: number, group: string): void => {
  inventory.trailEvents = [{ at: now - 4 * minute, name: 'RevokeSecurityGroupIngress', resource: group }];
};

const crashed = (now: number, count: number): readonly AwsStopped[] =>
  Array.from({ length: count }, (_, index) => ({
    reason: 'Essential container in task exited',
    exitCode: 1,
    stoppedAt: now - (index + 2) * minute,
  }));

const failing = (ids: readonly string[], reason: string, description: string): readonly AwsTarget[] =>
  ids.map((id) => ({ id, state: 'unhealthy', reason, description }));

const apiGroups = ['registryApi', 'api'] as const satisfies readonly GroupName[];

const registryLeadsTo =
  (to: string | null): Break =>
  ({ records }) => {
    if (to === null) records.delete(registry);
    else records.set(registry, to);
  };

const certificate =
  (change: (certificate: AwsInventory['certificate'], now: number) => void): Break =>
  (inventory, now) =>
    change(inventory.certificate, now);

/** What an incident's log holds. */
const logs =
  (service: 'api' | 'mlflow' | 'auth', line: string): Break =>
  (inventory) => {
    inventory.logs[service] = Array.from({ length: 12 }, () => line);
  };

const mlflowDown: Break = ({ services, groups }, now) => {
  services.mlflow.tasks = [];
  services.mlflow.stopped = crashed(now, 3);
  groups.mlflow.targets = [];
};

/**
 * What each of the sandbox's faults is in AWS. Faults that AWS does not show are not here: then its resources are as on
 * a healthy day.
 */
export const breakages: Readonly<Record<string, Break>> = {
  'registry-record-deleted': registryLeadsTo(null),
  'registry-record-without-address': registryLeadsTo('hokusai-old-1.us-east-1.elb.amazonaws.com'),
  'registry-record-on-other-balancer': registryLeadsTo(balancerDnsName('main')),
  'registry-record-unroutable': registryLeadsTo('240.0.0.1'),
  'registry-listener-closed': ({ balancers }) => {
    balancers.registry.https = null;
  },
  'registry-balancer-unreachable': (inventory, now) => {
    inventory.securityGroups.balancer = [];
    ruleRevoked(inventory, now, 'sg-balancer');
  },
  'registry-certificate-expired': certificate((one, now) => {
    one.status = 'EXPIRED';
    one.notAfter = now - 24 * 60 * minute;
  }),
  'registry-certificate-expires-soon': certificate((one, now) => {
    one.notAfter = now + 5 * 24 * 60 * minute;
  }),
  'registry-rules-deleted': (inventory, now) => {
    const { balancers, stackEvents } = inventory;
    if (balancers.registry.https !== null) balancers.registry.https.rules = [];
    const rule = { resource: 'RegistryRule', type: 'AWS::ElasticLoadBalancingV2::ListenerRule' };
    inventory.stackEvents = [
      { ...rule, at: now - 5 * minute, status: 'DELETE_COMPLETE' },
      { ...rule, at: now - 6 * minute, status: 'DELETE_IN_PROGRESS' },
      ...stackEvents,
    ];
  },
  'registry-rule-on-wrong-target-group': ({ balancers }) => {
    if (balancers.registry.https !== null)
      balancers.registry.https.rules = [{ host: registry, path: null, action: { kind: 'forward', to: 'platform' } }];
  },
  'registry-rule-on-auth-service': ({ balancers }) => {
    if (balancers.registry.https !== null)
      balancers.registry.https.rules = [{ host: registry, path: null, action: { kind: 'forward', to: 'auth' } }];
  },
  'api-targets-deregistered': (inventory, now) => {
    const { services, groups } = inventory;
    services.api.tasks = [];
    services.api.stopped = [
      {
        reason: 'CannotPullContainerError: pull image manifest has been retried 5 time(s): image not found',
        exitCode: null,
        stoppedAt: now - 2 * minute,
      },
    ];
    inventory.images = inventory.images.filter((image) => image !== imageOf('api'));
    for (const name of apiGroups) groups[name].targets = [];
  },
  'health-check-path-wrong': ({ services, groups }, now) => {
    const reason = 'Health checks failed with these codes: [404]';
    services.api.tasks = services.api.tasks.slice(1);
    services.api.stopped = [
      {
        reason: 'Task failed ELB health checks in (target-group hokusai-reg-api-development)',
        exitCode: 0,
        stoppedAt: now - minute,
      },
    ];
    services.api.events = [
      {
        at: now - minute,
        message: `(port 8000) is unhealthy in (target-group hokusai-reg-api-development) due to (reason ${reason})`,
      },
    ];
    for (const name of apiGroups) groups[name].targets = failing(apiAddresses, 'Target.ResponseCodeMismatch', reason);
  },
  'api-tasks-unreachable': ({ securityGroups, groups }) => {
    securityGroups.api = [];
    for (const name of apiGroups) groups[name].targets = failing(apiAddresses, 'Target.Timeout', 'Request timed out');
  },
  'target-protocol-https': ({ groups: { registryApi } }) => {
    registryApi.protocol = 'HTTPS';
    registryApi.targets = failing(apiAddresses, 'Target.FailedHealthChecks', 'Health checks failed');
  },
  'port-80-loops': ({ balancers }) => {
    if (balancers.registry.http !== null)
      balancers.registry.http.otherwise = { kind: 'redirect', protocol: 'HTTP', host: '#{host}' };
  },
  'port-80-leads-elsewhere': ({ balancers }) => {
    if (balancers.registry.http !== null)
      balancers.registry.http.otherwise = { kind: 'redirect', protocol: 'HTTPS', host: 'www.example.com' };
  },
  'api-rules-on-port-80-only': ({ balancers: { main } }) => {
    const { http, https } = main;
    if (http === null || https === null) return;
    http.rules = https.rules.filter(({ host }) => host === api);
    https.rules = https.rules.filter(({ host }) => host !== api);
    https.otherwise = notFound;
  },
  'api-tasks-stopped': ({ services, groups }, now) => {
    services.api.tasks = [];
    services.api.stopped = crashed(now, 4);
    for (const name of apiGroups)
      groups[name].targets = failing(apiAddresses, 'Target.FailedHealthChecks', 'Health checks failed');
  },
  'one-api-task-stopped': ({ services }, now) => {
    services.api.tasks = services.api.tasks.slice(1);
    services.api.stopped = crashed(now, 1);
  },
  'proxy-strips-credentials': logs(
    'mlflow',
    `INFO:     ${apiAddresses[0]}:51234 - "POST /api/2.0/mlflow/experiments/search HTTP/1.1" 401 Unauthorized`,
  ),
  'tracking-uri-missing': ({ services }) => {
    const { MLFLOW_TRACKING_URI: _, ...others } = services.api.environment;
    services.api.environment = others;
  },
  'auth-service-stopped': ({ services, groups }, now) => {
    services.auth.tasks = [];
    services.auth.stopped = crashed(now, 2);
    groups.auth.targets = [];
  },
  'key-revoked': logs('auth', 'WARNING: validation refused: key synthetics has been revoked'),
  'authorizer-misconfigured': (inventory) => {
    inventory.gateway = {
      id: 'a1b2c3d4e5',
      kind: 'HTTP',
      hosts: [registry, api, auth],
      routes: [{ path: '$default', type: 'JWT', authorizer: 'jwt1' }],
      authorizers: [{ id: 'jwt1', type: 'JWT', sources: ['$request.header.Authorization'] }],
    };
  },
  'mlflow-stopped': mlflowDown,
  'discovery-record-deleted': (inventory) => {
    inventory.instances = [];
  },
  'mlflow-address-stale': ({ services }) => {
    services.api.environment = { ...services.api.environment, MLFLOW_TRACKING_URI: 'http://10.0.3.7:5000' };
  },
  'breaker-left-open': logs('api', 'ERROR circuit breaker for MLflow is open, refusing the request'),
  'mlflow-asks-for-password': ({ services }) => {
    services.mlflow.command = ['mlflow', 'server', '--app-name', 'basic-auth'];
  },
  'redis-unreachable': ({ securityGroups }) => {
    securityGroups.cache = [];
  },
  'redis-stopped': ({ cache }) => {
    cache.status = 'deleting';
  },
  'database-stopped': ({ database }) => {
    database.status = 'stopped';
    database.connections = [];
  },
  'database-frozen': (inventory, now) => {
    inventory.database.status = 'rebooting';
    inventory.databaseEvents = [{ at: now - minute, message: 'DB instance restarted' }];
  },
  'database-password-changed': (inventory, now) => {
    inventory.secretChangedAt = now - 10 * minute;
  },
  'database-connections-exhausted': logs(
    'mlflow',
    'sqlalchemy.exc.OperationalError: FATAL: sorry, too many clients already',
  ),
  'database-read-only': (inventory, now) => {
    inventory.databaseEvents = [{ at: now - 5 * minute, message: 'Multi-AZ instance failover completed' }];
  },
  'artifact-store-denied': logs('mlflow', 'botocore.exceptions.ClientError: An error occurred (AccessDenied)'),
};
