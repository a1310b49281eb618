import type { Row } from './evidence-row.ts';

/**
 * Reports of a sixth platform: Caddy, Envoy, H2O, a Sinatra API, a Mojolicious auth service, PowerDNS, Unbound, MLflow 3.17.2, PgBouncer before
 * PostgreSQL 15. `right` holds what the examiner expected before the first run; without an entry, no known cause is right.
 */
export const rowsOfSixth: Readonly<Record<string, Row>> = {
  'sixth-aliases-vanish': { truth: 'an alias is stored with 200 and is not there', right: [], named: [] },
  'sixth-api-cname-loop': {
    truth: 'api.hokus.ai is a CNAME loop',
    right: ['dns-misconfigured'],
    named: [['dns-misconfigured']],
  },
  'sixth-artifact-line-ends': {
    truth: 'the proxy turns line feeds of uploads into CRLF',
    right: ['artifact-store-failing'],
    named: [],
    isNoneRight: true,
  },
  'sixth-artifact-store-hangs': {
    truth: 'the artifact store accepts connections and never answers',
    right: ['artifact-store-failing'],
    named: [['artifact-store-failing']],
  },
  'sixth-balancer-429': {
    truth: 'a rule of the registry balancer answers 429 to /api/*',
    right: ['rate-limited'],
    named: [['rate-limited']],
  },
  'sixth-big-packets-dropped': {
    truth: 'packets over 900 bytes from MLflow to the API are lost (path MTU)',
    right: ['mlflow-unreachable-from-api', 'security-group-blocking'],
    named: [],
    isNoneRight: true,
  },
  'sixth-billing-dependency-down': {
    truth: '/health is 503 unhealthy for a dependency that nothing here uses',
    right: ['health-check-mismatch'],
    named: [['health-check-mismatch']],
    isNoneRight: true,
  },
  'sixth-body-limit-200': { truth: 'the registry balancer refuses bodies over 200 bytes, 413', right: [], named: [] },
  'sixth-bouncer-password-rotated': {
    truth: 'PgBouncer’s user list has a new password, MLflow keeps the old one',
    right: ['database-auth-failing'],
    named: [['database-auth-failing']],
  },
  'sixth-bouncer-pool-held': {
    truth: 'PgBouncer’s pool of one is held by another client; others wait 6 s and are dropped (query_wait_timeout)',
    right: ['database-pool-exhausted'],
    named: [['database-pool-exhausted']],
  },
  'sixth-clock-ahead': {
    truth: 'the identity service’s clock is 15 months ahead, every key has expired',
    right: ['api-key-rejected'],
    named: [['api-key-rejected']],
  },
  'sixth-discovery-stale-address': {
    truth: 'the discovery record of MLflow holds an old address that refuses',
    right: ['service-discovery-broken', 'mlflow-unreachable-from-api'],
    named: [['mlflow-unreachable-from-api', 'service-discovery-broken']],
  },
  'sixth-envoy-overflow': {
    truth: 'the main balancer’s own circuit breaker for the API allows no request: 503 overflow on api.hokus.ai',
    right: ['circuit-breaker-open', 'api-service-unhealthy'],
    named: [['health-check-mismatch']],
    isNoneRight: true,
  },
  'sixth-health-route-wants-a-key': {
    truth: 'the release asks for a key on the health check path, both balancers take every task out',
    right: ['health-check-mismatch'],
    named: [['api-service-unhealthy', 'health-check-mismatch', 'security-group-blocking']],
  },
  'sixth-identity-database-locked': {
    truth: 'the identity service’s database is locked, validation is a 500 after 2.5 s',
    right: ['auth-service-unavailable'],
    named: [['auth-service-unavailable']],
  },
  'sixth-json-as-string': { truth: 'the proxy encodes MLflow’s JSON once more, as a string', right: [], named: [] },
  'sixth-logged-models-not-allowed': {
    truth: 'the proxy’s allow list lacks MLflow 3’s logged-models routes',
    right: ['proxy-routes-missing'],
    named: [['proxy-routes-missing']],
    isNoneRight: true,
  },
  'sixth-login-wall': {
    truth: 'the registry balancer redirects everything without a session to the platform’s login page',
    right: ['alb-routing-misconfigured'],
    named: [['alb-routing-misconfigured']],
    isNoneRight: true,
  },
  'sixth-main-443-dropped': {
    truth: 'a firewall drops port 443 of the main balancer, port 80 answers',
    right: ['security-group-blocking'],
    named: [['security-group-blocking']],
  },
  'sixth-main-certificate-not-yet-valid': {
    truth: 'the main balancer’s certificate begins in three days',
    right: ['tls-certificate-invalid'],
    named: [['tls-certificate-invalid']],
  },
  'sixth-mlflow-basic-auth-on': {
    truth: 'MLflow was started with its basic-auth app',
    right: ['mlflow-auth-rejecting-all'],
    named: [['mlflow-auth-rejecting-all']],
  },
  'sixth-mlflow-chain-incomplete': {
    truth: 'the MLflow host’s balancer sends no intermediate certificate',
    right: ['tls-certificate-invalid'],
    named: [['tls-certificate-invalid']],
  },
  'sixth-mlflow-crash-loop': {
    truth: 'MLflow dies 3 s after each start',
    right: ['mlflow-service-unhealthy'],
    named: [['mlflow-service-unhealthy']],
    isNoneRight: true,
  },
  'sixth-mlflow-on-another-port': {
    truth: 'the new MLflow task listens on 5001; everything that expects 5000 is refused',
    right: ['mlflow-service-unhealthy'],
    named: [['mlflow-service-unhealthy']],
  },
  'sixth-mlflow-url-variable-missing': {
    truth: 'both API tasks were deployed without MLFLOW_URL; the proxy raises, 500',
    right: ['env-vars-missing'],
    named: [['env-vars-missing', 'service-discovery-broken']],
  },
  'sixth-one-task-fails-writes': {
    truth: 'one of two tasks raises on every proxied write',
    right: ['env-vars-missing', 'api-service-unhealthy'],
    named: [['env-vars-missing']],
    isNoneRight: true,
  },
  'sixth-one-task-misreads-keys': {
    truth: 'one of two tasks sends the key in a wrong form to the identity service: every other call is a 401',
    right: ['auth-flow-regression'],
    named: [['auth-flow-regression']],
    isNoneRight: true,
  },
  'sixth-pair-artifacts-and-loop': {
    truth: 'the artifact store hangs, and api.hokus.ai is a CNAME loop',
    right: ['artifact-store-failing', 'dns-misconfigured'],
    named: [['dns-misconfigured'], ['artifact-store-failing']],
    isPair: true,
  },
  'sixth-pair-basic-and-certificate': {
    truth: 'MLflow’s basic-auth app is on, and the main balancer’s certificate is not yet valid',
    right: ['mlflow-auth-rejecting-all', 'tls-certificate-invalid'],
    named: [['tls-certificate-invalid'], ['mlflow-auth-rejecting-all']],
    isPair: true,
  },
  'sixth-pair-chain-and-header': {
    truth: 'no intermediate certificate on the MLflow host, and X-API-Key is not read',
    right: ['tls-certificate-invalid', 'auth-flow-regression'],
    named: [['tls-certificate-invalid'], ['auth-flow-regression']],
    isPair: true,
  },
  'sixth-pair-database-and-redirect': {
    truth: 'PostgreSQL stopped behind PgBouncer, and port 80 of the main balancer redirects to the balancer’s own name',
    right: ['database-unreachable', 'https-redirect-broken'],
    named: [['database-auth-failing', 'database-pool-exhausted', 'database-unreachable'], ['https-redirect-broken']],
    isPair: true,
  },
  'sixth-pair-origin-and-redis': {
    truth: 'preflights are answered with an old origin, and Redis refuses clients',
    right: ['cors-misconfigured', 'redis-unreachable'],
    named: [['redis-unreachable'], ['cors-misconfigured']],
    isPair: true,
  },
  'sixth-pair-scope-and-rule': {
    truth: 'the key lost its write scope, and api.hokus.ai goes to the identity service',
    right: ['write-scope-missing', 'alb-wrong-target-group'],
    named: [['write-scope-missing'], ['alb-wrong-target-group']],
    isPair: true,
  },
  'sixth-pair-stale-and-loop': {
    truth: 'MLflow’s discovery record is stale, and platform.hokus.ai is a CNAME loop',
    right: ['service-discovery-broken', 'dns-misconfigured'],
    named: [['mlflow-unreachable-from-api', 'service-discovery-broken'], ['dns-misconfigured']],
    isPair: true,
  },
  'sixth-pair-variable-and-rule': {
    truth: 'MLFLOW_URL is missing, and platform.hokus.ai goes to the API',
    right: ['env-vars-missing', 'alb-wrong-target-group'],
    named: [['env-vars-missing', 'service-discovery-broken']],
    isPair: true,
  },
  'sixth-postgres-behind-bouncer-stopped': {
    truth: 'PostgreSQL is stopped, PgBouncer before it answers',
    right: ['database-unreachable'],
    named: [['database-auth-failing', 'database-pool-exhausted', 'database-unreachable']],
  },
  'sixth-proxy-redirects-inside': {
    truth: 'the API answers proxied calls with a 307 to the internal MLflow address',
    right: [],
    named: [],
  },
  'sixth-proxy-rule-to-platform': {
    truth: 'the registry balancer’s rule for /api/mlflow* forwards to the platform site',
    right: ['alb-wrong-target-group'],
    named: [['proxy-routes-missing']],
  },
  'sixth-redirect-to-8443': {
    truth: 'port 80 of the main balancer redirects to port 8443, where nothing listens',
    right: ['https-redirect-broken'],
    named: [['https-redirect-broken']],
  },
  'sixth-redis-max-clients': {
    truth: 'Redis refuses clients: max number of clients reached',
    right: ['redis-unreachable'],
    named: [['redis-unreachable']],
  },
  'sixth-registry-api-rule-lost': {
    truth: 'the registry balancer’s rule for /api/* answers its fixed 404; / and /health still reach the API',
    right: ['alb-routing-misconfigured'],
    named: [['alb-routing-misconfigured']],
  },
  'sixth-role-password-behind-bouncer': {
    truth: 'the role’s password was rotated in PostgreSQL, PgBouncer logs in with the old one',
    right: ['database-auth-failing'],
    named: [['database-auth-failing', 'database-pool-exhausted', 'database-unreachable']],
  },
  'sixth-search-path-moved': {
    truth: 'MLflow’s role has an empty schema in its search path, no table is found',
    right: ['mlflow-wrong-database'],
    named: [['mlflow-wrong-database']],
    isNoneRight: true,
  },
  'sixth-tags-removed': { truth: 'the proxy empties tags in bodies', right: [], named: [] },
  'sixth-tasks-speak-tls': {
    truth: 'the new tasks speak TLS, both balancers speak plain HTTP to them',
    right: ['backend-tls-mismatch'],
    named: [['api-service-unhealthy', 'health-check-mismatch', 'security-group-blocking']],
  },
  'sixth-version-stays-pending': { truth: 'model versions stay PENDING_REGISTRATION', right: [], named: [] },
  'sixth-x-api-key-not-read': {
    truth: 'the release reads only the Bearer header',
    right: ['auth-flow-regression'],
    named: [['auth-flow-regression']],
  },
};
