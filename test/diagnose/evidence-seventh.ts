import type { Row } from './evidence-row.ts';

/**
 * Reports of a seventh platform: nginx with Lua, Squid, nghttpx, a Javalin API, a Fastify auth service, NSD, dnsmasq, MLflow 2.22.1, PostgreSQL,
 * Azurite. `right` holds what the examiner expected before the first run; without an entry, no known cause is right.
 */
export const rowsOfSeventh: Readonly<Record<string, Row>> = {
  'seventh-answers-cut-at-700': { truth: 'the proxy cuts MLflow’s answers at 700 bytes', right: [], named: [] },
  'seventh-api-does-not-start': {
    truth: 'both API tasks exit at start (class not found)',
    right: ['api-service-unhealthy'],
    named: [['api-service-unhealthy'], ['redis-unreachable']],
  },
  'seventh-api-paths-to-spa': {
    truth:
      'the registry balancer’s rule for /api/ forwards to the platform’s single-page site, which answers every GET with 200 HTML',
    right: ['alb-wrong-target-group'],
    named: [['alb-wrong-target-group']],
  },
  'seventh-api-to-mlflow-dropped': {
    truth: 'a security group drops the API’s connections to MLflow: 504 after the connect time-out',
    right: ['mlflow-unreachable-from-api', 'security-group-blocking'],
    named: [['mlflow-unreachable-from-api']],
  },
  'seventh-auth-host-to-spa': {
    truth: 'auth.hokus.ai goes to the platform’s single-page site: 200 HTML on every GET',
    right: ['alb-wrong-target-group'],
    named: [['alb-wrong-target-group']],
  },
  'seventh-balancer-caches-by-path': {
    truth:
      'nginx caches 200s of /api/ by path alone for 10 minutes: other queries, writes and made-up keys get an earlier answer',
    right: [],
    named: [],
  },
  'seventh-balancer-gives-up-on-writes': {
    truth: 'writes take 1.8 s, nginx waits 1 s: 504 page by nginx on writes; reads fine',
    right: [],
    named: [],
  },
  'seventh-balancer-limits-requests': {
    truth: 'nginx limits /api/ to 1 request a second: its own 429 page, no Retry-After, some requests pass',
    right: ['rate-limited'],
    named: [['rate-limited']],
  },
  'seventh-breaker-stays-open': {
    truth: 'MLflow failed and came back; the API’s circuit breaker stays open',
    right: ['circuit-breaker-open'],
    named: [['circuit-breaker-open', 'service-discovery-broken']],
  },
  'seventh-camel-case-names': { truth: 'the proxy renames JSON fields to camelCase', right: [], named: [] },
  'seventh-dead-address-in-dns': {
    truth: 'the registry balancer’s name has a second address that drops packets (a retired node)',
    right: ['dns-misconfigured', 'security-group-blocking'],
    named: [['dns-misconfigured', 'security-group-blocking']],
    isNoneRight: true,
  },
  'seventh-disk-full': {
    truth: 'PostgreSQL’s disk is full: No space left on device on new runs and versions',
    right: [],
    named: [],
  },
  'seventh-errors-become-200': {
    truth: 'the proxy turns MLflow’s 4xx into 200 with the error’s body',
    right: [],
    named: [],
  },
  'seventh-gzip-label-without-gzip': {
    truth: 'the proxy labels plain JSON as Content-Encoding: gzip',
    right: [],
    named: [],
  },
  'seventh-header-too-big-for-nginx': {
    truth:
      'the release sets a 15 KB cookie; nginx: upstream sent too big header, 502; Squid passes it, so api.hokus.ai works',
    right: ['health-check-mismatch'],
    named: [['backend-tls-mismatch']],
    isNoneRight: true,
  },
  'seventh-https-to-plain-tasks': {
    truth: 'nginx speaks TLS to tasks that speak plain HTTP: 502 on the registry, api.hokus.ai works',
    right: ['backend-tls-mismatch'],
    named: [['backend-tls-mismatch']],
  },
  'seventh-identity-answers-html': {
    truth: 'the identity service answers validations with a 200 sign-in page; the API says 503',
    right: ['auth-service-unavailable'],
    named: [['auth-service-unavailable']],
  },
  'seventh-key-lapsed': {
    truth: 'the key ran out yesterday; both identity service and API say 401',
    right: ['api-key-rejected'],
    named: [['api-key-rejected']],
  },
  'seventh-keys-not-issued': {
    truth: 'the identity service knows the keys and says 200 active:false, ’authorizer not attached’; the API says 401',
    right: ['api-gateway-auth', 'api-key-rejected', 'auth-flow-regression'],
    named: [['auth-flow-regression']],
  },
  'seventh-main-only-old-tls': {
    truth: 'the main balancer offers only TLS 1.0/1.1: handshake fails on api, auth, platform',
    right: ['tls-certificate-invalid'],
    named: [['tls-certificate-invalid']],
  },
  'seventh-methods-denied-by-balancer': {
    truth: 'nginx denies PUT, PATCH and DELETE under /api/ with its 403 page',
    right: ['alb-routing-misconfigured'],
    named: [],
    isNoneRight: true,
  },
  'seventh-mlflow-frozen': {
    truth: 'MLflow (gunicorn and its workers) accepts connections and never answers',
    right: ['mlflow-service-unhealthy'],
    named: [['mlflow-service-unhealthy']],
  },
  'seventh-mlflow-host-default-certificate': {
    truth: 'mlflow.hokus.ai shows a self-signed default certificate',
    right: ['tls-certificate-invalid'],
    named: [['tls-certificate-invalid']],
  },
  'seventh-mlflow-name-dangling': {
    truth: 'mlflow.hokus.ai is an alias of a balancer name that no longer exists',
    right: ['dns-misconfigured'],
    named: [['dns-misconfigured']],
  },
  'seventh-mlflow-workers-held': {
    truth: 'half-sent uploads hold MLflow’s three synchronous workers; everything waits',
    right: ['mlflow-service-unhealthy'],
    named: [['mlflow-service-unhealthy']],
    isNoneRight: true,
  },
  'seventh-no-pg-hba-entry': {
    truth: 'PostgreSQL: no pg_hba.conf entry for host',
    right: ['database-auth-failing', 'database-unreachable'],
    named: [['database-auth-failing']],
  },
  'seventh-one-task-keeps-old-address': {
    truth:
      'one of two tasks (JVM that caches names for ever) still calls MLflow’s former address: every other proxied request is a 502',
    right: ['service-discovery-broken', 'mlflow-unreachable-from-api', 'api-service-unhealthy'],
    named: [['mlflow-unreachable-from-api', 'service-discovery-broken']],
    isNoneRight: true,
  },
  'seventh-one-task-mangles-keys': {
    truth: 'one of two tasks mangles the key before it asks: every other keyed request is a 401',
    right: ['auth-flow-regression'],
    named: [],
    isNoneRight: true,
  },
  'seventh-pair-blob-and-redirect': {
    truth: 'packets to the blob store are dropped, and port 80 of the main balancer redirects to an internal name',
    right: ['artifact-store-failing', 'https-redirect-broken'],
    named: [
      ['mlflow-service-unhealthy', 'mlflow-unreachable-from-api', 'redis-unreachable'],
      ['https-redirect-broken'],
    ],
    isPair: true,
  },
  'seventh-pair-certificate-and-identity': {
    truth:
      'self-signed certificate on the MLflow host, and the identity service refuses validations with 503 (under pressure)',
    right: ['tls-certificate-invalid', 'auth-service-unavailable'],
    named: [['auth-service-unavailable'], ['tls-certificate-invalid']],
    isPair: true,
  },
  'seventh-pair-container-and-dangling': {
    truth: 'the blob container is deleted, and mlflow.hokus.ai is an alias of nothing',
    right: ['artifact-store-failing', 'dns-misconfigured'],
    named: [['dns-misconfigured'], ['artifact-store-failing']],
    isPair: true,
  },
  'seventh-pair-hba-and-cors': {
    truth: 'no pg_hba entry, and the release sends no CORS headers',
    right: ['database-auth-failing', 'cors-misconfigured'],
    named: [['database-auth-failing'], ['cors-misconfigured']],
    isPair: true,
  },
  'seventh-pair-header-and-platform': {
    truth: 'X-API-Key is not read any more, and platform.hokus.ai goes to the identity service',
    right: ['auth-flow-regression', 'alb-wrong-target-group'],
    named: [['auth-flow-regression']],
    isPair: true,
  },
  'seventh-pair-options-and-discovery': {
    truth: 'nginx answers OPTIONS with 405, and MLflow’s discovery record is gone',
    right: ['cors-misconfigured', 'service-discovery-broken'],
    named: [['service-discovery-broken'], ['cors-misconfigured']],
    isPair: true,
  },
  'seventh-pair-readonly-and-api-host': {
    truth: 'MLflow’s role is read-only, and api.hokus.ai goes to the platform’s site',
    right: ['database-read-only', 'alb-wrong-target-group'],
    named: [['alb-wrong-target-group'], ['database-read-only']],
    isPair: true,
  },
  'seventh-pair-readonly-and-old-tls': {
    truth: 'MLflow’s role is read-only, and the main balancer offers only TLS 1.0/1.1',
    right: ['database-read-only', 'tls-certificate-invalid'],
    named: [['tls-certificate-invalid'], ['database-read-only']],
    isPair: true,
  },
  'seventh-pair-scope-and-mlflow-80': {
    truth: 'the key lost models:write, and port 80 of the MLflow host redirects to https on port 80',
    right: ['write-scope-missing', 'https-redirect-broken'],
    named: [['write-scope-missing'], ['https-redirect-broken']],
    isPair: true,
  },
  'seventh-pair-scope-and-port-80': {
    truth: 'the key lost models:write, and the registry’s port 80 serves the API in the clear',
    right: ['write-scope-missing', 'https-redirect-broken'],
    named: [['write-scope-missing'], ['https-redirect-broken']],
    isPair: true,
  },
  'seventh-pair-variable-and-platform-name': {
    truth: 'MLFLOW_URL is missing, and platform.hokus.ai is NXDOMAIN',
    right: ['env-vars-missing', 'dns-misconfigured'],
    named: [['env-vars-missing', 'service-discovery-broken'], ['dns-misconfigured']],
    isPair: true,
  },
  'seventh-params-lost': { truth: 'the proxy loses params of log-batch', right: [], named: [] },
  'seventh-proxy-routes-not-in-release': {
    truth: 'the release lacks the proxy routes: Javalin’s own 404 ’Endpoint GET … not found’',
    right: ['proxy-routes-missing'],
    named: [['proxy-routes-missing']],
  },
  'seventh-redis-acl-without-write': {
    truth:
      'Redis’s ACL took +@write from the API’s user: NOPERM, the API answers 500 on keyed paths that miss the cache',
    right: ['redis-unreachable', 'env-vars-missing'],
    named: [['env-vars-missing']],
    isNoneRight: true,
  },
  'seventh-registry-443-default-site': {
    truth:
      'nginx’s server block on 443 has another name: 404 ’no such site’ for everything on 443; port 80 serves the API',
    right: ['https-listener-missing', 'alb-routing-misconfigured'],
    named: [['https-listener-missing']],
  },
  'seventh-registry-lb-cannot-reach-tasks': {
    truth:
      'a security group drops the registry balancer’s connections to the API tasks; both are out, 503 by nginx; api.hokus.ai works',
    right: ['security-group-blocking', 'health-check-mismatch'],
    named: [],
  },
  'seventh-registry-tables-renamed': {
    truth: 'a migration renamed registered_models and model_versions: UndefinedTable',
    right: ['mlflow-wrong-database'],
    named: [['mlflow-wrong-database']],
  },
  'seventh-role-connection-limit': {
    truth: 'too many connections for role "mlflow": the role’s connection limit is 1 and used',
    right: ['database-pool-exhausted'],
    named: [['database-pool-exhausted']],
  },
  'seventh-squid-host-rule-lost': {
    truth: 'the main balancer (Squid) lost its rule for api.hokus.ai: 403 page of Squid on that host',
    right: ['alb-routing-misconfigured'],
    named: [['alb-routing-misconfigured']],
    isNoneRight: true,
  },
  'seventh-squid-strips-authorization': {
    truth: 'Squid’s peers lost login=PASSTHRU: it removes Authorization on api and auth, X-API-Key passes',
    right: ['proxy-drops-auth-headers', 'auth-flow-regression'],
    named: [],
    isNoneRight: true,
  },
  'seventh-zone-not-served': {
    truth: 'the name server no longer serves hokus.ai',
    right: ['dns-misconfigured'],
    named: [],
  },
};
