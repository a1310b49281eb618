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
  'tenth-api-deployed-read-time-out': {
    truth: 'API deployed with a read time-out of 2 ms for MLflow: immediate 504 by the API, MLflow fine',
    right: ['mlflow-unreachable-from-api', 'env-vars-missing'],
    named: [['mlflow-unreachable-from-api']],
    isNoneRight: true,
  },
  'tenth-api-deployed-without-mlflow-proxy': {
    truth:
      'API deployed without the MLflow proxy controller (property switched off): its 404 on /api/mlflow and /api/2.0',
    right: ['proxy-routes-missing'],
    named: [['proxy-routes-missing']],
  },
  'tenth-api-deployed-wrong-internal-host': {
    truth:
      'API deployed with a wrong internal host of the auth service (unresolvable): 503 on keyed paths, auth.hokus.ai fine',
    right: ['auth-service-unavailable', 'env-vars-missing', 'service-discovery-broken'],
    named: [['auth-service-unavailable', 'redis-unreachable']],
  },
  'tenth-api-deployment-reads-x-api': {
    truth: 'API deployment reads X-API-Key only, no Bearer',
    right: ['auth-flow-regression'],
    named: [['auth-flow-regression']],
  },
  'tenth-api-hokus-ais-cname-points': {
    truth: 'api.hokus.ai’s CNAME points at the registry balancer (certificate of other names, no rule there)',
    right: ['dns-misconfigured'],
    named: [['dns-misconfigured']],
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
  'tenth-auth-services-key-database-exclusively': {
    truth:
      'auth service’s key database exclusively locked: validation 500 after 3 s, API 503 on keyed paths; auth’s /health fine',
    right: ['auth-service-unavailable'],
    named: [['auth-service-unavailable']],
  },
  'tenth-balancer-rule-puts-sso-login': {
    truth: 'a balancer rule puts an SSO login before registry.hokus.ai: 302 to login.hokus.ai on everything',
    right: ['alb-routing-misconfigured'],
    named: [['alb-routing-misconfigured']],
    isNoneRight: true,
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
  'tenth-database-allows-encrypted-connections-only': {
    truth:
      'database allows encrypted connections only (pg_hba hostssl, like rds.force_ssl): no pg_hba.conf entry ... no encryption',
    right: ['database-auth-failing', 'database-unreachable'],
    named: [['database-auth-failing']],
  },
  'tenth-database-volume-full-reads-work': {
    truth:
      'database volume full (tablespace of the tracking tables): reads work, writes that need a new page fail with ’could not extend file: No space left on device’',
    right: ['database-read-only'],
    named: [],
    isNoneRight: true,
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
  'tenth-internal-record-mlflow-hokusai-local-again': {
    truth: 'internal record mlflow.hokusai.local is stale: leads to an old task address, connection refused',
    right: ['service-discovery-broken', 'mlflow-unreachable-from-api'],
    named: [['mlflow-unreachable-from-api']],
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
  'tenth-main-certificate-renewed-new-intermediate': {
    truth: 'main certificate renewed from a new intermediate, complete chain',
    right: [],
    named: [],
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
  'tenth-mlflow-deployed-app-name-basic': {
    truth: 'MLflow deployed with --app-name basic-auth; the proxy sends no credentials: 401 by MLflow',
    right: ['mlflow-auth-rejecting-all'],
    named: [['mlflow-auth-rejecting-all']],
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
  'tenth-mlflows-processes-frozen': {
    truth: 'MLflow’s processes frozen (SIGSTOP: connects, never answers)',
    right: ['mlflow-service-unhealthy'],
    named: [['mlflow-service-unhealthy']],
  },
  'tenth-monitors-key-revoked-auth-database': {
    truth: 'the monitor’s key revoked in the auth database',
    right: ['api-key-rejected'],
    named: [['api-key-rejected']],
  },
  'tenth-new-balancer-path-rule-catches': {
    truth:
      'a new balancer path rule catches */registered-models/* and forwards it to the platform site: 404 HTML on that one route',
    right: ['alb-routing-misconfigured', 'alb-wrong-target-group'],
    named: [['proxy-routes-missing']],
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
  'tenth-packets-mlflow-postgresql-dropped-mlflows': {
    truth: 'packets MLflow -> PostgreSQL dropped: MLflow’s reads hang',
    right: ['database-unreachable'],
    named: [['database-pool-exhausted', 'database-unreachable']],
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
  'tenth-pair-both-api-tasks-frozen-main': {
    truth: 'both API tasks frozen; main balancer lost its certificate and serves Traefik’s self-signed default',
    right: ['api-service-unhealthy', 'tls-certificate-invalid'],
    named: [['api-service-unhealthy'], ['tls-certificate-invalid']],
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
  'tenth-pair-internal-record-mlflow-leads-address': {
    truth:
      'internal record of MLflow leads to an address that now belongs to the platform site (404 HTML through the proxy); one of two auth tasks cannot open its key database: every other validation 500',
    right: ['service-discovery-broken', 'auth-service-unavailable'],
    named: [['service-discovery-broken']],
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
  'tenth-pair-platform-hokus-ais-router-forwards': {
    truth:
      'platform.hokus.ai’s router forwards to the auth service; role mlflow got another search_path: relation does not exist',
    right: ['alb-wrong-target-group', 'mlflow-wrong-database'],
    named: [['mlflow-wrong-database'], ['alb-wrong-target-group']],
    isPair: true,
  },
  'tenth-pair-redis-got-password-api-lacks': {
    truth:
      'Redis got a password that the API lacks (commands time out, 4 s on keyed calls); main balancer’s port 80 redirects to https on port 8443, closed',
    right: ['redis-unreachable', 'https-redirect-broken'],
    named: [['redis-unreachable'], ['https-redirect-broken']],
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
  'tenth-pair-waf-like-rule-registry-balancer': {
    truth: 'a WAF-like rule on the registry balancer answers OPTIONS with 403; database role mlflow set to NOLOGIN',
    right: ['cors-misconfigured', 'database-auth-failing'],
    named: [['database-auth-failing'], ['cors-misconfigured']],
    isPair: true,
  },
  'tenth-password-database-role-mlflow-rotated': {
    truth: 'password of database role mlflow rotated, MLflow keeps the old one',
    right: ['database-auth-failing'],
    named: [['database-auth-failing']],
  },
  'tenth-postgresql-restarted-back-few-seconds': {
    truth: 'PostgreSQL restarted, back a few seconds before the check',
    right: [],
    named: [],
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
  'tenth-registry-balancer-lost-443-listener': {
    truth: 'registry balancer lost its :443 listener (refused); :80 still redirects to https',
    right: ['https-listener-missing'],
    named: [['https-listener-missing']],
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
  'tenth-registry-balancers-new-certificate-served': {
    truth: 'registry balancer’s new certificate is served without its intermediate',
    right: ['tls-certificate-invalid'],
    named: [['tls-certificate-invalid']],
  },
  'tenth-registry-balancers-nodes-replaced-new': {
    truth: 'registry balancer’s nodes replaced, new addresses under the same name',
    right: [],
    named: [],
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
  'tenth-registrys-target-group-speaks-https': {
    truth:
      'registry’s target group speaks https to the API’s http port: balancer’s 502 (health checks fail alike); the same tasks work through the main balancer',
    right: ['backend-tls-mismatch', 'health-check-mismatch'],
    named: [['backend-tls-mismatch']],
  },
  'tenth-role-mlflow-lost-insert-model': {
    truth: 'role mlflow lost INSERT on the model registry’s tables',
    right: ['database-auth-failing', 'database-read-only'],
    named: [],
    isNoneRight: true,
  },
  'tenth-s3-endpoint-hangs-artifact-upload': {
    truth: 'S3 endpoint hangs (frozen): artifact upload times out, metadata works',
    right: ['artifact-store-failing'],
    named: [['artifact-store-failing']],
  },
  'tenth-waf-like-rule-registry-balancer': {
    truth: 'a WAF-like rule on the registry balancer forbids PUT (403): artifact upload fails, all else works',
    right: ['artifact-store-failing', 'alb-routing-misconfigured'],
    named: [],
    isNoneRight: true,
  },
};
