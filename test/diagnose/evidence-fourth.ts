import type { Row } from './evidence-row.ts';

/**
 * Reports of a fourth platform: Caddy, Express, ioredis, Flask, MLflow 3.5.1, PostgreSQL behind PgBouncer. `right` holds what
 * the examiner expected before the first run, without what he allowed only as part of a tie; without an entry, no known cause is right.
 */
export const rowsOfFourth: Readonly<Record<string, Row>> = {
  'fourth-artifacts-not-served': {
    truth: 'MLflow was started with --no-serve-artifacts',
    right: ['artifact-store-failing'],
    named: [['artifact-store-failing']],
  },
  'fourth-authorizer-validates-nothing': {
    truth: 'keys are recognised, not validated: the API says that no key was sent, the auth service refuses it',
    right: ['api-gateway-auth'],
    named: [['api-gateway-auth']],
  },
  'fourth-breaker-open': {
    truth: 'the API’s circuit breaker for MLflow stays open',
    right: ['circuit-breaker-open'],
    named: [['circuit-breaker-open']],
  },
  'fourth-discovery-stale-refused': {
    truth: 'MLflow’s internal name leads to an address that refuses connections',
    right: ['mlflow-unreachable-from-api'],
    named: [['mlflow-unreachable-from-api']],
  },
  'fourth-experiments-table-locked': {
    truth: 'another client locks the table experiments: what touches it hangs',
    right: [],
    named: [['database-pool-exhausted', 'database-unreachable']],
  },
  'fourth-health-check-path-wrong': {
    truth: 'the balancers check a health path that the API lacks, and take its tasks out: empty 503',
    right: ['health-check-mismatch'],
    named: [['api-service-unhealthy', 'health-check-mismatch']],
  },
  'fourth-healthy-other-edge': {
    truth: 'another server name, gzip, extra headers, HTTP/1.1 only',
    right: [],
    named: [],
  },
  'fourth-healthy-slow-mlflow': {
    truth: 'MLflow takes 0.3 to 0.5 s more than usual, in the baseline too',
    right: [],
    named: [],
  },
  'fourth-insert-on-runs-revoked': { truth: 'MLflow’s database user lost INSERT on one table', right: [], named: [] },
  'fourth-key-dropped-before-mlflow-gateway': {
    truth: 'MLflow is behind a gateway that wants the key, and the API’s proxy drops it',
    right: ['proxy-drops-auth-headers'],
    named: [['proxy-drops-auth-headers']],
  },
  'fourth-mlflow-killed-after-each-start': {
    truth: 'MLflow is killed 3 s after each start (out of memory) and starts again',
    right: ['mlflow-service-unhealthy'],
    named: [['mlflow-service-unhealthy']],
  },
  'fourth-mlflow-refuses-the-proxys-host': {
    truth: 'MLflow’s --allowed-hosts lacks the proxy’s host name: 403 Invalid Host header',
    right: [],
    named: [],
  },
  'fourth-one-address-has-an-expired-certificate': {
    truth: 'DNS still lists a retired balancer, whose certificate has expired',
    right: ['tls-certificate-invalid', 'dns-misconfigured'],
    named: [['tls-certificate-invalid']],
  },
  'fourth-one-of-three-api-tasks-refuses': {
    truth: 'one of three API tasks refuses connections, and no health check takes it out',
    right: ['api-service-unhealthy'],
    named: [['api-service-unhealthy']],
  },
  'fourth-one-of-two-mlflow-tasks-frozen': {
    truth: 'one of two MLflow tasks is frozen',
    right: ['mlflow-service-unhealthy'],
    named: [['mlflow-service-unhealthy', 'mlflow-unreachable-from-api']],
  },
  'fourth-pair-bearer-not-read--read-only-database': {
    truth: 'the API reads X-API-Key only; the database is read-only',
    right: ['auth-flow-regression', 'database-read-only'],
    named: [['auth-flow-regression'], ['database-read-only']],
    isPair: true,
  },
  'fourth-pair-certificate-expired--read-only-key': {
    truth: 'the main balancer’s certificate has expired; the key may only read',
    right: ['tls-certificate-invalid', 'write-scope-missing'],
    named: [['tls-certificate-invalid'], ['write-scope-missing']],
    isPair: true,
  },
  'fourth-pair-key-revoked--api-host-404': {
    truth: 'the key was revoked; the main balancer has no rule for api.hokus.ai',
    right: ['api-key-rejected', 'alb-routing-misconfigured'],
    named: [['api-key-rejected'], ['alb-routing-misconfigured', 'alb-wrong-target-group']],
    isPair: true,
  },
  'fourth-pair-mlflow-servfail--password-rotated': {
    truth: 'mlflow.hokus.ai answers SERVFAIL; the database’s password was rotated',
    right: ['dns-misconfigured', 'database-auth-failing'],
    named: [['dns-misconfigured'], ['database-auth-failing', 'database-unreachable']],
    isPair: true,
  },
  'fourth-pgbouncer-pool-held': {
    truth: 'another client holds PgBouncer’s only server connection: query_wait_timeout',
    right: ['database-pool-exhausted'],
    named: [['database-auth-failing', 'database-pool-exhausted', 'database-unreachable']],
  },
  'fourth-post-rate-limit': {
    truth: 'the API limits POST to 3 a minute for each task: 429 with Retry-After',
    right: ['rate-limited'],
    named: [['rate-limited']],
  },
  'fourth-postgres-stopped-behind-pgbouncer': {
    truth: 'PostgreSQL is stopped; PgBouncer in front of it runs',
    right: ['database-unreachable'],
    named: [['database-auth-failing', 'database-pool-exhausted', 'database-unreachable']],
  },
  'fourth-redis-became-a-replica': {
    truth: 'Redis became a read-only replica: the API fails with 500 when it stores a checked key',
    right: [],
    named: [['redis-unreachable']],
  },
  'fourth-registry-443-gone-80-serves': {
    truth: 'the registry’s balancer has no listener on 443; port 80 serves the API in plain text',
    right: ['https-listener-missing'],
    named: [['https-listener-missing']],
  },
  'fourth-registry-database-closed': {
    truth: 'the model registry’s own database accepts no connections; the tracking database works',
    right: ['database-unreachable'],
    named: [['database-pool-exhausted', 'database-unreachable']],
  },
  'fourth-registry-to-auth-service': {
    truth: 'the registry’s rule forwards to the auth service',
    right: ['alb-wrong-target-group'],
    named: [['alb-wrong-target-group']],
  },
  'fourth-tls-to-plain-api': {
    truth: 'the balancers speak TLS to the plain API: empty 502 at once',
    right: ['backend-tls-mismatch'],
    named: [['api-service-unhealthy', 'backend-tls-mismatch']],
  },
  'fourth-tracking-url-missing': {
    truth: 'the API’s variable with MLflow’s URL is missing: 500 on proxied requests',
    right: ['env-vars-missing'],
    named: [['env-vars-missing']],
  },
};
