import type { Row } from './evidence-row.ts';

/**
 * Reports of a third platform: HAProxy, FastAPI, MLflow 3.1.4, MariaDB. `right` holds what the examiner expected before
 * the first run, and what he allowed as part of a tie; without an entry, no known cause is right.
 */
export const rowsOfThird: Readonly<Record<string, Row>> = {
  'third-api-crashes-on-upload': {
    truth: 'the API exits on each PUT and is started again',
    right: ['api-service-unhealthy'],
    named: [['api-service-unhealthy']],
  },
  'third-api-stopped': {
    truth: 'both API tasks are stopped',
    right: ['api-service-unhealthy', 'health-check-mismatch'],
    named: [['api-service-unhealthy', 'health-check-mismatch', 'security-group-blocking']],
  },
  'third-api-writes-hang': { truth: 'both API tasks hang in every write', right: ['api-service-unhealthy'], named: [] },
  'third-artifacts-on-task-disk': {
    truth: 'two MLflow tasks, each with an artifact folder of its own',
    right: ['artifact-store-failing'],
    named: [['artifact-store-failing']],
  },
  'third-auth-accepts-everything': { truth: 'the auth service accepts every key', right: [], named: [] },
  'third-auth-clock-ahead': {
    truth: 'the auth service’s clock is 60 days ahead: the key counts as expired',
    right: ['api-key-rejected', 'api-gateway-auth'],
    named: [['api-gateway-auth', 'api-key-rejected']],
  },
  'third-auth-slow-2s': {
    truth: 'the auth service takes 2 s for each key',
    right: ['auth-service-unavailable'],
    named: [],
  },
  'third-auth-stopped': {
    truth: 'the auth service is stopped',
    right: ['auth-service-unavailable'],
    named: [['auth-service-unavailable']],
  },
  'third-balancer-timeout-20ms': { truth: 'timeout server 20: HAProxy gives up after 20 ms', right: [], named: [] },
  'third-bearer-stripped': {
    truth: 'HAProxy deletes the Authorization header',
    right: ['auth-flow-regression', 'proxy-drops-auth-headers'],
    named: [['auth-flow-regression']],
  },
  'third-breaker-stuck-open': {
    truth: 'the API’s breaker stays open (503 at once)',
    right: ['circuit-breaker-open'],
    named: [['circuit-breaker-open']],
  },
  'third-cors-origin-lost': {
    truth: 'the API allows no origin',
    right: ['cors-misconfigured'],
    named: [['cors-misconfigured']],
  },
  'third-db-connections-exhausted': {
    truth: 'another client holds all MariaDB connections',
    right: ['database-pool-exhausted'],
    named: [['database-pool-exhausted']],
  },
  'third-deletes-hang': { truth: 'the API hangs in DELETE only', right: [], named: [] },
  'third-discovery-no-record': {
    truth: 'mlflow.hokusai.local is NXDOMAIN for the API',
    right: ['service-discovery-broken', 'mlflow-unreachable-from-api'],
    named: [['service-discovery-broken']],
  },
  'third-discovery-stale-address': {
    truth: 'mlflow.hokusai.local leads to an address that drops packets',
    right: ['mlflow-unreachable-from-api', 'service-discovery-broken'],
    named: [['mlflow-unreachable-from-api']],
  },
  'third-dns-api-stale-chain': {
    truth: 'api.hokus.ai is a CNAME of a retired balancer that refuses connections',
    right: ['dns-misconfigured'],
    named: [['dns-misconfigured']],
  },
  'third-gateway-403-json-on-writes': {
    truth: 'the balancer answers writes to the registry with 403 JSON {"message":"Forbidden"}',
    right: ['alb-routing-misconfigured'],
    named: [],
  },
  'third-gateway-basic-auth': {
    truth: 'HAProxy asks for Basic authentication on every registry path',
    right: ['alb-routing-misconfigured'],
    named: [['alb-routing-misconfigured']],
  },
  'third-gateway-body-limit': {
    truth: 'HAProxy denies bodies above 400 bytes to the registry (413)',
    right: ['alb-routing-misconfigured'],
    named: [],
  },
  'third-gzip-header-without-gzip': { truth: 'the gateway labels plain answers as gzip', right: [], named: [] },
  'third-half-of-mlflow-empty-database': {
    truth: 'one of two MLflow tasks has an empty database',
    right: ['mlflow-wrong-database'],
    named: [['mlflow-wrong-database']],
  },
  'third-healthy': { truth: 'nothing', right: [], named: [] },
  'third-healthy-older-baseline': { truth: 'nothing; the baseline is of an older API', right: [], named: [] },
  'third-intermediate-expired': {
    truth: 'the registry’s intermediate certificate expired',
    right: ['tls-certificate-invalid'],
    named: [['tls-certificate-invalid']],
  },
  'third-key-cache-stale-denial': {
    truth: 'Redis holds a denial of the key; the auth service accepts it',
    right: ['auth-flow-regression'],
    named: [['auth-flow-regression']],
  },
  'third-main-balancer-default-site': {
    truth: 'the main balancer lost its rules: its default 404 for api, platform and auth',
    right: ['alb-routing-misconfigured'],
    named: [['alb-routing-misconfigured']],
  },
  'third-maintenance-page-200': {
    truth: 'HAProxy answers every registry request with a 200 HTML maintenance page',
    right: ['alb-routing-misconfigured', 'alb-wrong-target-group'],
    named: [['alb-routing-misconfigured']],
  },
  'third-mariadb-backup-lock': {
    truth: 'FLUSH TABLES WITH READ LOCK: reads work, every write hangs',
    right: [],
    named: [],
  },
  'third-mariadb-password-rotated': {
    truth: 'MLflow’s database password was changed',
    right: ['database-auth-failing'],
    named: [['database-auth-failing']],
  },
  'third-mariadb-read-only': {
    truth: 'MariaDB is read-only',
    right: ['database-read-only'],
    named: [['database-read-only']],
  },
  'third-mariadb-stopped': {
    truth: 'MariaDB is stopped',
    right: ['database-unreachable'],
    named: [['database-unreachable']],
  },
  'third-mlflow-basic-auth': {
    truth: 'MLflow runs with --app-name basic-auth',
    right: ['mlflow-auth-rejecting-all'],
    named: [['mlflow-auth-rejecting-all']],
  },
  'third-mlflow-disk-full': {
    truth: 'MLflow’s artifact folder is full (ENOSPC)',
    right: ['artifact-store-failing'],
    named: [['artifact-store-failing']],
  },
  'third-mlflow-frozen': {
    truth: 'MLflow is frozen (SIGSTOP)',
    right: ['mlflow-service-unhealthy'],
    named: [['mlflow-service-unhealthy']],
  },
  'third-mlflow-host-default-404': {
    truth: 'mlflow.hokus.ai has no rule',
    right: ['alb-routing-misconfigured'],
    named: [['alb-routing-misconfigured', 'alb-wrong-target-group']],
  },
  'third-mlflow-stopped': {
    truth: 'MLflow is stopped',
    right: ['mlflow-service-unhealthy'],
    named: [['mlflow-service-unhealthy']],
  },
  'third-older-schema-aliases': {
    truth: 'the table registered_model_aliases does not exist',
    right: ['mlflow-wrong-database'],
    named: [['mlflow-wrong-database']],
  },
  'third-one-api-task-5s-slow': { truth: 'one of two API tasks takes 5 s per request', right: [], named: [] },
  'third-one-api-task-frozen': {
    truth: 'one of two API tasks is frozen, the balancer checks only TCP',
    right: ['api-service-unhealthy', 'health-check-mismatch', 'security-group-blocking'],
    named: [['api-service-unhealthy']],
  },
  'third-one-of-two-addresses-dead': {
    truth: 'one of the registry balancer’s two addresses refuses connections',
    right: ['security-group-blocking', 'dns-misconfigured'],
    named: [['dns-misconfigured']],
  },
  'third-one-task-old-code': {
    truth: 'one of two API tasks runs code without the proxy routes',
    right: ['proxy-routes-missing'],
    named: [['proxy-routes-missing']],
  },
  'third-pair-certificate--auth-stopped': {
    truth: 'wrong certificate on mlflow.hokus.ai, auth service stopped',
    right: ['tls-certificate-invalid', 'auth-service-unavailable'],
    isPair: true,
    named: [['auth-service-unavailable'], ['tls-certificate-invalid']],
  },
  'third-pair-cors--mariadb-stopped': {
    truth: 'CORS origin lost, MariaDB stopped',
    right: ['cors-misconfigured', 'database-unreachable'],
    isPair: true,
    named: [['database-unreachable'], ['cors-misconfigured']],
  },
  'third-pair-dns--read-only-key': {
    truth: 'api.hokus.ai’s stale chain, a key that may only read',
    right: ['dns-misconfigured', 'write-scope-missing'],
    isPair: true,
    named: [['dns-misconfigured'], ['write-scope-missing']],
  },
  'third-pair-mlflow-stopped--api-rule': {
    truth: 'MLflow stopped, no rule for api.hokus.ai',
    right: ['mlflow-service-unhealthy', 'alb-routing-misconfigured'],
    isPair: true,
    named: [['mlflow-service-unhealthy'], ['alb-routing-misconfigured']],
  },
  'third-pair-redirect--disk-full': {
    truth: 'port 80 redirects to http, artifact disk full',
    right: ['https-redirect-broken', 'artifact-store-failing'],
    isPair: true,
    named: [['https-redirect-broken'], ['artifact-store-failing']],
  },
  'third-platform-default-404': {
    truth: 'platform.hokus.ai has no rule',
    right: ['alb-routing-misconfigured'],
    named: [['alb-routing-misconfigured']],
  },
  'third-posts-hang': { truth: 'the API hangs in POST writes', right: ['api-service-unhealthy'], named: [] },
  'third-rate-limit-midflow': {
    truth: 'HAProxy answers 429 after 30 keyed requests a minute',
    right: ['rate-limited'],
    named: [['rate-limited']],
  },
  'third-read-only-key': {
    truth: 'the key may only read',
    right: ['write-scope-missing'],
    named: [['write-scope-missing']],
  },
  'third-redirect-to-http': {
    truth: 'port 80 redirects to http, registry and MLflow',
    right: ['https-redirect-broken'],
    named: [['https-redirect-broken']],
  },
  'third-redis-frozen': {
    truth: 'Redis is frozen; the API waits 20 s for it',
    right: ['redis-unreachable'],
    named: [['redis-unreachable']],
  },
  'third-registry-default-404': {
    truth: 'the registry’s frontend has no rule: default 404 text/plain',
    right: ['alb-routing-misconfigured'],
    named: [['alb-routing-misconfigured']],
  },
  'third-registry-drops-packets': {
    truth: 'the registry balancer’s address drops packets',
    right: ['security-group-blocking'],
    named: [['security-group-blocking']],
  },
  'third-registry-empty-503': {
    truth: 'the registry’s frontend answers an empty 503 at once',
    right: ['alb-routing-misconfigured', 'api-service-unhealthy'],
    named: [['health-check-mismatch']],
  },
  'third-registry-sso-redirect': {
    truth: 'a gateway redirects all registry requests to a login page',
    right: ['alb-routing-misconfigured', 'api-gateway-auth'],
    named: [['alb-routing-misconfigured']],
  },
  'third-registry-to-platform-app': {
    truth: 'the registry’s rule forwards to the platform’s application',
    right: ['alb-wrong-target-group'],
    named: [['alb-wrong-target-group']],
  },
  'third-rewrite-prefixes-path': {
    truth: 'the registry balancer rewrites all paths to /v2/…',
    right: ['alb-routing-misconfigured', 'alb-wrong-target-group'],
    named: [['alb-wrong-target-group']],
  },
  'third-sso-page-on-validate': {
    truth: '/api/validate answers 200 with a sign-in page; the API cannot parse it (500)',
    right: ['auth-service-unavailable', 'api-gateway-auth'],
    named: [['auth-service-unavailable']],
  },
  'third-tls-to-plain-api': {
    truth: 'HAProxy speaks TLS to the plain API',
    right: ['backend-tls-mismatch', 'api-service-unhealthy', 'health-check-mismatch'],
    named: [['api-service-unhealthy', 'health-check-mismatch', 'security-group-blocking']],
  },
  'third-topology-changed-mariadb-stopped': {
    truth: 'MariaDB is stopped; since the baseline, mlflow.hokus.ai moved behind the main balancer and asks for a key',
    right: ['database-unreachable'],
    named: [['database-unreachable']],
  },
  'third-topology-changed-stale-baseline': {
    truth: 'nothing broken for users; mlflow.hokus.ai moved behind the main balancer and asks for a key there',
    right: [],
    named: [],
  },
  'third-tracking-uri-other-prefix': {
    truth: 'MLFLOW_TRACKING_URI ends in /ml: MLflow’s HTML 404 on everything proxied',
    right: ['proxy-routes-missing', 'env-vars-missing'],
    named: [['env-vars-missing', 'proxy-routes-missing']],
  },
  'third-uploads-hang': {
    truth: 'the API hangs in PUT only',
    right: ['artifact-store-failing', 'api-service-unhealthy'],
    named: [['api-service-unhealthy', 'artifact-store-failing']],
  },
  'third-upstream-variable-missing': {
    truth: 'MLFLOW_TRACKING_URI is missing (500)',
    right: ['env-vars-missing'],
    named: [['env-vars-missing']],
  },
  'third-waf-denies-put': {
    truth: 'HAProxy lets only GET, HEAD, POST, OPTIONS through to the registry',
    right: ['alb-routing-misconfigured'],
    named: [],
  },
};
