import type { Row } from './evidence-row.ts';

/**
 * Reports of a fifth platform: Apache, Varnish behind hitch, lighttpd, a Go API, Django, BIND, Knot, MLflow 3.12.0, PostgreSQL 17, an S3
 * gateway. `right` holds what the examiner expected before the first run; without an entry, no known cause is right.
 */
export const rowsOfFifth: Readonly<Record<string, Row>> = {
  'fifth-accounts-accept-any-key': { truth: 'the auth service accepts every key', right: [], named: [] },
  'fifth-accounts-killed': {
    truth: 'the auth service’s process is dead',
    right: ['auth-service-unavailable'],
    named: [['auth-service-unavailable']],
  },
  'fifth-accounts-one-worker': { truth: 'the auth service has one worker in place of two', right: [], named: [] },
  'fifth-api-host-to-platform': {
    truth: 'the rule sends api.hokus.ai to the platform’s target group',
    right: ['alb-wrong-target-group'],
    named: [['alb-wrong-target-group']],
  },
  'fifth-api-rejects-valid': {
    truth: 'the release misreads the auth service’s answer and rejects every key',
    right: ['auth-flow-regression'],
    named: [['auth-flow-regression']],
  },
  'fifth-api-sleeps': {
    truth: 'each request waits 4 s in both API tasks',
    right: [],
    named: [
      ['api-service-unhealthy', 'health-check-mismatch'],
      ['database-pool-exhausted', 'redis-unreachable'],
    ],
  },
  'fifth-api-to-mlflow-dropped': {
    truth: 'the firewall drops the tasks’ packets to MLflow',
    right: ['mlflow-unreachable-from-api', 'security-group-blocking'],
    named: [['mlflow-unreachable-from-api']],
  },
  'fifth-basic-auth-before-mlflow': {
    truth: 'a gateway with Basic auth stands before MLflow on the API’s way',
    right: ['mlflow-auth-rejecting-all'],
    named: [],
  },
  'fifth-cert-soon': {
    truth: 'the registry’s certificate ends in 4 days',
    right: ['tls-certificate-invalid'],
    named: [['tls-certificate-invalid']],
  },
  'fifth-cors-stripped': {
    truth: 'the balancer strips the CORS headers',
    right: ['cors-misconfigured'],
    named: [['cors-misconfigured']],
  },
  'fifth-dead-second-address': {
    truth: 'the registry balancer’s name has a second, dead address',
    right: ['dns-misconfigured'],
    named: [['dns-misconfigured']],
  },
  'fifth-discovery-gone': {
    truth: 'the discovery zone lost MLflow’s record',
    right: ['service-discovery-broken'],
    named: [['service-discovery-broken']],
  },
  'fifth-dns-loss': { truth: '60 % of the DNS queries are lost', right: [], named: [['dns-misconfigured']] },
  'fifth-fifteen-ms-more': { truth: '15 ms more on every hop', right: [], named: [] },
  'fifth-health-path-gone': {
    truth: 'the release lacks the health check path, both balancers take every task out',
    right: ['health-check-mismatch'],
    named: [['api-service-unhealthy', 'health-check-mismatch']],
  },
  'fifth-https-listener-gone': {
    truth: 'the registry’s port 80 serves the application, port 443 is the default 404',
    right: ['https-listener-missing'],
    named: [['alb-routing-misconfigured', 'alb-wrong-target-group', 'dns-misconfigured']],
  },
  'fifth-maintenance': {
    truth: 'the registry balancer answers 503 Maintenance to everything',
    right: ['alb-routing-misconfigured'],
    named: [['alb-routing-misconfigured', 'health-check-mismatch']],
  },
  'fifth-mlflow-allowed-hosts': { truth: 'MLflow’s allowed hosts lack the internal name', right: [], named: [] },
  'fifth-mlflow-delay': { truth: 'every packet to MLflow is 900 ms late', right: [], named: [] },
  'fifth-mlflow-frozen': {
    truth: 'MLflow’s process is frozen',
    right: ['mlflow-service-unhealthy'],
    named: [['mlflow-service-unhealthy']],
  },
  'fifth-mlflow-stutters': { truth: 'MLflow gets a tenth of its CPU', right: ['mlflow-service-unhealthy'], named: [] },
  'fifth-new-release': { truth: 'a new API release', right: [], named: [] },
  'fifth-one-task-out': { truth: 'one of two tasks is stopped and out of rotation', right: [], named: [] },
  'fifth-one-task-wrong-mlflow-url': {
    truth: 'one of two tasks has an old, unresolvable MLflow URL',
    right: ['service-discovery-broken', 'env-vars-missing'],
    named: [['service-discovery-broken']],
  },
  'fifth-orphan-lock': { truth: 'an orphaned transaction holds a lock on model_versions', right: [], named: [] },
  'fifth-pair-cors-and-artifacts': {
    truth: 'CORS headers stripped, and the artifact store’s secret rotated',
    right: ['cors-misconfigured', 'artifact-store-failing'],
    named: [['artifact-store-failing'], ['cors-misconfigured']],
    isPair: true,
  },
  'fifth-pair-discovery-and-cert': {
    truth: 'no discovery record, and the MLflow host’s certificate has expired',
    right: ['service-discovery-broken', 'tls-certificate-invalid'],
    named: [['tls-certificate-invalid'], ['service-discovery-broken']],
    isPair: true,
  },
  'fifth-pair-frozen-and-redis': {
    truth: 'MLflow is frozen, and Redis has another password',
    right: ['mlflow-service-unhealthy', 'redis-unreachable'],
    named: [['mlflow-service-unhealthy']],
    isPair: true,
  },
  'fifth-pair-listener-and-table': {
    truth: 'port 80 of the registry redirects to itself, and registered_models was renamed',
    right: ['https-redirect-broken', 'mlflow-wrong-database'],
    named: [['mlflow-wrong-database'], ['https-redirect-broken']],
    isPair: true,
  },
  'fifth-pair-one-task-and-servfail': {
    truth: 'one of two tasks has an unresolvable MLflow URL, and platform is delegated to a dead name server',
    right: ['service-discovery-broken', 'dns-misconfigured'],
    named: [['service-discovery-broken'], ['dns-misconfigured']],
    isPair: true,
  },
  'fifth-pair-read-only-and-rule': {
    truth: 'the database is read-only, and api.hokus.ai goes to the platform',
    right: ['database-read-only', 'alb-wrong-target-group'],
    named: [['alb-wrong-target-group'], ['database-read-only']],
    isPair: true,
  },
  'fifth-pair-record-and-redis': {
    truth: 'platform’s DNS record is gone, and Redis is frozen',
    right: ['dns-misconfigured', 'redis-unreachable'],
    named: [['redis-unreachable'], ['dns-misconfigured']],
    isPair: true,
  },
  'fifth-pair-redirect-and-password': {
    truth: 'port 80 of the main balancer redirects to itself, and the database password was rotated',
    right: ['https-redirect-broken', 'database-auth-failing'],
    named: [['database-auth-failing'], ['https-redirect-broken']],
    isPair: true,
  },
  'fifth-pair-scope-and-firewall': {
    truth: 'the key lost its write scope, and a firewall drops packets to the MLflow host’s balancer',
    right: ['write-scope-missing', 'security-group-blocking'],
    named: [['security-group-blocking'], ['write-scope-missing']],
    isPair: true,
  },
  'fifth-panic-on-version-create': { truth: 'the proxy panics on model-versions/create', right: [], named: [] },
  'fifth-pg-frozen': {
    truth: 'PostgreSQL accepts connections and does not answer',
    right: ['database-unreachable'],
    named: [['database-pool-exhausted', 'database-unreachable']],
  },
  'fifth-pg-password-rotated': {
    truth: 'the database password was rotated, MLflow keeps the old one',
    right: ['database-auth-failing'],
    named: [['database-auth-failing']],
  },
  'fifth-proxy-drops-query': { truth: 'the proxy drops the query string', right: [], named: [] },
  'fifth-proxy-empty-bodies': { truth: 'the proxy answers with MLflow’s status and no body', right: [], named: [] },
  'fifth-quota-of-three': {
    truth: 'a quota of three calls a minute',
    right: ['rate-limited'],
    named: [['rate-limited']],
  },
  'fifth-redis-frozen': {
    truth: 'Redis accepts connections and never answers',
    right: ['redis-unreachable'],
    named: [['redis-unreachable']],
  },
  'fifth-redis-password': {
    truth: 'Redis has another password than the API',
    right: ['redis-unreachable'],
    named: [['redis-unreachable']],
  },
  'fifth-registry-cert-expired': {
    truth: 'the registry balancer’s certificate has expired',
    right: ['tls-certificate-invalid'],
    named: [['tls-certificate-invalid']],
  },
  'fifth-s3-key-rotated': {
    truth: 'the artifact store’s secret was rotated, MLflow keeps the old one',
    right: ['artifact-store-failing'],
    named: [['artifact-store-failing']],
  },
  'fifth-slow-insert': { truth: 'each insert into model_versions takes 5 s', right: [], named: [] },
  'fifth-table-renamed': {
    truth: 'the table registered_models was renamed by half a migration',
    right: ['mlflow-wrong-database'],
    named: [['mlflow-wrong-database']],
  },
  'fifth-validate-cached': { truth: 'the main balancer caches /api/validate for every key', right: [], named: [] },
};
