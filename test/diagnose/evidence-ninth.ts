import type { Row } from './evidence-row.ts';

/**
 * Reports of a ninth platform: Caddy and a balancer in Python, an Express API, a Go auth service, PHP, Redis, PowerDNS, Unbound, MLflow 2.19, PostgreSQL. `right` holds
 * what the examiner expected before the first run; without an entry, no known cause is right.
 */
export const rowsOfNinth: Readonly<Record<string, Row>> = {
  'ninth-api-deploy-lets-any-presented': {
    truth: 'API deploy lets any presented key in (check disabled)',
    right: ['auth-flow-regression'],
    named: [],
    isNoneRight: true,
  },
  'ninth-api-deploy-longer-reads-authorization': {
    truth: 'API deploy no longer reads Authorization: Bearer (X-API-Key works)',
    right: ['auth-flow-regression', 'proxy-drops-auth-headers'],
    named: [['auth-flow-regression']],
  },
  'ninth-api-rate-limit-8-requests': {
    truth: 'API rate limit of 8 requests a minute a key and task',
    right: ['rate-limited'],
    named: [['rate-limited']],
  },
  'ninth-api-task-1-replaced-new': {
    truth: 'API task 1 replaced by a new task 3',
    right: [],
    named: [],
  },
  'ninth-artifact-file-system-full': {
    truth: 'artifact file system full',
    right: ['artifact-store-failing'],
    named: [['artifact-store-failing']],
  },
  'ninth-auth-service-400-ms-slower': {
    truth: 'auth service 400 ms slower',
    right: [],
    named: [],
  },
  'ninth-auth-service-lost-grant-key': {
    truth: 'auth service lost its grant on the key table: validate answers 500, API 503',
    right: ['auth-service-unavailable'],
    named: [['auth-service-unavailable']],
  },
  'ninth-both-api-tasks-stopped': {
    truth: 'both API tasks stopped',
    right: ['api-service-unhealthy'],
    named: [['api-service-unhealthy']],
  },
  'ninth-both-auth-tasks-stopped': {
    truth: 'both auth tasks stopped',
    right: ['auth-service-unavailable'],
    named: [['auth-service-unavailable']],
  },
  'ninth-database-password-mlflow-rotated': {
    truth: 'database password of MLflow rotated',
    right: ['database-auth-failing'],
    named: [['database-auth-failing']],
  },
  'ninth-dns-record-platform-hokus-ai': {
    truth: 'DNS record of platform.hokus.ai deleted (NXDOMAIN)',
    right: ['dns-misconfigured'],
    named: [['dns-misconfigured']],
  },
  'ninth-edge-filter-answers-403-every': {
    truth: 'an edge filter answers 403 to every PUT on registry',
    right: ['artifact-store-failing'],
    named: [],
    isNoneRight: true,
  },
  'ninth-edge-process-stopped-443-80': {
    truth: 'edge process (registry, mlflow) stopped: 443 and 80 refuse',
    right: ['dns-misconfigured', 'security-group-blocking'],
    named: [['dns-misconfigured']],
    isNoneRight: true,
  },
  'ninth-edge-speaks-tls-api-tasks': {
    truth: 'edge speaks TLS to the API tasks, which speak plain HTTP: 502',
    right: ['backend-tls-mismatch'],
    named: [['backend-tls-mismatch']],
  },
  'ninth-edge-strips-authorization-x-api': {
    truth: 'edge strips Authorization and X-API-Key towards the API on registry',
    right: ['proxy-drops-auth-headers', 'auth-flow-regression'],
    named: [['auth-flow-regression']],
  },
  'ninth-forgotten-transaction-locks-table-model': {
    truth: 'a forgotten transaction locks table model_versions: calls that touch it hang',
    right: ['database-pool-exhausted', 'database-unreachable'],
    named: [],
    isNoneRight: true,
  },
  'ninth-internal-dns-record-mlflow-deleted': {
    truth: 'internal DNS record of MLflow deleted',
    right: ['service-discovery-broken', 'mlflow-unreachable-from-api'],
    named: [['mlflow-unreachable-from-api', 'service-discovery-broken']],
  },
  'ninth-key-cache-frozen-keyed-calls': {
    truth: 'key cache (Redis) frozen: keyed calls 4 s slower, 200 in the end',
    right: ['redis-unreachable'],
    named: [['redis-unreachable']],
  },
  'ninth-maintenance-page-registry-hokus-ai': {
    truth: 'maintenance page on registry.hokus.ai: edge (Caddy) answers 503 HTML on all its paths; API and MLflow run',
    right: ['alb-routing-misconfigured'],
    named: [['alb-routing-misconfigured']],
    isNoneRight: true,
  },
  'ninth-mlflow-database-restarted': {
    truth: 'MLflow database restarted',
    right: [],
    named: [],
  },
  'ninth-mlflow-database-stopped': {
    truth: 'MLflow database stopped',
    right: ['database-unreachable'],
    named: [['database-unreachable']],
  },
  'ninth-mlflow-does-start-schema-revision': {
    truth: 'MLflow does not start: schema revision unknown to it',
    right: ['mlflow-service-unhealthy'],
    named: [['mlflow-service-unhealthy']],
  },
  'ninth-mlflow-frozen': {
    truth: 'MLflow frozen',
    right: ['mlflow-service-unhealthy'],
    named: [['mlflow-service-unhealthy']],
  },
  'ninth-mlflow-redeployed-serve-artifacts': {
    truth: 'MLflow redeployed with --no-serve-artifacts',
    right: ['artifact-store-failing'],
    named: [['artifact-store-failing']],
  },
  'ninth-mlflow-restarted-basic-auth': {
    truth: 'MLflow restarted with basic-auth',
    right: ['mlflow-auth-rejecting-all'],
    named: [['mlflow-auth-rejecting-all']],
  },
  'ninth-mlflow-role-lost-insert-model': {
    truth: 'MLflow role lost INSERT on model_versions',
    right: ['database-read-only', 'database-auth-failing'],
    named: [],
    isNoneRight: true,
  },
  'ninth-mlflow-url-api-points-web': {
    truth: 'MLFLOW_URL of the API points at the web site (PHP): its HTML 404 through the proxy',
    right: ['mlflow-unreachable-from-api', 'service-discovery-broken', 'proxy-routes-missing'],
    named: [['service-discovery-broken']],
  },
  'ninth-notebook-holds-every-connection-role': {
    truth: 'a notebook holds every connection that the role mlflow may have ("too many connections for role")',
    right: ['database-pool-exhausted'],
    named: [['database-pool-exhausted']],
  },
  'ninth-one-two-api-tasks-deployed': {
    truth: 'one of two API tasks deployed without the proxy routes',
    right: ['proxy-routes-missing'],
    named: [['proxy-routes-missing']],
  },
  'ninth-one-two-auth-tasks-hashes': {
    truth: 'one of two auth tasks hashes keys with another pepper: it says 401 for valid keys',
    right: ['api-key-rejected', 'auth-flow-regression', 'env-vars-missing'],
    named: [],
  },
  'ninth-packets-api-auth-tasks-dropped': {
    truth: 'packets from the API to the auth tasks dropped; auth.hokus.ai fine: API 503 after 5 s',
    right: ['auth-service-unavailable', 'security-group-blocking', 'service-discovery-broken'],
    named: [['auth-service-unavailable']],
  },
  'ninth-packets-edge-api-tasks-dropped': {
    truth:
      'packets from the edge to the API tasks dropped (edge marks them down, Caddy 503 with empty body); the main balancer still reaches them',
    right: ['security-group-blocking', 'health-check-mismatch'],
    named: [['health-check-mismatch', 'security-group-blocking']],
  },
  'ninth-packets-port-443-main-balancer': {
    truth: 'packets to port 443 of the main balancer dropped (api, platform, auth); port 80 open',
    right: ['security-group-blocking'],
    named: [['security-group-blocking']],
  },
  'ninth-pair-auth-certificate-another-name-api': {
    truth: 'auth certificate of another name + API deploy no longer reads X-API-Key',
    right: ['tls-certificate-invalid', 'auth-flow-regression'],
    named: [['tls-certificate-invalid'], ['auth-flow-regression']],
    isPair: true,
  },
  'ninth-pair-auth-hokus-ai-nxdomain-mlflow': {
    truth: 'auth.hokus.ai NXDOMAIN + MLflow database read-only',
    right: ['dns-misconfigured', 'database-read-only'],
    named: [['dns-misconfigured'], ['database-read-only']],
    isPair: true,
  },
  'ninth-pair-cors-allows-another-origin-only': {
    truth: 'CORS allows another origin only + artifact directory no longer accessible to MLflow',
    right: ['cors-misconfigured', 'artifact-store-failing'],
    named: [['artifact-store-failing'], ['cors-misconfigured']],
    isPair: true,
  },
  'ninth-pair-edge-sends-mlflow-api-redis': {
    truth: 'edge sends /mlflow/ to the API (Express 404) + Redis stopped',
    right: ['alb-routing-misconfigured', 'redis-unreachable'],
    named: [['alb-routing-misconfigured', 'alb-wrong-target-group'], ['redis-unreachable']],
    isPair: true,
  },
  'ninth-pair-key-lost-models-write-rule': {
    truth: 'key has lost models:write + rule for api.hokus.ai deleted (404)',
    right: ['write-scope-missing', 'alb-routing-misconfigured'],
    named: [['alb-routing-misconfigured'], ['write-scope-missing']],
    isPair: true,
  },
  'ninth-pair-main-balancer-nothing-443-80': {
    truth: 'main balancer: nothing on 443 (reset), 80 open + API rate limit 8 a minute',
    right: ['https-listener-missing', 'rate-limited'],
    named: [['https-listener-missing'], ['rate-limited']],
    isPair: true,
  },
  'ninth-pair-mlflow-hokus-ai-nxdomain-key': {
    truth: 'mlflow.hokus.ai NXDOMAIN + key revoked',
    right: ['dns-misconfigured', 'api-key-rejected'],
    named: [['api-key-rejected'], ['dns-misconfigured']],
    isPair: true,
  },
  'ninth-pair-platform-certificate-expired-stale-internal': {
    truth: 'platform certificate expired + stale internal MLflow address (packets dropped)',
    right: ['tls-certificate-invalid', 'mlflow-unreachable-from-api'],
    named: [['mlflow-unreachable-from-api'], ['tls-certificate-invalid']],
    isPair: true,
  },
  'ninth-pair-platform-certificate-yet-valid-auth': {
    truth: 'platform certificate not yet valid + auth service 7 s slow (API gives up after 5 s)',
    right: ['tls-certificate-invalid', 'auth-service-unavailable'],
    named: [['auth-service-unavailable'], ['tls-certificate-invalid']],
    isPair: true,
  },
  'ninth-pair-port-80-main-balancer-redirects': {
    truth:
      'port 80 of the main balancer redirects to http (loop) + API deploy without /health/alb (edge takes both tasks out: 503; main fails open)',
    right: ['https-redirect-broken', 'health-check-mismatch'],
    named: [['health-check-mismatch', 'security-group-blocking'], ['https-redirect-broken']],
    isPair: true,
  },
  'ninth-pair-target-group-api-hokus-ai': {
    truth: 'target group of api.hokus.ai empty (503) + API asks MLflow on a wrong port (refused)',
    right: ['health-check-mismatch', 'mlflow-unreachable-from-api'],
    named: [['mlflow-unreachable-from-api', 'service-discovery-broken'], ['health-check-mismatch']],
    isPair: true,
  },
  'ninth-registry-backend-points-auth-tasks': {
    truth: 'registry backend points at the auth tasks',
    right: ['alb-wrong-target-group'],
    named: [['alb-wrong-target-group']],
  },
  'ninth-registry-certificate-expired': {
    truth: 'registry certificate expired',
    right: ['tls-certificate-invalid'],
    named: [['tls-certificate-invalid']],
  },
  'ninth-registry-certificate-renewed': {
    truth: 'registry certificate renewed',
    right: [],
    named: [],
  },
  'ninth-registry-hokus-ai-points-main': {
    truth: 'registry.hokus.ai points at the main balancer (wrong chain, certificate of another name)',
    right: ['dns-misconfigured'],
    named: [['dns-misconfigured']],
  },
  'ninth-registry-mlflow-balancer-name-second': {
    truth:
      'the registry/mlflow balancer name has a second A record of a decommissioned node: packets to it are dropped',
    right: ['dns-misconfigured', 'security-group-blocking'],
    named: [['dns-misconfigured', 'security-group-blocking']],
  },
  'ninth-request-signing-switched-without-secret': {
    truth: 'request signing switched on without its secret: 500 on proxied calls',
    right: ['env-vars-missing'],
    named: [['env-vars-missing']],
  },
  'ninth-rolling-deploy-api-4-12': {
    truth: 'rolling deploy of the API, 4.12.0 to 4.13.0',
    right: [],
    named: [],
  },
  'ninth-table-registered-models-missing': {
    truth: 'table registered_models is missing',
    right: ['mlflow-wrong-database'],
    named: [['mlflow-wrong-database']],
  },
};
