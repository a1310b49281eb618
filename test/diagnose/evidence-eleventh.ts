import type { Row } from './evidence-row.ts';

/**
 * Reports of an eleventh platform: Apache Traffic Server, a balancer in Node.js, an axum API in Rust, a Litestar auth service, gdnsd, hickory-dns, Redis, MLflow 2.17.2, MariaDB. `right` holds
 * what the examiner expected before the first run; without an entry, no known cause is right.
 */
export const rowsOfEleventh: Readonly<Record<string, Row>> = {
  'eleventh-api-deployed-auth-url-staging': {
    truth: 'API deployed with AUTH_URL of the staging auth service (does not know the key); auth.hokus.ai accepts it',
    right: ['auth-flow-regression'],
    named: [['auth-flow-regression']],
  },
  'eleventh-api-deployed-without-redis-url': {
    truth: 'API deployed without REDIS_URL: both tasks crash at start',
    right: ['api-service-unhealthy', 'env-vars-missing'],
    named: [['api-service-unhealthy']],
  },
  'eleventh-api-deployed-wrong-prefix-strip': {
    truth: 'API deployed with a wrong prefix to strip: MLflow is asked for /api/mlflow/… and answers Flask 404',
    right: ['proxy-routes-missing'],
    named: [['env-vars-missing', 'proxy-routes-missing']],
    isNoneRight: true,
  },
  'eleventh-artifact-folder-accessible-mlflow-any': {
    truth: 'artifact folder not accessible to MLflow any more (owner and mode changed)',
    right: ['artifact-store-failing'],
    named: [['artifact-store-failing']],
  },
  'eleventh-auth-service-answers-validate-0': {
    truth: 'auth service answers validate 0.7 s slower',
    right: [],
    named: [],
  },
  'eleventh-auth-services-key-database-locked': {
    truth:
      'auth service’s key database locked by a batch job: validate hangs 5 s and is a 500; auth / and /health fine',
    right: ['auth-service-unavailable'],
    named: [['auth-service-unavailable']],
  },
  'eleventh-backup-holds-flush-tables-read': {
    truth: 'a backup holds FLUSH TABLES WITH READ LOCK: reads work, writes hang',
    right: ['database-read-only'],
    named: [],
    isNoneRight: true,
  },
  'eleventh-both-api-tasks-hang': {
    truth: 'both API tasks hang (SIGSTOP)',
    right: ['api-service-unhealthy'],
    named: [['api-service-unhealthy']],
  },
  'eleventh-both-auth-tasks-hang': {
    truth: 'both auth tasks hang (SIGSTOP)',
    right: ['auth-service-unavailable'],
    named: [['auth-service-unavailable']],
  },
  'eleventh-certificates-both-balancers-renewed': {
    truth: 'certificates of both balancers renewed (new key, 397 days)',
    right: [],
    named: [],
  },
  'eleventh-circuit-breaker-stays-open-half': {
    truth: 'circuit breaker stays open: its half-open probe asks a path that MLflow lacks; MLflow recovered long ago',
    right: ['circuit-breaker-open'],
    named: [['circuit-breaker-open', 'service-discovery-broken']],
  },
  'eleventh-connections-mariadb-taken-another-client': {
    truth: 'all connections of MariaDB taken by another client: Too many connections',
    right: ['database-pool-exhausted'],
    named: [['database-pool-exhausted']],
  },
  'eleventh-cors-origin-api-set-staging': {
    truth: 'CORS origin of the API set to the staging site',
    right: ['cors-misconfigured'],
    named: [['cors-misconfigured']],
  },
  'eleventh-database-read-only-1-failover': {
    truth: 'database read_only=1, as after a failover',
    right: ['database-read-only'],
    named: [['database-read-only']],
  },
  'eleventh-dns-record-registry-hokus-ai': {
    truth: 'DNS record of registry.hokus.ai deleted',
    right: ['dns-misconfigured'],
    named: [['dns-misconfigured']],
  },
  'eleventh-half-migration-table-registered-model': {
    truth: 'half a migration: table registered_model_tags renamed away',
    right: ['mlflow-wrong-database'],
    named: [['mlflow-wrong-database']],
  },
  'eleventh-key-lost-scope-models-write': {
    truth: 'the key lost the scope models:write',
    right: ['write-scope-missing'],
    named: [['write-scope-missing']],
  },
  'eleventh-key-revoked-auth-service': {
    truth: 'the key is revoked in the auth service',
    right: ['api-key-rejected'],
    named: [['api-key-rejected']],
  },
  'eleventh-main-balancer-certificate-expired-2': {
    truth: 'main balancer (api, platform, auth): certificate expired 2 days ago',
    right: ['tls-certificate-invalid'],
    named: [['tls-certificate-invalid']],
  },
  'eleventh-main-balancer-sends-api-hokus': {
    truth: 'main balancer sends api.hokus.ai to the platform site',
    right: ['alb-wrong-target-group'],
    named: [['alb-wrong-target-group']],
  },
  'eleventh-maintenance-page-left-registry-host': {
    truth: 'maintenance page left on: registry host answers 503 with an HTML page of the team for every path',
    right: ['alb-routing-misconfigured'],
    named: [['alb-routing-misconfigured']],
    isNoneRight: true,
  },
  'eleventh-mariadb-stopped': {
    truth: 'MariaDB stopped',
    right: ['database-unreachable'],
    named: [['database-unreachable']],
  },
  'eleventh-mlflow-hokusai-local-points-address': {
    truth: 'mlflow.hokusai.local points to the address of a task that is gone (packets dropped)',
    right: ['service-discovery-broken', 'mlflow-unreachable-from-api'],
    named: [['mlflow-unreachable-from-api']],
  },
  'eleventh-mlflow-restarted-up-5-s': {
    truth: 'MLflow restarted, up 5 s before',
    right: [],
    named: [],
  },
  'eleventh-mlflow-started-app-name-basic': {
    truth: 'MLflow started with --app-name basic-auth',
    right: ['mlflow-auth-rejecting-all'],
    named: [['mlflow-auth-rejecting-all']],
  },
  'eleventh-mlflow-stopped': {
    truth: 'MLflow stopped (process group gone)',
    right: ['mlflow-service-unhealthy'],
    named: [['mlflow-service-unhealthy']],
  },
  'eleventh-one-two-api-tasks-hangs': {
    truth:
      'one of two API tasks hangs (SIGSTOP); the registry balancer takes it out, the main balancer (passive marks only) does not',
    right: ['api-service-unhealthy'],
    named: [['api-service-unhealthy']],
  },
  'eleventh-one-two-auth-tasks-key': {
    truth: 'one of two auth tasks has a key database restored from an old backup: every other validation is a 401',
    right: ['api-key-rejected', 'auth-service-unavailable', 'auth-flow-regression'],
    named: [],
    isNoneRight: true,
  },
  'eleventh-packets-port-443-registry-balancer': {
    truth: 'packets to port 443 of the registry balancer dropped',
    right: ['security-group-blocking'],
    named: [['security-group-blocking']],
  },
  'eleventh-pair-api-deployed-without-tracking-routes': {
    truth: 'API deployed without the tracking routes + certificate of platform.hokus.ai expired',
    right: ['proxy-routes-missing', 'tls-certificate-invalid'],
    named: [['proxy-routes-missing'], ['tls-certificate-invalid']],
    isPair: true,
  },
  'eleventh-pair-both-auth-tasks-stopped-port': {
    truth: 'both auth tasks stopped + port 80 of the registry balancer not listening (refused)',
    right: ['auth-service-unavailable', 'https-redirect-broken'],
    named: [['auth-service-unavailable'], ['https-redirect-broken']],
    isPair: true,
  },
  'eleventh-pair-database-password-rotated-redis-hangs': {
    truth: 'database password rotated + Redis hangs',
    right: ['database-auth-failing', 'redis-unreachable'],
    named: [['database-auth-failing'], ['redis-unreachable']],
    isPair: true,
  },
  'eleventh-pair-dns-record-auth-hokus-ai': {
    truth: 'DNS record of auth.hokus.ai deleted + artifact folder not accessible',
    right: ['dns-misconfigured', 'artifact-store-failing'],
    named: [['dns-misconfigured'], ['artifact-store-failing']],
    isPair: true,
  },
  'eleventh-pair-key-lost-models-write-rule': {
    truth: 'key lost models:write + rule of api.hokus.ai lost on the main balancer',
    right: ['write-scope-missing', 'alb-routing-misconfigured'],
    named: [['alb-routing-misconfigured'], ['write-scope-missing']],
    isPair: true,
  },
  'eleventh-pair-mlflow-stopped-cors-origin-wrong': {
    truth: 'MLflow stopped + CORS origin wrong',
    right: ['mlflow-service-unhealthy', 'cors-misconfigured'],
    named: [['mlflow-service-unhealthy'], ['cors-misconfigured']],
    isPair: true,
  },
  'eleventh-pair-packets-mlflow-database-dropped-dns': {
    truth: 'packets MLflow -> database dropped + DNS of api.hokus.ai points to the registry balancer',
    right: ['database-unreachable', 'alb-routing-misconfigured'],
    named: [['database-unreachable'], ['alb-routing-misconfigured']],
    isPair: true,
  },
  'eleventh-pair-platform-hokus-ai-goes-auth': {
    truth: 'platform.hokus.ai goes to the auth service + MLflow hangs (SIGSTOP)',
    right: ['alb-wrong-target-group', 'mlflow-service-unhealthy'],
    named: [['mlflow-service-unhealthy'], ['alb-wrong-target-group']],
    isPair: true,
  },
  'eleventh-pair-rate-limit-api-dns-record': {
    truth: 'rate limit of the API + DNS record of mlflow.hokus.ai deleted',
    right: ['rate-limited', 'dns-misconfigured'],
    named: [['dns-misconfigured'], ['rate-limited']],
    isPair: true,
  },
  'eleventh-pair-redis-stopped-port-80-registry': {
    truth: 'Redis stopped (refuses) + port 80 of registry redirects to itself on http (loop)',
    right: ['redis-unreachable', 'https-redirect-broken'],
    named: [['redis-unreachable'], ['https-redirect-broken']],
    isPair: true,
  },
  'eleventh-pair-registry-balancer-serves-certificate-another': {
    truth:
      'registry balancer serves a certificate for another domain + main balancer redirects port 80 to the name of the balancer itself',
    right: ['tls-certificate-invalid', 'https-redirect-broken'],
    named: [['tls-certificate-invalid'], ['https-redirect-broken']],
    isPair: true,
  },
  'eleventh-password-database-user-mlflow-rotated': {
    truth: 'password of database user mlflow rotated, MLflow still has the old one',
    right: ['database-auth-failing'],
    named: [['database-auth-failing']],
  },
  'eleventh-rate-limit-6-requests-per': {
    truth: 'rate limit of 6 requests per minute and key in the API',
    right: ['rate-limited'],
    named: [['rate-limited']],
  },
  'eleventh-record-mlflow-hokusai-local-deleted': {
    truth: 'record mlflow.hokusai.local deleted',
    right: ['service-discovery-broken', 'mlflow-unreachable-from-api'],
    named: [['mlflow-unreachable-from-api', 'service-discovery-broken']],
  },
  'eleventh-redis-hangs-each-keyed-request': {
    truth: 'Redis hangs (SIGSTOP): each keyed request waits for the cache time-out',
    right: ['redis-unreachable'],
    named: [['redis-unreachable']],
  },
  'eleventh-registry-balancer-path-rewrite-mlflow': {
    truth: 'registry balancer: path rewrite of /mlflow/ lost when the rule was made again: MLflow answers 404 there',
    right: ['alb-routing-misconfigured'],
    named: [],
    isNoneRight: true,
  },
  'eleventh-registry-balancer-protocol-api-target': {
    truth: 'registry balancer: protocol of the API target group set to HTTPS, the API speaks HTTP',
    right: ['backend-tls-mismatch'],
    named: [['backend-tls-mismatch']],
  },
  'eleventh-registry-balancer-rule-registry-hokus': {
    truth: 'registry balancer: rule registry.hokus.ai -> API lost; /mlflow and mlflow.hokus.ai rules stay',
    right: ['alb-routing-misconfigured'],
    named: [['alb-routing-misconfigured']],
  },
  'eleventh-registry-balancer-scaled-third-address': {
    truth: 'registry balancer scaled: third address added, one old one replaced; all serve',
    right: [],
    named: [],
  },
  'eleventh-registry-balancer-strips-authorization-way': {
    truth: 'registry balancer strips Authorization on the way to the API; X-API-Key passes',
    right: ['proxy-drops-auth-headers', 'auth-flow-regression'],
    named: [['auth-flow-regression']],
  },
  'eleventh-registry-hokus-ai-two-addresses': {
    truth: 'registry.hokus.ai has two addresses, one is of a balancer node that is gone (packets dropped)',
    right: ['dns-misconfigured', 'security-group-blocking'],
    named: [['dns-misconfigured', 'security-group-blocking']],
    isNoneRight: true,
  },
  'eleventh-rolling-deploy-api-1-8': {
    truth: 'rolling deploy of the API to 1.8.4, finished 5 s before',
    right: [],
    named: [],
  },
  'eleventh-security-group-between-api-tasks': {
    truth: 'security group between API tasks and MLflow drops port 5000; the balancer reaches MLflow',
    right: ['mlflow-unreachable-from-api', 'security-group-blocking', 'service-discovery-broken'],
    named: [['mlflow-unreachable-from-api']],
  },
};
