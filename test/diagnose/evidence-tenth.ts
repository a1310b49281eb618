import type { Row } from './evidence-row.ts';

/**
 * Reports of a tenth platform: Traefik, a balancer in Node.js, a Spring Boot API, a Flask auth service, CoreDNS, Redis, MLflow 3.8.1, PostgreSQL. `right` holds
 * what the examiner expected before the first run; without an entry, no known cause is right.
 */
export const rowsOfTenth: Readonly<Record<string, Row>> = {
  'tenth-another-client-holds-every-postgresql': {
    truth: 'another client holds every PostgreSQL connection: too many clients',
    right: ['database-pool-exhausted'],
    named: [['database-pool-exhausted']],
  },
  'tenth-api-deployed-empty-mlflow-url': {
    truth: 'API deployed with an empty MLFLOW_URL: exception in the proxy, 500',
    right: ['env-vars-missing'],
    named: [['env-vars-missing']],
  },
  'tenth-api-deployed-new-version': {
    truth: 'API deployed in a new version',
    right: [],
    named: [],
  },
  'tenth-api-deployed-without-mlflow-proxy': {
    truth:
      'API deployed without the MLflow proxy controller (property switched off): its 404 on /api/mlflow and /api/2.0',
    right: ['proxy-routes-missing'],
    named: [['proxy-routes-missing']],
  },
  'tenth-api-deployment-reads-x-api': {
    truth: 'API deployment reads X-API-Key only, no Bearer',
    right: ['auth-flow-regression'],
    named: [['auth-flow-regression']],
  },
  'tenth-api-speaks-https-mlflows-http': {
    truth: 'API speaks https to MLflow’s http port',
    right: ['backend-tls-mismatch'],
    named: [['backend-tls-mismatch']],
  },
  'tenth-apis-circuit-breaker-open-mlflow': {
    truth: 'API’s circuit breaker open after an MLflow restart, MLflow is back',
    right: ['circuit-breaker-open'],
    named: [['circuit-breaker-open']],
  },
  'tenth-apis-quota-set-4-calls': {
    truth: 'API’s quota set to 4 calls a minute: 429',
    right: ['rate-limited'],
    named: [['rate-limited']],
  },
  'tenth-artifact-bucket-deleted-s3': {
    truth: 'artifact bucket deleted in S3 (moto)',
    right: ['artifact-store-failing'],
    named: [['artifact-store-failing']],
  },
  'tenth-auth-service-deployed-without-auth': {
    truth: 'auth service deployed without AUTH_ISSUER: 500 on validation; API answers 503 on keyed paths',
    right: ['env-vars-missing', 'auth-service-unavailable'],
    named: [['auth-service-unavailable']],
  },
  'tenth-both-api-tasks-stopped': {
    truth: 'both API tasks stopped (tasks crashed)',
    right: ['api-service-unhealthy'],
    named: [['api-service-unhealthy']],
  },
  'tenth-both-auth-tasks-frozen-key': {
    truth: 'both auth tasks frozen (SIGSTOP), key cache empty',
    right: ['auth-service-unavailable'],
    named: [['auth-service-unavailable', 'health-check-mismatch']],
  },
  'tenth-hung-migration-holds-access-exclusive': {
    truth: 'a hung migration holds ACCESS EXCLUSIVE on table runs: runs hang, other tables work',
    right: ['database-unreachable', 'database-pool-exhausted'],
    named: [],
    isNoneRight: true,
  },
  'tenth-internal-record-mlflow-hokusai-local': {
    truth: 'internal record mlflow.hokusai.local deleted from the private zone',
    right: ['service-discovery-broken'],
    named: [['service-discovery-broken']],
  },
  'tenth-key-lost-write-scope': {
    truth: 'key lost its write scope',
    right: ['write-scope-missing'],
    named: [['write-scope-missing']],
  },
  'tenth-main-balancers-health-check-api': {
    truth:
      'main balancer’s health check of api points at a path that the app lacks: 503 no available server on api.hokus.ai; the same tasks work through the registry',
    right: ['health-check-mismatch', 'alb-routing-misconfigured'],
    named: [['health-check-mismatch']],
  },
  'tenth-maintenance-page-fixed-503-html': {
    truth: 'maintenance page: a fixed 503 HTML by a balancer rule on registry.hokus.ai',
    right: ['alb-routing-misconfigured'],
    named: [['alb-routing-misconfigured']],
    isNoneRight: true,
  },
  'tenth-mlflow-deployed-allowed-hosts-list': {
    truth:
      'MLflow deployed with an allowed-hosts list that lacks its internal name: 403 Invalid Host header through the API, direct works',
    right: ['mlflow-auth-rejecting-all', 'env-vars-missing'],
    named: [],
    isNoneRight: true,
  },
  'tenth-mlflow-process-stopped': {
    truth: 'MLflow process stopped',
    right: ['mlflow-service-unhealthy'],
    named: [['mlflow-service-unhealthy']],
  },
  'tenth-mlflow-restarted-api-health-routes': {
    truth: 'MLflow restarted, API health routes answer 600 ms slower',
    right: [],
    named: [],
  },
  'tenth-mlflow-started-fresh-empty-database': {
    truth: 'MLflow started on a fresh empty database',
    right: ['mlflow-wrong-database'],
    named: [],
    isNoneRight: true,
  },
  'tenth-monitors-key-revoked-auth-database': {
    truth: 'the monitor’s key revoked in the auth database',
    right: ['api-key-rejected'],
    named: [['api-key-rejected']],
  },
  'tenth-one-api-task-scaled': {
    truth: 'one API task scaled in (stopped, the balancers took it out)',
    right: [],
    named: [],
  },
  'tenth-one-registry-balancers-two-dns': {
    truth: 'one of the registry balancer’s two DNS addresses is stale, nobody listens there',
    right: ['dns-misconfigured'],
    named: [['dns-misconfigured']],
    isNoneRight: true,
  },
  'tenth-one-two-api-tasks-old': {
    truth: 'one of two API tasks has the old internal name of MLflow (unresolvable): every other proxied request 502',
    right: ['service-discovery-broken', 'mlflow-unreachable-from-api', 'env-vars-missing'],
    named: [['service-discovery-broken']],
  },
  'tenth-packets-api-mlflow-5000-dropped': {
    truth: 'packets API -> MLflow:5000 dropped (security group between the services)',
    right: ['mlflow-unreachable-from-api', 'security-group-blocking'],
    named: [['mlflow-unreachable-from-api']],
  },
  'tenth-packets-registry-balancer-dropped': {
    truth: 'all packets to the registry balancer dropped',
    right: ['security-group-blocking'],
    named: [['security-group-blocking']],
  },
  'tenth-pair-api-hokus-ai-forwarded-platform': {
    truth: 'api.hokus.ai forwarded to the platform; PostgreSQL out of connections',
    right: ['alb-wrong-target-group', 'database-pool-exhausted'],
    named: [['database-pool-exhausted']],
    isPair: true,
  },
  'tenth-pair-api-quota-4-minute-main': {
    truth: 'API quota 4 a minute; main balancer serves a certificate for another name',
    right: ['rate-limited', 'tls-certificate-invalid'],
    named: [['tls-certificate-invalid'], ['rate-limited']],
    isPair: true,
  },
  'tenth-pair-cors-origins-lost-platform-balancer': {
    truth: 'CORS origins lost the platform; balancer rule of mlflow.hokus.ai lost (fixed 404)',
    right: ['cors-misconfigured', 'alb-routing-misconfigured'],
    named: [['alb-routing-misconfigured'], ['cors-misconfigured']],
    isPair: true,
  },
  'tenth-pair-cors-origins-lost-platform-database': {
    truth: 'CORS origins lost the platform; database switched to read-only',
    right: ['cors-misconfigured', 'database-read-only'],
    named: [['cors-misconfigured'], ['database-read-only']],
    isPair: true,
  },
  'tenth-pair-dns-record-api-hokus-ai': {
    truth: 'DNS record of api.hokus.ai deleted; MLflow stopped',
    right: ['dns-misconfigured', 'mlflow-service-unhealthy'],
    named: [['mlflow-service-unhealthy'], ['dns-misconfigured']],
    isPair: true,
  },
  'tenth-pair-dns-record-auth-hokus-ai': {
    truth: 'DNS record of auth.hokus.ai deleted; table registered_models gone (renamed by a migration)',
    right: ['dns-misconfigured', 'mlflow-wrong-database'],
    named: [['dns-misconfigured'], ['mlflow-wrong-database']],
    isPair: true,
  },
  'tenth-pair-main-balancer-lost-router-platform': {
    truth: 'main balancer lost the router of platform.hokus.ai (Traefik’s 404); database password rotated',
    right: ['alb-routing-misconfigured', 'database-auth-failing'],
    named: [['database-auth-failing'], ['alb-routing-misconfigured']],
    isPair: true,
  },
  'tenth-pair-main-balancers-certificate-expired-artifact': {
    truth: 'main balancer’s certificate expired (api, platform, auth); artifact bucket deleted',
    right: ['tls-certificate-invalid', 'artifact-store-failing'],
    named: [['tls-certificate-invalid'], ['artifact-store-failing']],
    isPair: true,
  },
  'tenth-pair-main-balancers-port-80-redirects': {
    truth: 'main balancer’s port 80 redirects to http (loop); API -> MLflow packets dropped',
    right: ['https-redirect-broken', 'mlflow-unreachable-from-api'],
    named: [['mlflow-unreachable-from-api'], ['https-redirect-broken']],
    isPair: true,
  },
  'tenth-pair-redis-stopped-mlflow-started-serve': {
    truth: 'Redis stopped; MLflow started with --no-serve-artifacts',
    right: ['redis-unreachable', 'artifact-store-failing'],
    named: [['redis-unreachable']],
    isPair: true,
  },
  'tenth-pair-registry-balancer-redirects-port-80': {
    truth: 'registry balancer redirects port 80 to an internal name; key lost its write scope',
    right: ['https-redirect-broken', 'write-scope-missing'],
    named: [['https-redirect-broken'], ['write-scope-missing']],
    isPair: true,
  },
  'tenth-password-database-role-mlflow-rotated': {
    truth: 'password of database role mlflow rotated, MLflow keeps the old one',
    right: ['database-auth-failing'],
    named: [['database-auth-failing']],
  },
  'tenth-postgresql-stopped': {
    truth: 'PostgreSQL stopped',
    right: ['database-unreachable'],
    named: [['database-unreachable']],
  },
  'tenth-redis-frozen': {
    truth: 'Redis (key cache) frozen',
    right: ['redis-unreachable'],
    named: [['redis-unreachable']],
  },
  'tenth-redis-maxmemory-noeviction-cache-writes': {
    truth: 'Redis at maxmemory with noeviction: cache writes fail, API 500 on keyed calls (uncaught)',
    right: ['redis-unreachable'],
    named: [['env-vars-missing']],
    isNoneRight: true,
  },
  'tenth-redis-restarted-empty-auth-deployed': {
    truth: 'Redis restarted empty, auth deployed in a new version',
    right: [],
    named: [],
  },
  'tenth-registry-balancer-lost-host-rule': {
    truth:
      'the registry balancer lost the host rule of the API on :443 (default fixed 404 answers; the /mlflow rule stays)',
    right: ['alb-routing-misconfigured'],
    named: [['alb-routing-misconfigured']],
  },
  'tenth-registry-balancer-serves-certificate-expired': {
    truth: 'registry balancer serves a certificate that expired yesterday (registry and mlflow hosts)',
    right: ['tls-certificate-invalid'],
    named: [['tls-certificate-invalid']],
  },
  'tenth-registry-balancer-strips-authorization-x': {
    truth: 'registry balancer strips Authorization and X-API-Key before the API',
    right: ['proxy-drops-auth-headers', 'auth-flow-regression'],
    named: [['auth-flow-regression']],
  },
  'tenth-registry-certificate-renewed': {
    truth: 'registry certificate renewed',
    right: [],
    named: [],
  },
  'tenth-registry-hokus-ais-cname-points': {
    truth: 'registry.hokus.ai’s CNAME points at a balancer that was deleted (NXDOMAIN at its end)',
    right: ['dns-misconfigured'],
    named: [['dns-misconfigured']],
  },
  'tenth-registry-rule-forwards-platforms-target': {
    truth: 'registry rule forwards to the platform’s target group',
    right: ['alb-wrong-target-group'],
    named: [['alb-wrong-target-group']],
  },
  'tenth-registry-rules-missing-443-served': {
    truth: 'registry rules missing on :443 (404), served on :80 without redirect',
    right: ['https-listener-missing'],
    named: [['https-listener-missing']],
  },
  'tenth-role-mlflow-lost-insert-model': {
    truth: 'role mlflow lost INSERT on the model registry’s tables',
    right: ['database-auth-failing', 'database-read-only'],
    named: [],
    isNoneRight: true,
  },
  'tenth-waf-like-rule-registry-balancer': {
    truth: 'a WAF-like rule on the registry balancer forbids PUT (403): artifact upload fails, all else works',
    right: ['artifact-store-failing', 'alb-routing-misconfigured'],
    named: [],
    isNoneRight: true,
  },
};
