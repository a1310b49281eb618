import type { Row } from './evidence-row.ts';

/**
 * Reports of the sixth platform with rarer faults, by a third examiner. `right` holds what he expected before the first run; without an entry, no
 * known cause is right.
 */
export const rowsOfSixthThird: Readonly<Record<string, Row>> = {
  'sixth-api-health-port-wrong-again': {
    truth:
      'the main balancer’s health check for the API asks port 8001, where nothing listens; the registry’s asks the right one',
    right: ['health-check-mismatch'],
    named: [['health-check-mismatch']],
  },
  'sixth-api-only-on-80-again': {
    truth: 'api.hokus.ai is served on :80, :443 has no rule for it',
    right: ['https-listener-missing', 'alb-routing-misconfigured'],
    named: [['https-listener-missing']],
  },
  'sixth-api-rule-only-below-api-again': {
    truth: 'the main balancer’s rule for api.hokus.ai matches /api/* only; / and /health fall to the fixed 404',
    right: ['alb-routing-misconfigured'],
    named: [['alb-routing-misconfigured']],
  },
  'sixth-artifact-disk-full-again': {
    truth: 'the artifact store’s disk is full: uploads fail, reads work',
    right: ['artifact-store-failing'],
    named: [['artifact-store-failing']],
  },
  'sixth-auth-rule-lost-again': {
    truth: 'the main balancer lost its rule for auth.hokus.ai (fixed 404); the API reaches the identity service inside',
    right: ['alb-routing-misconfigured'],
    named: [['alb-routing-misconfigured']],
  },
  'sixth-authorization-header-removed-again': {
    truth: 'the registry’s balancer removes Authorization; X-API-Key passes',
    right: ['auth-flow-regression', 'proxy-drops-auth-headers'],
    named: [['auth-flow-regression']],
  },
  'sixth-authorizer-without-key-again': {
    truth:
      'an authorizer at the registry’s gateway asks the identity service without passing the key on: 401 to everything',
    right: ['proxy-drops-auth-headers', 'api-gateway-auth'],
    named: [['auth-flow-regression', 'proxy-drops-auth-headers']],
  },
  'sixth-bouncer-entry-renamed-again': {
    truth: 'PgBouncer’s entry for the database was renamed: no such database',
    right: ['database-unreachable', 'mlflow-wrong-database'],
    named: [['mlflow-wrong-database']],
  },
  'sixth-bouncer-left-paused-again': {
    truth: 'PgBouncer’s database was killed for a failover and never resumed: every query hangs',
    right: ['database-unreachable'],
    named: [['database-pool-exhausted', 'database-unreachable']],
  },
  'sixth-breaker-stays-open-again': {
    truth:
      'MLflow was down and came back; the API’s breakers stay open: 503 at once, ’suspended after repeated failures’',
    right: ['circuit-breaker-open'],
    named: [['circuit-breaker-open', 'service-discovery-broken']],
  },
  'sixth-cache-key-without-query-again': {
    truth: 'the API caches proxied reads for 60 s without the query string in the cache’s key',
    right: [],
    named: [],
  },
  'sixth-column-renamed-again': {
    truth: 'half a migration: a column of model_versions was renamed',
    right: ['mlflow-wrong-database'],
    named: [['mlflow-wrong-database']],
    isNoneRight: true,
  },
  'sixth-discovery-old-and-new-again': {
    truth: 'the discovery name has two addresses, the old task’s refuses',
    right: ['service-discovery-broken', 'mlflow-unreachable-from-api'],
    named: [],
  },
  'sixth-gateway-replaces-error-bodies-again': {
    truth: 'the registry’s gateway replaces every 4xx/5xx body by its own HTML page, statuses stay',
    right: [],
    named: [],
  },
  'sixth-host-check-public-name-again': {
    truth: 'MLflow’s allowed hosts lack mlflow.hokus.ai: 403 Invalid Host header on that host only',
    right: ['mlflow-auth-rejecting-all'],
    named: [],
    isNoneRight: true,
  },
  'sixth-identity-accepts-anything-again': { truth: 'the identity service accepts every key', right: [], named: [] },
  'sixth-identity-maintenance-page-again': {
    truth:
      'the identity service answers a 200 HTML maintenance page to everything; the API says 503 identity-unavailable',
    right: ['auth-service-unavailable'],
    named: [['auth-service-unavailable']],
  },
  'sixth-identity-task-in-api-group-again': {
    truth: 'the identity task was registered as a third target of the registry’s API group: every third answer is its',
    right: ['alb-wrong-target-group'],
    named: [['alb-wrong-target-group', 'proxy-routes-missing']],
  },
  'sixth-main-balancer-limits-again': {
    truth: 'the main balancer allows 4 requests per 20 s over all its hosts, 429 without Retry-After',
    right: ['rate-limited'],
    named: [['rate-limited']],
  },
  'sixth-main-speaks-tls-1.1-again': {
    truth: 'the main balancer’s policy allows TLS 1.1 at most',
    right: ['tls-certificate-invalid'],
    named: [['tls-certificate-invalid']],
  },
  'sixth-mlflow-gateway-limits-posts-again': {
    truth: 'a new gateway before MLflow allows 2 POSTs a minute, then 429; GETs pass',
    right: ['rate-limited'],
    named: [['rate-limited']],
  },
  'sixth-no-insert-right-again': {
    truth: 'the role mlflow lost INSERT on model_versions (permission denied for table)',
    right: [],
    named: [],
  },
  'sixth-one-task-no-route-to-mlflow-again': {
    truth: 'one of two API tasks runs in a subnet without a route to MLflow',
    right: ['mlflow-unreachable-from-api', 'security-group-blocking'],
    named: [['mlflow-service-unhealthy', 'mlflow-unreachable-from-api']],
  },
  'sixth-one-task-without-auth-url-again': {
    truth: 'one of two tasks lacks AUTH_URL: every other keyed call is a 500',
    right: ['env-vars-missing'],
    named: [],
  },
  'sixth-pair-aliases-and-port-80-again': {
    truth: 'the API lacks the alias routes, and nothing listens on port 80 of mlflow.hokus.ai',
    right: ['proxy-routes-missing', 'https-redirect-broken'],
    named: [['proxy-routes-missing'], ['https-redirect-broken']],
    isPair: true,
  },
  'sixth-pair-bearer-and-alias-again': {
    truth: 'Authorization is removed at the registry, and platform.hokus.ai is an alias of a deleted balancer',
    right: ['auth-flow-regression', 'dns-misconfigured'],
    named: [['auth-flow-regression'], ['dns-misconfigured']],
    isPair: true,
  },
  'sixth-pair-connections-and-certificate-again': {
    truth: 'the role’s connection limit is 0, and the main certificate lacks platform.hokus.ai',
    right: ['database-pool-exhausted', 'tls-certificate-invalid'],
    named: [['database-auth-failing', 'database-pool-exhausted', 'database-unreachable'], ['tls-certificate-invalid']],
    isPair: true,
  },
  'sixth-pair-limit-and-ui-again': {
    truth:
      'api.hokus.ai/api/v1* is limited to one call in 300 s, and the registry’s rule for /mlflow/ answers the fixed 404',
    right: ['rate-limited', 'alb-routing-misconfigured'],
    named: [['alb-routing-misconfigured', 'alb-wrong-target-group']],
    isPair: true,
  },
  'sixth-pair-paused-and-health-port-again': {
    truth: 'PgBouncer stays paused, and the main balancer checks the API on a wrong port',
    right: ['database-unreachable', 'health-check-mismatch'],
    named: [['database-pool-exhausted', 'database-unreachable'], ['health-check-mismatch']],
    isPair: true,
  },
  'sixth-pair-plain-80-and-path-again': {
    truth:
      'port 80 of platform.hokus.ai serves the site in place of a redirect, and api.hokus.ai/api/v1/health has a fixed 404',
    right: ['https-redirect-broken', 'alb-routing-misconfigured'],
    named: [['https-redirect-broken'], ['alb-wrong-target-group']],
    isPair: true,
  },
  'sixth-pair-preflight-and-redirect-again': {
    truth:
      'preflights allow neither Authorization nor X-API-Key, and port 80 of mlflow.hokus.ai redirects to another host',
    right: ['cors-misconfigured', 'https-redirect-broken'],
    named: [['cors-misconfigured'], ['https-redirect-broken']],
    isPair: true,
  },
  'sixth-pair-redis-and-loop-again': {
    truth: 'Redis refuses writes, and port 80 of the main balancer redirects to itself',
    right: ['redis-unreachable', 'https-redirect-broken'],
    named: [['redis-unreachable'], ['https-redirect-broken']],
    isPair: true,
  },
  'sixth-pair-redis-tls-and-name-again': {
    truth: 'Redis speaks TLS only, and the MLflow host has the registry’s certificate',
    right: ['redis-unreachable', 'tls-certificate-invalid'],
    named: [['redis-unreachable'], ['tls-certificate-invalid']],
    isPair: true,
  },
  'sixth-pair-route-and-auth-rule-again': {
    truth: 'one task has no route to MLflow, and auth.hokus.ai lost its rule',
    right: ['mlflow-unreachable-from-api', 'alb-routing-misconfigured'],
    named: [['alb-routing-misconfigured'], ['mlflow-service-unhealthy', 'mlflow-unreachable-from-api']],
    isPair: true,
  },
  'sixth-pair-store-and-preflight-again': {
    truth: 'MLflow signs for the store with an old secret, and the registry’s gateway asks preflights for credentials',
    right: ['artifact-store-failing', 'cors-misconfigured'],
    named: [['cors-misconfigured'], ['artifact-store-failing']],
    isPair: true,
  },
  'sixth-pair-ui-and-artifact-reads-again': {
    truth: '/mlflow/ of the registry goes to the platform site, and the store denies reads of objects',
    right: ['alb-wrong-target-group', 'artifact-store-failing'],
    named: [['artifact-store-failing'], ['alb-routing-misconfigured', 'alb-wrong-target-group']],
    isPair: true,
  },
  'sixth-patch-not-allowed-again': {
    truth: 'the registry’s gateway allows no PATCH (405)',
    right: ['alb-routing-misconfigured'],
    named: [],
    isNoneRight: true,
  },
  'sixth-platform-dns-answer-too-big-again': {
    truth: 'platform.hokus.ai runs through long aliases; the answer does not fit into UDP and TCP 53 is dropped',
    right: ['dns-misconfigured'],
    named: [['dns-misconfigured']],
  },
  'sixth-platform-site-500-again': {
    truth: 'the platform site’s settings file is missing: PHP fatal error, 500',
    right: ['env-vars-missing'],
    named: [],
    isNoneRight: true,
  },
  'sixth-redis-out-of-memory-again': {
    truth: 'Redis refuses writes (OOM, noeviction); the API goes on without it and says degraded: cache failing',
    right: ['redis-unreachable'],
    named: [['redis-unreachable']],
  },
  'sixth-registry-big-packets-lost-again': {
    truth: 'packets over 1,000 bytes from the registry’s balancer are lost: TCP opens, the certificate never arrives',
    right: ['security-group-blocking', 'tls-certificate-invalid'],
    named: [],
    isNoneRight: true,
  },
  'sixth-registry-wants-client-certificate-again': {
    truth: 'the registry’s listener demands a client certificate (mutual TLS switched on)',
    right: ['tls-certificate-invalid'],
    named: [],
  },
  'sixth-role-connection-limit-0-again': {
    truth: 'the role mlflow has connection limit 0: ’too many connections for role’',
    right: ['database-pool-exhausted'],
    named: [['database-auth-failing', 'database-pool-exhausted', 'database-unreachable']],
  },
  'sixth-schema-ahead-of-release-again': {
    truth: 'the database is at a migration that this MLflow does not know; the restarted MLflow refuses to start',
    right: ['mlflow-service-unhealthy'],
    named: [['mlflow-service-unhealthy']],
  },
  'sixth-upstream-limit-5-ms-again': {
    truth: 'the API’s limit for MLflow is 5 ms (a unit was mistaken): 504 at once',
    right: ['mlflow-unreachable-from-api'],
    named: [['mlflow-service-unhealthy', 'mlflow-unreachable-from-api']],
    isNoneRight: true,
  },
  'sixth-version-insert-28-s-again': {
    truth: 'inserting a model version takes 28 s (lock of a migration), the API gives up after 25',
    right: ['database-unreachable', 'database-pool-exhausted'],
    named: [],
    isNoneRight: true,
  },
  'sixth-waf-blocks-version-create-again': {
    truth: 'a firewall rule of the registry’s gateway answers 403 HTML to model-versions/create only',
    right: ['alb-routing-misconfigured'],
    named: [],
    isNoneRight: true,
  },
};
