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
  'fifth-api-sleeps': { truth: 'each request waits 4 s in both API tasks', right: [], named: [] },
  'fifth-api-to-mlflow-dropped': {
    truth: 'the firewall drops the tasks’ packets to MLflow',
    right: ['mlflow-unreachable-from-api', 'security-group-blocking'],
    named: [['mlflow-unreachable-from-api']],
  },
  'fifth-cors-stripped': {
    truth: 'the balancer strips the CORS headers',
    right: ['cors-misconfigured'],
    named: [['cors-misconfigured']],
  },
  'fifth-discovery-gone': {
    truth: 'the discovery zone lost MLflow’s record',
    right: ['service-discovery-broken'],
    named: [['service-discovery-broken']],
  },
  'fifth-fifteen-ms-more': { truth: '15 ms more on every hop', right: [], named: [] },
  'fifth-health-path-gone': {
    truth: 'the release lacks the health check path, both balancers take every task out',
    right: ['health-check-mismatch'],
    named: [['api-service-unhealthy', 'health-check-mismatch']],
  },
  'fifth-mlflow-allowed-hosts': { truth: 'MLflow’s allowed hosts lack the internal name', right: [], named: [] },
  'fifth-mlflow-delay': { truth: 'every packet to MLflow is 900 ms late', right: [], named: [] },
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
  'fifth-panic-on-version-create': {
    truth: 'the proxy panics on model-versions/create',
    right: [],
    named: [],
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
};
