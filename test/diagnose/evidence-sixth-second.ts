import type { Row } from './evidence-row.ts';

/**
 * Reports of the sixth platform with new faults, by a second examiner. `right` holds what he expected before the first run; without an entry, no
 * known cause is right.
 */
export const rowsOfSixthSecond: Readonly<Record<string, Row>> = {
  'sixth-account-suspended': {
    truth: 'the account is suspended: the identity service answers 403 to its keys, 401 to others',
    right: ['api-key-rejected'],
    named: [['api-key-rejected']],
  },
  'sixth-artifacts-not-served': {
    truth: 'MLflow was restarted with --no-serve-artifacts',
    right: ['artifact-store-failing'],
    named: [['artifact-store-failing']],
  },
  'sixth-auth-delegated-to-nowhere': {
    truth: 'auth.hokus.ai (the control) is delegated to a name server that does not exist',
    right: ['dns-misconfigured'],
    named: [['dns-misconfigured']],
  },
  'sixth-bouncer-names-no-database': {
    truth: 'PgBouncer sends MLflow to a database name that does not exist',
    right: ['mlflow-wrong-database', 'database-unreachable'],
    named: [['mlflow-wrong-database']],
  },
  'sixth-breaker-stays-open': {
    truth: 'MLflow was away for a minute and is back; the API’s circuit breaker stays open for 15 minutes',
    right: ['circuit-breaker-open'],
    named: [['circuit-breaker-open', 'service-discovery-broken']],
  },
  'sixth-certificate-two-days-left': {
    truth: 'mlflow.hokus.ai’s certificate has two days left',
    right: ['tls-certificate-invalid'],
    named: [['tls-certificate-invalid']],
    isNoneRight: true,
  },
  'sixth-client-certificates-required': {
    truth: 'the registry balancer asks for a client certificate',
    right: ['tls-certificate-invalid'],
    named: [],
    isNoneRight: true,
  },
  'sixth-content-type-dropped': { truth: 'the registry balancer drops Content-Type', right: [], named: [] },
  'sixth-gateway-authorizer-denies': {
    truth: 'an API gateway before the registry denies every /api/* call with its authorizer’s 403',
    right: ['api-gateway-auth'],
    named: [['api-gateway-auth']],
  },
  'sixth-host-check-without-internal-name': {
    truth: 'MLflow’s host check does not list mlflow.hokusai.local:5000: proxied calls get its 403',
    right: ['mlflow-auth-rejecting-all'],
    named: [],
    isNoneRight: true,
  },
  'sixth-identity-429': {
    truth: 'the identity service limits validations: 429; the API says 503',
    right: ['rate-limited', 'auth-service-unavailable'],
    named: [['rate-limited']],
  },
  'sixth-identity-accepts-everything': { truth: 'the identity service accepts any key', right: [], named: [] },
  'sixth-identity-record-other-service': {
    truth:
      'the discovery record of the identity service holds the platform site’s address; its 404 makes the API say 503',
    right: ['auth-service-unavailable', 'service-discovery-broken'],
    named: [['auth-service-unavailable']],
  },
  'sixth-main-balancer-limits': {
    truth: 'the main balancer lets 3 requests through per 20 s; others get its 429',
    right: ['rate-limited'],
    named: [['rate-limited']],
  },
  'sixth-main-listener-on-8443': {
    truth: 'the main balancer’s https listener is on 8443; 443 refuses',
    right: ['https-listener-missing'],
    named: [['https-listener-missing']],
  },
  'sixth-main-tls-1.1-only': {
    truth: 'the main balancer’s security policy ends at TLS 1.1',
    right: ['tls-certificate-invalid'],
    named: [['tls-certificate-invalid']],
  },
  'sixth-maintenance-page': {
    truth: 'the registry balancer answers all but /mlflow/ with a 503 maintenance page',
    right: ['alb-routing-misconfigured'],
    named: [['alb-routing-misconfigured']],
    isNoneRight: true,
  },
  'sixth-mlflow-name-to-main-balancer': {
    truth: 'mlflow.hokus.ai is an alias of the main balancer, whose certificate lacks the name',
    right: ['dns-misconfigured'],
    named: [['dns-misconfigured', 'tls-certificate-invalid']],
  },
  'sixth-name-server-udp-lost': {
    truth: 'UDP to the name server is lost, TCP works',
    right: ['dns-misconfigured'],
    named: [],
  },
  'sixth-no-delete-on-models': {
    truth: 'MLflow’s role lost DELETE on registered_models: only deletions fail',
    right: [],
    named: [],
  },
  'sixth-no-insert-on-runs': { truth: 'MLflow’s role lost INSERT on the table runs', right: [], named: [] },
  'sixth-one-task-old-redis-password': {
    truth: 'one of two tasks has an old Redis password; it goes on without, only its /health says degraded',
    right: ['redis-unreachable', 'env-vars-missing'],
    named: [['redis-unreachable']],
  },
  'sixth-one-task-without-resolver': {
    truth: 'one of two tasks has a resolver that does not answer: no identity service, no Redis, no MLflow from it',
    right: ['service-discovery-broken', 'env-vars-missing'],
    named: [['auth-service-unavailable']],
    isNoneRight: true,
  },
  'sixth-pair-bearer-and-80': {
    truth:
      'the main balancer strips Authorization for auth.hokus.ai, and a firewall drops port 80 of the registry (one request each)',
    right: ['proxy-drops-auth-headers', 'https-redirect-broken'],
    named: [['auth-flow-regression', 'proxy-drops-auth-headers']],
    isPair: true,
  },
  'sixth-pair-breaker-and-alias': {
    truth: 'the API’s breaker stays open, and auth.hokus.ai is an alias of a balancer that is gone',
    right: ['circuit-breaker-open', 'dns-misconfigured'],
    named: [['dns-misconfigured'], ['circuit-breaker-open', 'service-discovery-broken']],
    isPair: true,
  },
  'sixth-pair-bucket-and-host-rule': {
    truth: 'the artifact bucket does not exist, and the main balancer lost its rule for api.hokus.ai',
    right: ['artifact-store-failing', 'alb-routing-misconfigured'],
    named: [['alb-routing-misconfigured'], ['artifact-store-failing']],
    isPair: true,
  },
  'sixth-pair-dropped-and-auth-rule': {
    truth: 'the registry balancer does not reach the tasks, and auth.hokus.ai goes to the platform site',
    right: ['security-group-blocking', 'alb-wrong-target-group'],
    named: [['health-check-mismatch', 'security-group-blocking'], ['alb-wrong-target-group']],
    isPair: true,
  },
  'sixth-pair-name-and-scope': {
    truth:
      'the main certificate lost platform.hokus.ai, and a half migration renamed the scopes’ column, so writes are a 403',
    right: ['tls-certificate-invalid', 'write-scope-missing'],
    named: [['tls-certificate-invalid'], ['write-scope-missing']],
    isPair: true,
  },
  'sixth-pair-old-task-and-redirect': {
    truth: 'one of two tasks runs code without the proxy, and port 80 of mlflow.hokus.ai redirects to itself',
    right: ['proxy-routes-missing', 'https-redirect-broken'],
    named: [['proxy-routes-missing'], ['https-redirect-broken']],
    isPair: true,
  },
  'sixth-pair-read-only-and-alias': {
    truth: 'MLflow’s role is read-only, and mlflow.hokus.ai is an alias of the main balancer',
    right: ['database-read-only', 'dns-misconfigured'],
    named: [['dns-misconfigured', 'tls-certificate-invalid'], ['database-read-only']],
    isPair: true,
  },
  'sixth-pair-read-only-and-preflight': {
    truth: 'MLflow’s role is read-only, and the release answers preflights without headers',
    right: ['database-read-only', 'cors-misconfigured'],
    named: [['cors-misconfigured'], ['database-read-only']],
    isPair: true,
  },
  'sixth-pair-store-full-and-alias': {
    truth: 'the artifact store’s disk is full, and platform.hokus.ai is an alias of a balancer that is gone',
    right: ['artifact-store-failing', 'dns-misconfigured'],
    named: [['dns-misconfigured'], ['artifact-store-failing']],
    isPair: true,
  },
  'sixth-pair-ui-rule-and-name': {
    truth:
      '/mlflow/* of the registry is the balancer’s 404, and the main certificate lost platform.hokus.ai (one request each)',
    right: ['alb-routing-misconfigured', 'tls-certificate-invalid'],
    named: [['tls-certificate-invalid'], ['alb-routing-misconfigured', 'alb-wrong-target-group']],
    isPair: true,
  },
  'sixth-pair-ui-rule-and-redirect': {
    truth:
      '/mlflow/* of the registry goes to the platform site, and port 80 of mlflow.hokus.ai redirects to itself (one request each)',
    right: ['alb-wrong-target-group', 'https-redirect-broken'],
    named: [['alb-wrong-target-group'], ['https-redirect-broken']],
    isPair: true,
  },
  'sixth-pair-validate-header-and-preflight': {
    truth:
      'the main balancer strips X-API-Key for auth.hokus.ai, and the registry balancer strips Access-Control-Allow-Origin (one request each)',
    right: ['proxy-drops-auth-headers', 'cors-misconfigured'],
    named: [['cors-misconfigured'], ['auth-flow-regression', 'proxy-drops-auth-headers']],
    isPair: true,
  },
  'sixth-plan-lapsed-402': { truth: 'the account’s plan lapsed: every keyed call is a 402', right: [], named: [] },
  'sixth-platform-missing-in-sni': {
    truth: 'the main balancer’s TLS listener knows api and auth only: a handshake for platform is closed',
    right: ['tls-certificate-invalid'],
    named: [['tls-certificate-invalid']],
  },
  'sixth-postgres-address-changed': {
    truth:
      'PostgreSQL’s packets are lost on their way back to PgBouncer (half-open firewall); new and old connections hang',
    right: ['database-unreachable'],
    named: [['database-pool-exhausted', 'database-unreachable']],
  },
  'sixth-prefix-stripped': {
    truth: 'the registry balancer strips /api before it forwards: the API has no such routes',
    right: ['proxy-routes-missing', 'alb-routing-misconfigured'],
    named: [['proxy-routes-missing']],
  },
  'sixth-query-strings-dropped': {
    truth: 'the registry balancer’s rewrite drops query strings on /api/*',
    right: [],
    named: [],
  },
  'sixth-quota-12-a-minute': {
    truth: 'the API’s plan limit is 12 calls a minute',
    right: ['rate-limited'],
    named: [['rate-limited']],
  },
  'sixth-redis-became-a-replica': {
    truth:
      'Redis became a read-only replica after a failover; the release needs its counter, so keyed calls are a 500; /health names the cache',
    right: ['redis-unreachable'],
    named: [['redis-unreachable']],
  },
  'sixth-redis-writes-paused': {
    truth:
      'Redis answers reads and holds every write (CLIENT PAUSE WRITE): keyed calls wait 2 s each, one after the other; /health is healthy',
    right: ['redis-unreachable'],
    named: [['redis-unreachable']],
    isNoneRight: true,
  },
  'sixth-registry-balancer-to-tasks-dropped': {
    truth: 'a firewall drops packets from the registry balancer to the tasks only; the main balancer reaches them',
    right: ['security-group-blocking'],
    named: [['health-check-mismatch', 'security-group-blocking']],
  },
  'sixth-registry-strips-credentials': {
    truth: 'the registry balancer strips Authorization and X-API-Key',
    right: ['proxy-drops-auth-headers'],
    named: [['auth-flow-regression', 'proxy-drops-auth-headers']],
  },
  'sixth-role-connection-limit': {
    truth: 'MLflow’s role may have one connection, and somebody holds it',
    right: ['database-pool-exhausted'],
    named: [['database-auth-failing', 'database-pool-exhausted', 'database-unreachable']],
  },
  'sixth-role-reads-only': {
    truth: 'MLflow’s role starts every transaction read-only',
    right: ['database-read-only'],
    named: [['database-read-only']],
  },
  'sixth-rule-only-get-and-post': {
    truth:
      'the registry balancer’s rule for /api/* has a method condition (GET, POST); PUT, PATCH and DELETE get the fixed 404',
    right: ['alb-routing-misconfigured'],
    named: [['alb-routing-misconfigured']],
  },
  'sixth-rules-on-port-80': {
    truth:
      'the main balancer’s host rules are on :80; :443 has only its default 404, for all three hosts, the control too',
    right: ['https-listener-missing'],
    named: [['https-listener-missing']],
  },
  'sixth-runs-insert-12-s': { truth: 'a trigger makes each new run take 12 s; all else is fast', right: [], named: [] },
  'sixth-schema-newer-than-mlflow': {
    truth: 'the database’s schema version is one that this MLflow does not know',
    right: ['mlflow-wrong-database', 'mlflow-service-unhealthy'],
    named: [['mlflow-service-unhealthy']],
  },
  'sixth-source-column-too-short': {
    truth: 'a half migration left model_versions.source with 20 characters: new versions fail',
    right: [],
    named: [],
  },
  'sixth-static-prefix': {
    truth: 'MLflow was restarted with --static-prefix /mlflow: the paths that the proxy calls are MLflow’s own 404',
    right: [],
    named: [],
  },
  'sixth-store-secret-rotated': {
    truth: 'the artifact store’s secret was rotated, MLflow signs with the old one',
    right: ['artifact-store-failing'],
    named: [['artifact-store-failing']],
  },
  'sixth-tasks-to-identity-dropped': {
    truth: 'a firewall drops packets from the API’s tasks to the identity service, which answers the world',
    right: ['auth-service-unavailable', 'security-group-blocking'],
    named: [['auth-service-unavailable']],
  },
  'sixth-versions-table-locked': {
    truth: 'a migration holds an exclusive lock on model_versions; all that touches the table hangs',
    right: [],
    named: [],
  },
};
