import type { Row } from './evidence-row.ts';

/**
 * Reports of a tenth platform: Traefik, a balancer in Node.js, a Spring Boot API, a Flask auth service, CoreDNS, Redis, MLflow 3.8.1, PostgreSQL. `right` holds
 * what the examiner expected before the first run; without an entry, no known cause is right.
 */
export const rowsOfTenth: Readonly<Record<string, Row>> = {
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
  'tenth-artifact-bucket-deleted-s3': {
    truth: 'artifact bucket deleted in S3 (moto)',
    right: ['artifact-store-failing'],
    named: [['artifact-store-failing']],
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
  'tenth-main-balancers-health-check-api': {
    truth:
      'main balancer’s health check of api points at a path that the app lacks: 503 no available server on api.hokus.ai; the same tasks work through the registry',
    right: ['health-check-mismatch', 'alb-routing-misconfigured'],
    named: [['health-check-mismatch', 'security-group-blocking']],
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
  'tenth-monitors-key-revoked-auth-database': {
    truth: 'the monitor’s key revoked in the auth database',
    right: ['api-key-rejected'],
    named: [['api-key-rejected']],
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
  'tenth-pair-main-balancer-lost-router-platform': {
    truth: 'main balancer lost the router of platform.hokus.ai (Traefik’s 404); database password rotated',
    right: ['alb-routing-misconfigured', 'database-auth-failing'],
    named: [['database-auth-failing'], ['alb-routing-misconfigured', 'alb-wrong-target-group']],
    isPair: true,
  },
  'tenth-pair-main-balancers-certificate-expired-artifact': {
    truth: 'main balancer’s certificate expired (api, platform, auth); artifact bucket deleted',
    right: ['tls-certificate-invalid', 'artifact-store-failing'],
    named: [['tls-certificate-invalid'], ['artifact-store-failing']],
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
  'tenth-waf-like-rule-registry-balancer': {
    truth: 'a WAF-like rule on the registry balancer forbids PUT (403): artifact upload fails, all else works',
    right: ['artifact-store-failing', 'alb-routing-misconfigured'],
    named: [],
    isNoneRight: true,
  },
};
