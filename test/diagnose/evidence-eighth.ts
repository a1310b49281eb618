import type { Row } from './evidence-row.ts';

/**
 * Reports of an eighth platform: balancers in Go, an aiohttp API, a PHP auth service, Caddy, memcached, PowerDNS, Unbound, MLflow 3.5.1, MariaDB. `right` holds
 * what the examiner expected before the first run; without an entry, no known cause is right.
 */
export const rowsOfEighth: Readonly<Record<string, Row>> = {
  'eighth-api-deploy-4-0-0': {
    truth:
      'API deploy 4.0.0: errors as problem+json with the same words, HTML 404 page, Server header and security headers new, health and root bodies of another shape',
    right: [],
    named: [],
  },
  'eighth-api-deploy-asks-auth-service': {
    truth:
      'API deploy asks the auth service at a path that does not exist (404 there): every keyed call 503 ’could not be verified’; auth.hokus.ai validates',
    right: ['auth-flow-regression', 'auth-service-unavailable', 'env-vars-missing', 'service-discovery-broken'],
    named: [['auth-service-unavailable']],
  },
  'eighth-api-deploy-key-check-switched': {
    truth: 'API deploy with the key check switched off: requests without a key or with a made-up key are let in',
    right: ['auth-flow-regression'],
    named: [],
    isNoneRight: true,
  },
  'eighth-api-deploy-max-body-64': {
    truth: 'API deploy with MAX_BODY=64 (bytes, meant MB): request bodies above 64 bytes get the app’s 413',
    right: [],
    named: [],
  },
  'eighth-api-deploy-proxy-route-allows': {
    truth: 'API deploy: the proxy route allows GET, POST, PUT, DELETE only; PATCH gets the app’s 405',
    right: ['proxy-routes-missing'],
    named: [],
    isNoneRight: true,
  },
  'eighth-api-deploy-reads-x-api': {
    truth: 'API deploy reads no X-API-Key any more; Bearer works',
    right: ['auth-flow-regression'],
    named: [['auth-flow-regression']],
  },
  'eighth-api-deploy-without-proxy-blueprint': {
    truth: 'API deploy without the proxy blueprint: /api/mlflow/* is the app’s own text 404',
    right: ['proxy-routes-missing'],
    named: [['proxy-routes-missing']],
  },
  'eighth-api-deploy-without-tracking-server': {
    truth: 'API deploy without TRACKING_SERVER_URL: proxied calls are the app’s 500, all else works',
    right: ['env-vars-missing'],
    named: [['env-vars-missing']],
  },
  'eighth-api-hokus-ais-cname-loops': {
    truth: 'api.hokus.ai’s CNAME loops (api -> api-live -> api): SERVFAIL',
    right: ['dns-misconfigured'],
    named: [['dns-misconfigured']],
  },
  'eighth-api-key-re-issued-mlflow': {
    truth:
      'API key re-issued (the prober has the new one, the old is revoked); MLflow task replaced: new address in target group and private zone',
    right: [],
    named: [],
  },
  'eighth-api-keys-row-deactivated-auth': {
    truth: 'the API key’s row deactivated in the auth service',
    right: ['api-key-rejected'],
    named: [['api-key-rejected']],
  },
  'eighth-api-tasks-killed-restarted-ever': {
    truth:
      'API tasks killed and restarted for ever (ECS restart loop after a wrong health path): up 5 s, down 6 s, both together',
    right: ['api-service-unhealthy', 'health-check-mismatch'],
    named: [['api-service-unhealthy']],
  },
  'eighth-apis-circuit-breaker-stays-open': {
    truth: 'the API’s circuit breaker (both tasks) stays open after a short MLflow outage; MLflow is back',
    right: ['circuit-breaker-open'],
    named: [['circuit-breaker-open']],
  },
  'eighth-artifact-volume-full-mlflows-server': {
    truth: 'artifact volume full (No space left on device) on MLflow’s server',
    right: ['artifact-store-failing'],
    named: [['artifact-store-failing']],
  },
  'eighth-auth-deploy-empty-pepper-secret': {
    truth: 'auth deploy with an empty PEPPER secret: /api/validate is its 500 ’misconfigured’, / and /health are 200',
    right: ['auth-service-unavailable', 'env-vars-missing'],
    named: [['auth-service-unavailable']],
  },
  'eighth-auth-service-task-registered-both': {
    truth: 'auth service: no task registered (balancer 503), both processes stopped',
    right: ['auth-service-unavailable'],
    named: [['auth-service-unavailable']],
  },
  'eighth-auth-task-replaced-old-one': {
    truth:
      'an auth task replaced: the old one drained and stopped, the other alone serves; key cache restarted (empty)',
    right: [],
    named: [],
  },
  'eighth-auths-key-store-locked-backup': {
    truth:
      'auth’s key store locked by a backup (SQLite exclusive lock): /api/validate and /health are 503 after 3 s, / works',
    right: ['auth-service-unavailable'],
    named: [['auth-service-unavailable']],
  },
  'eighth-balancer-node-replaced-mariadb-restarted': {
    truth: 'a balancer node replaced (new address in DNS, old one gone) and MariaDB restarted before the check',
    right: [],
    named: [],
  },
  'eighth-balancers-new-response-headers-default': {
    truth:
      'balancers: new response headers (Via, HSTS, X-Cache), the default 404 is HTML; platform site redesigned: / redirects to /app/, other Server header',
    right: [],
    named: [],
  },
  'eighth-both-api-tasks-stopped-targets': {
    truth: 'both API tasks stopped (image does not start); targets refuse, balancers 502',
    right: ['api-service-unhealthy'],
    named: [['api-service-unhealthy']],
  },
  'eighth-database-migration-holds-table-locks': {
    truth:
      'a database migration holds table locks on registered_models and model_versions: registry calls hang, experiments and runs work',
    right: ['database-unreachable'],
    named: [],
    isNoneRight: true,
  },
  'eighth-deploy-both-api-tasks-replaced': {
    truth: 'deploy: both API tasks replaced one after the other, new version, 200 ms slower per keyed request',
    right: [],
    named: [],
  },
  'eighth-keys-scopes-lost-models-write': {
    truth: 'the key’s scopes lost models:write',
    right: ['write-scope-missing'],
    named: [['write-scope-missing']],
  },
  'eighth-main-balancer-target-group-api': {
    truth: 'main balancer: target group of api.hokus.ai is empty (503), the API tasks serve registry',
    right: ['alb-routing-misconfigured', 'health-check-mismatch', 'api-service-unhealthy'],
    named: [['health-check-mismatch']],
  },
  'eighth-main-balancers-security-policy-allows': {
    truth: 'main balancer’s security policy allows TLS 1.0/1.1 only: handshakes with api, platform, auth fail',
    right: ['tls-certificate-invalid'],
    named: [['tls-certificate-invalid']],
  },
  'eighth-maintenance-rule-registry-balancer-fixed': {
    truth: 'maintenance rule on the registry balancer: fixed response 503 text/html ’back soon’ for host registry',
    right: ['alb-routing-misconfigured'],
    named: [['alb-routing-misconfigured']],
    isNoneRight: true,
  },
  'eighth-mariadb-failed-over-read-only': {
    truth: 'MariaDB failed over to a read-only replica: writes refused with --read-only',
    right: ['database-read-only'],
    named: [['database-read-only']],
  },
  'eighth-mariadb-password-user-mlflow-rotated': {
    truth: 'MariaDB password of user mlflow rotated, old connections killed',
    right: ['database-auth-failing'],
    named: [['database-auth-failing']],
  },
  'eighth-mariadb-stopped-mlflow-goes-running': {
    truth: 'MariaDB stopped while MLflow goes on running',
    right: ['database-unreachable'],
    named: [['database-unreachable']],
  },
  'eighth-mariadb-user-mlflow-select-only': {
    truth:
      'MariaDB: the user mlflow has SELECT only after a restore of grants: writes fail with ’INSERT command denied’',
    right: ['database-read-only', 'database-auth-failing'],
    named: [],
    isNoneRight: true,
  },
  'eighth-mariadbs-connections-taken-other-clients': {
    truth: 'all of MariaDB’s connections taken by other clients (Too many connections)',
    right: ['database-pool-exhausted'],
    named: [['database-pool-exhausted']],
  },
  'eighth-memcached-frozen-every-keyed-request': {
    truth:
      'memcached (key cache) frozen: every keyed request waits twice 1.5 s and then asks the auth service; /health degraded',
    right: ['redis-unreachable'],
    named: [['redis-unreachable']],
  },
  'eighth-mlflow-hokusai-local-leads-old': {
    truth: 'mlflow.hokusai.local leads to an old task’s address where nothing listens',
    right: ['service-discovery-broken', 'mlflow-unreachable-from-api'],
    named: [['mlflow-unreachable-from-api']],
  },
  'eighth-mlflow-hokusai-local-leads-old-again': {
    truth: 'mlflow.hokusai.local leads to an old address that now belongs to another team’s JSON service on :5000',
    right: ['service-discovery-broken', 'mlflow-unreachable-from-api'],
    named: [['service-discovery-broken']],
    isNoneRight: true,
  },
  'eighth-mlflow-redeployed-allowed-hosts-lacking': {
    truth:
      'MLflow redeployed with --allowed-hosts lacking the internal and the public names: its 403 ’Invalid Host header’ everywhere',
    right: ['mlflow-auth-rejecting-all'],
    named: [],
    isNoneRight: true,
  },
  'eighth-mlflow-redeployed-app-name-basic': {
    truth: 'MLflow redeployed with --app-name basic-auth: its own 401 for every call',
    right: ['mlflow-auth-rejecting-all'],
    named: [['mlflow-auth-rejecting-all']],
  },
  'eighth-mlflow-redeployed-serve-artifacts-artifact': {
    truth: 'MLflow redeployed with --no-serve-artifacts: artifact proxy disabled',
    right: ['artifact-store-failing'],
    named: [['artifact-store-failing']],
  },
  'eighth-mlflows-processes-frozen-connections-accepted': {
    truth: 'MLflow’s processes frozen: connections accepted, no answer',
    right: ['mlflow-service-unhealthy'],
    named: [['mlflow-service-unhealthy']],
  },
  'eighth-mlflows-two-workers-share-port': {
    truth: 'MLflow’s two workers share the port; one of them frozen: part of the requests hangs',
    right: ['mlflow-service-unhealthy'],
    named: [['mlflow-service-unhealthy', 'mlflow-unreachable-from-api']],
  },
  'eighth-one-registry-balancers-two-addresses': {
    truth: 'one of the registry balancer’s two addresses is dead (packets dropped), the other serves',
    right: ['security-group-blocking', 'dns-misconfigured'],
    named: [['dns-misconfigured', 'security-group-blocking']],
    isNoneRight: true,
  },
  'eighth-pair-allowed-origins-lost-api-deploy': {
    truth: 'ALLOWED_ORIGINS lost in an API deploy + MariaDB stopped',
    right: ['cors-misconfigured', 'database-unreachable'],
    named: [['database-unreachable'], ['cors-misconfigured']],
    isPair: true,
  },
  'eighth-pair-api-hokus-ai-serves-certificate': {
    truth: 'api.hokus.ai serves the certificate of another name + MariaDB read-only',
    right: ['tls-certificate-invalid', 'database-read-only'],
    named: [['tls-certificate-invalid'], ['database-read-only']],
    isPair: true,
  },
  'eighth-pair-api-hokus-ais-cname-points': {
    truth:
      'api.hokus.ai’s CNAME points at the registry balancer (which has no rule and no certificate for it) + artifact volume full',
    right: ['dns-misconfigured', 'artifact-store-failing'],
    named: [['dns-misconfigured'], ['artifact-store-failing']],
    isPair: true,
  },
  'eighth-pair-api-key-expired-registry-balancers': {
    truth: 'the API key expired + registry balancer’s port 80 listener removed (refused)',
    right: ['api-key-rejected', 'https-redirect-broken'],
    named: [['api-key-rejected'], ['https-redirect-broken']],
    isNoneRight: true,
    isPair: true,
  },
  'eighth-pair-auth-hokus-ai-serves-certificate': {
    truth:
      'auth.hokus.ai serves a certificate of an unknown CA + API deploy with UPSTREAM_TIMEOUT 0.003 s (unit mixed up): proxied calls 504 at once',
    right: ['tls-certificate-invalid', 'mlflow-unreachable-from-api'],
    named: [['tls-certificate-invalid'], ['mlflow-unreachable-from-api']],
    isNoneRight: true,
    isPair: true,
  },
  'eighth-pair-auth-hokus-ais-record-deleted': {
    truth: 'auth.hokus.ai’s record deleted (NXDOMAIN) + API deployed with a wrong MLflow port (refused at once)',
    right: ['dns-misconfigured', 'mlflow-unreachable-from-api'],
    named: [['dns-misconfigured'], ['mlflow-unreachable-from-api']],
    isPair: true,
  },
  'eighth-pair-main-balancer-host-rule-platform': {
    truth: 'main balancer: host rule of platform gone (default 404) + the key’s write scope lost',
    right: ['alb-routing-misconfigured', 'write-scope-missing'],
    named: [['write-scope-missing'], ['alb-routing-misconfigured']],
    isPair: true,
  },
  'eighth-pair-main-balancer-platforms-rule-forwards': {
    truth: 'main balancer: platform’s rule forwards to the auth service’s target group + key cache stopped (refused)',
    right: ['alb-wrong-target-group', 'redis-unreachable'],
    named: [['redis-unreachable'], ['alb-wrong-target-group']],
    isPair: true,
  },
  'eighth-pair-main-balancers-port-80-redirects': {
    truth: 'main balancer’s port 80 redirects everything to https://hokus.ai/ (host lost) + MLflow stopped (502)',
    right: ['https-redirect-broken', 'mlflow-service-unhealthy'],
    named: [['mlflow-service-unhealthy'], ['https-redirect-broken']],
    isPair: true,
  },
  'eighth-pair-mlflow-hokus-ai-record-address': {
    truth:
      'mlflow.hokus.ai is an A record of an address where nothing listens (refused) + auth’s validate takes 6 s (the API gives up after 4 s)',
    right: ['dns-misconfigured', 'auth-service-unavailable'],
    named: [['auth-service-unavailable'], ['dns-misconfigured']],
    isPair: true,
  },
  'eighth-pair-mlflow-hokusai-local-deleted-private': {
    truth: 'mlflow.hokusai.local deleted from the private zone + platform’s target group is empty (503)',
    right: ['service-discovery-broken', 'health-check-mismatch'],
    named: [['service-discovery-broken'], ['health-check-mismatch']],
    isNoneRight: true,
    isPair: true,
  },
  'eighth-pair-registry-balancer-answers-options-fixed': {
    truth:
      'registry balancer answers OPTIONS with a fixed 405 (preflight broken) + MLflow’s artifact destination is a path that can’t be written',
    right: ['cors-misconfigured', 'artifact-store-failing'],
    named: [['artifact-store-failing'], ['cors-misconfigured']],
    isPair: true,
  },
  'eighth-pair-registry-balancers-new-hop-strips': {
    truth:
      'the registry balancer’s new hop strips Authorization and X-API-Key (401 no key supplied) + platform’s rule only on :80, none on :443 (default 404)',
    right: ['proxy-drops-auth-headers', 'https-listener-missing'],
    named: [['auth-flow-regression', 'proxy-drops-auth-headers'], ['https-listener-missing']],
    isPair: true,
  },
  'eighth-pair-registry-hokus-ai-certificate-expired': {
    truth: 'registry.hokus.ai certificate expired yesterday + auth tasks stopped (targets refuse, 502)',
    right: ['tls-certificate-invalid', 'auth-service-unavailable'],
    named: [['tls-certificate-invalid'], ['auth-service-unavailable', 'backend-tls-mismatch']],
    isPair: true,
  },
  'eighth-pair-security-group-between-mlflow-mariadb': {
    truth:
      'security group between MLflow and MariaDB: packets dropped + main balancer’s port 80 redirects to http:// (loop)',
    right: ['database-unreachable', 'https-redirect-broken'],
    named: [['https-redirect-broken'], ['database-pool-exhausted', 'database-unreachable']],
    isPair: true,
  },
  'eighth-pair-security-group-main-balancer-api': {
    truth:
      'security group: main balancer to the API tasks dropped (api.hokus.ai 504 after 10 s; registry’s balancer passes) + MariaDB’s connections exhausted',
    right: ['security-group-blocking', 'database-pool-exhausted'],
    named: [['database-pool-exhausted'], ['health-check-mismatch', 'security-group-blocking']],
    isPair: true,
  },
  'eighth-rate-limit-key-lowered-6': {
    truth: 'rate limit of the key lowered to 6 a minute and task: 429 with Retry-After after the first calls',
    right: ['rate-limited'],
    named: [['rate-limited']],
  },
  'eighth-registry-balancer-443-rule-registry': {
    truth:
      'registry balancer: the :443 rule of registry.hokus.ai has the redirect action meant for :80: every path redirects to itself (only /mlflow/* forwards)',
    right: ['https-redirect-broken', 'alb-routing-misconfigured'],
    named: [['https-redirect-broken']],
  },
  'eighth-registry-balancer-host-rule-registry': {
    truth:
      'registry balancer: the host rule of registry.hokus.ai is gone, only /mlflow/* is left; the default 404 answers',
    right: ['alb-routing-misconfigured'],
    named: [['alb-routing-misconfigured']],
  },
  'eighth-registry-balancer-protocol-mlflows-target': {
    truth:
      'registry balancer: protocol of MLflow’s target group changed to HTTPS (MLflow speaks HTTP): 502 on /mlflow/* and mlflow.hokus.ai; the proxy works',
    right: ['backend-tls-mismatch', 'health-check-mismatch'],
    named: [['backend-tls-mismatch', 'health-check-mismatch']],
    isNoneRight: true,
  },
  'eighth-registry-balancer-target-group-registry': {
    truth:
      'registry balancer: the target group of registry.hokus.ai holds the platform site (SPA: 200 HTML for every path)',
    right: ['alb-wrong-target-group'],
    named: [['alb-wrong-target-group']],
  },
  'eighth-registry-hokus-ais-cname-points': {
    truth: 'registry.hokus.ai’s CNAME points at the name of a deleted load balancer (NXDOMAIN behind the alias)',
    right: ['dns-misconfigured'],
    named: [['dns-misconfigured']],
  },
  'eighth-registry-hokus-ais-new-certificate': {
    truth: 'registry.hokus.ai’s new certificate is served without its intermediate',
    right: ['tls-certificate-invalid'],
    named: [['tls-certificate-invalid']],
  },
  'eighth-registry-mlflow-certificates-renewed-early': {
    truth: 'registry and mlflow certificates renewed early (same CA)',
    right: [],
    named: [],
  },
  'eighth-rolling-deploy-one-two-api': {
    truth:
      'rolling deploy: one of two API tasks has a wrong AUTH_BASE_URL (name does not exist): every other keyed request 503',
    right: ['env-vars-missing', 'api-service-unhealthy'],
    named: [],
    isNoneRight: true,
  },
  'eighth-rolling-deploy-stuck-one-two': {
    truth:
      'rolling deploy stuck: one of two API tasks lacks the proxy blueprint: every other proxied call is the app’s 404',
    right: ['proxy-routes-missing'],
    named: [['proxy-routes-missing']],
    isNoneRight: true,
  },
  'eighth-schema-behind-code-table-registered': {
    truth:
      'schema behind the code: table registered_model_tags is missing in MLflow’s database (migration not run / wrong database)',
    right: ['mlflow-wrong-database'],
    named: [['mlflow-wrong-database']],
    isNoneRight: true,
  },
  'eighth-security-group-packets-api-tasks': {
    truth: 'security group: packets from the API tasks to MLflow:5000 dropped; the balancer reaches MLflow',
    right: ['mlflow-unreachable-from-api', 'security-group-blocking'],
    named: [['mlflow-unreachable-from-api']],
  },
  'eighth-security-group-registry-balancer-packets': {
    truth: 'security group of the registry balancer: packets to its two addresses dropped, both ports',
    right: ['security-group-blocking'],
    named: [['security-group-blocking']],
  },
  'eighth-slower-healthy-auths-validate-0': {
    truth: 'slower but healthy: auth’s validate +0.5 s, the API’s keyed calls +0.5 s',
    right: [],
    named: [],
  },
  'eighth-tracking-server-url-https-mlflow': {
    truth: 'TRACKING_SERVER_URL with https:// while MLflow speaks plain HTTP: 502 with an SSL text',
    right: ['backend-tls-mismatch'],
    named: [['backend-tls-mismatch']],
  },
  'eighth-vpc-resolver-unreachable-api-tasks': {
    truth:
      'VPC resolver unreachable from the API tasks only (security group / endpoint): no internal name resolves; identity and MLflow unreachable for the API',
    right: ['service-discovery-broken', 'auth-service-unavailable'],
    named: [['auth-service-unavailable']],
    isNoneRight: true,
  },
  'eighth-waf-rule-registry-balancer-blocks': {
    truth:
      'WAF rule on the registry balancer blocks PUT with the balancer’s 403 page; artifact uploads fail, all else works',
    right: [],
    named: [],
  },
};
