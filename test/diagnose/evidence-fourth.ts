import type { Row } from './evidence-row.ts';

/**
 * Reports of a fourth platform: Caddy, Express, ioredis, Flask, MLflow 3.5.1, PostgreSQL behind PgBouncer. `right` holds what
 * the examiner expected before the first run, without what he allowed only as part of a tie; without an entry, no known cause is right.
 */
export const rowsOfFourth: Readonly<Record<string, Row>> = {
  'fourth-api-host-without-rule': {
    truth: 'the main balancer has no rule for api.hokus.ai: Caddy answers 200 without a body',
    right: ['alb-routing-misconfigured'],
    named: [['alb-routing-misconfigured', 'alb-wrong-target-group']],
  },
  'fourth-api-leaks-connections': {
    truth: 'the API leaks its connections to MLflow: the first requests pass, later ones time out',
    right: ['api-service-unhealthy'],
    isNoneRight: true,
    named: [],
  },
  'fourth-artifacts-not-served': {
    truth: 'MLflow was started with --no-serve-artifacts',
    right: ['artifact-store-failing'],
    named: [['artifact-store-failing']],
  },
  'fourth-artifacts-on-read-only-disk': {
    truth: 'MLflow’s artifact folder is mounted read-only and empty',
    right: ['artifact-store-failing'],
    named: [['artifact-store-failing']],
  },
  'fourth-auth-host-target-gone': {
    truth: 'the main balancer’s target for auth.hokus.ai is gone; the API reaches the auth service',
    right: [],
    named: [['backend-tls-mismatch']],
  },
  'fourth-auth-limits-the-api': {
    truth: 'the auth service answers the API’s key checks with 429; from outside it works',
    right: ['auth-service-unavailable', 'rate-limited'],
    isNoneRight: true,
    named: [['auth-service-unavailable']],
  },
  'fourth-auth-service-frozen': {
    truth: 'the auth service is frozen: it accepts connections and does not answer',
    right: ['auth-service-unavailable'],
    named: [['auth-service-unavailable']],
  },
  'fourth-authorizer-validates-nothing': {
    truth: 'keys are recognised, not validated: the API says that no key was sent, the auth service refuses it',
    right: ['api-gateway-auth'],
    named: [['api-gateway-auth']],
  },
  'fourth-balancer-adds-a-20-kb-header': {
    truth: 'the balancers add a header of 20 kB: Node answers 431 to everything',
    right: [],
    named: [],
  },
  'fourth-balancer-to-api-drops-packets': {
    truth: 'packets from the balancers to the API are dropped: Caddy’s empty 502 after 10 s',
    right: ['security-group-blocking'],
    named: [['api-service-unhealthy', 'health-check-mismatch', 'security-group-blocking']],
  },
  'fourth-breaker-open': {
    truth: 'the API’s circuit breaker for MLflow stays open',
    right: ['circuit-breaker-open'],
    named: [['circuit-breaker-open']],
  },
  'fourth-client-certificate-required': {
    truth: 'the registry’s listener requires a client certificate',
    right: [],
    named: [],
  },
  'fourth-database-password-rotated': {
    truth: 'the database’s password was rotated, PgBouncer has the old one',
    right: ['database-auth-failing'],
    named: [['database-auth-failing', 'database-unreachable']],
  },
  'fourth-discovery-servfail': {
    truth: 'MLflow’s internal name answers SERVFAIL',
    right: ['service-discovery-broken'],
    named: [['service-discovery-broken']],
  },
  'fourth-discovery-stale-refused': {
    truth: 'MLflow’s internal name leads to an address that refuses connections',
    right: ['mlflow-unreachable-from-api'],
    named: [['mlflow-unreachable-from-api']],
  },
  'fourth-experiments-table-locked': {
    truth: 'another client locks the table experiments: what touches it hangs',
    right: [],
    named: [],
  },
  'fourth-flag-switches-registrations-off': {
    truth: 'a feature flag switches model-versions/create off: 503 by the API',
    right: [],
    named: [],
  },
  'fourth-gateway-refuses-delete': { truth: 'the registry’s balancer answers DELETE with 405', right: [], named: [] },
  'fourth-health-check-path-wrong': {
    truth: 'the balancers check a health path that the API lacks, and take its tasks out: empty 503',
    right: ['health-check-mismatch'],
    named: [['api-service-unhealthy', 'health-check-mismatch', 'security-group-blocking']],
  },
  'fourth-healthy-dead-ipv6': {
    truth: 'the balancers have AAAA records that do not work from here',
    right: [],
    named: [],
  },
  'fourth-healthy-new-version-other-clock': {
    truth: 'a new API version whose clock is 2 h ahead, a second balancer address',
    right: [],
    named: [],
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
  'fourth-main-balancer-drops-packets': {
    truth: 'the main balancer’s ports drop packets',
    right: ['security-group-blocking'],
    named: [['security-group-blocking']],
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
  'fourth-model-versions-table-gone': {
    truth: 'the database has no table model_versions',
    right: ['mlflow-wrong-database'],
    named: [['mlflow-wrong-database']],
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
    isNoneRight: true,
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
  'fourth-pair-cors--redis-stopped': {
    truth: 'the preflight allows no key headers; Redis is stopped',
    right: ['cors-misconfigured', 'redis-unreachable'],
    named: [['redis-unreachable'], ['cors-misconfigured']],
    isPair: true,
  },
  'fourth-pair-key-revoked--api-host-404': {
    truth: 'the key was revoked; the main balancer has no rule for api.hokus.ai',
    right: ['api-key-rejected', 'alb-routing-misconfigured'],
    named: [['api-key-rejected'], ['alb-routing-misconfigured']],
    isPair: true,
  },
  'fourth-pair-mlflow-servfail--password-rotated': {
    truth: 'mlflow.hokus.ai answers SERVFAIL; the database’s password was rotated',
    right: ['dns-misconfigured', 'database-auth-failing'],
    named: [['dns-misconfigured'], ['database-auth-failing', 'database-unreachable']],
    isPair: true,
  },
  'fourth-pair-mlflow-stopped--port-80': {
    truth: 'MLflow is stopped; port 80 redirects to another host',
    right: ['mlflow-service-unhealthy', 'https-redirect-broken'],
    named: [['mlflow-service-unhealthy'], ['https-redirect-broken']],
    isPair: true,
  },
  'fourth-pair-platform-nxdomain--pgbouncer-full': {
    truth: 'platform.hokus.ai does not exist; PgBouncer takes no more clients',
    right: ['dns-misconfigured', 'database-pool-exhausted'],
    named: [['dns-misconfigured'], ['database-pool-exhausted']],
    isPair: true,
  },
  'fourth-pair-port-80--artifacts-read-only': {
    truth: 'port 80 redirects to another host; the artifact folder is read-only',
    right: ['https-redirect-broken', 'artifact-store-failing'],
    named: [['https-redirect-broken'], ['artifact-store-failing']],
    isPair: true,
  },
  'fourth-pgbouncer-pool-held': {
    truth: 'another client holds PgBouncer’s only server connection: query_wait_timeout',
    right: ['database-pool-exhausted'],
    named: [['database-auth-failing', 'database-pool-exhausted', 'database-unreachable']],
  },
  'fourth-pgbouncer-stopped': {
    truth: 'PgBouncer is stopped',
    right: ['database-unreachable'],
    named: [['database-unreachable']],
  },
  'fourth-post-rate-limit': {
    truth: 'the API limits POST to 3 a minute for each task: 429 with Retry-After',
    right: ['rate-limited'],
    named: [['rate-limited']],
  },
  'fourth-postgres-stopped-behind-pgbouncer': {
    truth: 'PostgreSQL is stopped; PgBouncer in front of it runs',
    right: ['database-unreachable'],
    named: [['database-auth-failing', 'database-unreachable']],
  },
  'fourth-proxy-routes-not-deployed': {
    truth: 'the API’s build lacks the proxy routes: Express says Cannot GET',
    right: ['proxy-routes-missing'],
    named: [['proxy-routes-missing']],
  },
  'fourth-reads-from-a-stale-replica': {
    truth: 'the API’s GET reads go to an MLflow on a stale copy of the database',
    right: ['mlflow-wrong-database'],
    isNoneRight: true,
    named: [['mlflow-wrong-database']],
  },
  'fourth-redis-became-a-replica': {
    truth: 'Redis became a read-only replica: the API fails with 500 when it stores a checked key',
    right: [],
    named: [['redis-unreachable']],
  },
  'fourth-redis-got-a-password': {
    truth: 'Redis asks for a password that the API was not given: NOAUTH, 500 on keyed requests',
    right: ['redis-unreachable', 'env-vars-missing'],
    named: [['redis-unreachable']],
  },
  'fourth-redis-stopped': {
    truth: 'Redis is stopped; ioredis retries for long, then the API goes on without it',
    right: ['redis-unreachable'],
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
    isNoneRight: true,
    named: [['database-unreachable']],
  },
  'fourth-registry-to-auth-service': {
    truth: 'the registry’s rule forwards to the auth service',
    right: ['alb-wrong-target-group'],
    named: [['alb-wrong-target-group']],
  },
  'fourth-registry-without-intermediate': {
    truth: 'the registry’s listener sends its leaf certificate without the intermediate',
    right: ['tls-certificate-invalid'],
    named: [['tls-certificate-invalid']],
  },
  'fourth-tls-to-plain-api': {
    truth: 'the balancers speak TLS to the plain API: empty 502 at once',
    right: ['backend-tls-mismatch'],
    named: [['api-service-unhealthy']],
  },
  'fourth-tracking-url-missing': {
    truth: 'the API’s variable with MLflow’s URL is missing: 500 on proxied requests',
    right: ['env-vars-missing'],
    named: [['env-vars-missing']],
  },
};
