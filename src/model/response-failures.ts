import { type FailureModeTraits, forwarded, keyChecked, mode, settled, unlearned } from './failure-mode.ts';
import {
  atAnswerer,
  atArtifactStore,
  atAuthService,
  atDatabase,
  atKeyCheck,
  atMlflow,
  atOpenKeyCheck,
  atProxyRoute,
  atRoutes,
  atRule,
  atServiceDiscovery,
  atTargetGroup,
} from './failure-places.ts';

/** Failures that a complete response shows, and those of the prober itself. */
export const responseFailures = {
  'redirect-loop': mode(
    { hop: atRule, behindApi: false, ...settled },
    'the redirects form a loop',
    "the listener's redirect, and where TLS terminates",
  ),
  'redirect-unexpected': mode(
    { hop: atRule, behindApi: false, ...settled },
    'a redirect has an unexpected target',
    'the rules and the default action of the listener on this port',
  ),
  'lb-no-route': mode(
    { hop: atRule, behindApi: false, ...settled },
    'the balancer has no rule for this host and path',
    'the listener rules: aws elbv2 describe-rules',
  ),
  'lb-no-target': mode(
    { hop: atTargetGroup, behindApi: false, ...settled },
    'the balancer has no target to forward to',
    'the target group: aws elbv2 describe-target-health',
  ),
  'lb-bad-gateway': mode(
    { hop: atTargetGroup, behindApi: false, ...forwarded },
    "the balancer's target refused or dropped the connection",
    'the tasks of the service and their port',
  ),
  'lb-gateway-timeout': mode(
    { hop: atTargetGroup, behindApi: true, ...forwarded },
    "the balancer's target does not respond",
    'after ~10 s it could not connect (security group, dead address); after ~60 s the application hangs',
  ),
  'waf-blocked': mode(
    { hop: atRule, behindApi: false, ...settled },
    'the firewall blocked the request',
    'the rules of the web ACL',
  ),
  'route-not-found': mode(
    { hop: atRoutes, behindApi: false, ...settled },
    'the application has no such route',
    'the deployed version and its routes',
  ),
  'auth-missing': mode(
    { hop: atKeyCheck, key: 'not-accepted', ...keyChecked },
    'a key was sent, but none arrived',
    'which hop removes the header',
  ),
  'auth-rejected': mode(
    { hop: atKeyCheck, key: 'not-accepted', ...keyChecked },
    'the key is rejected',
    'the key: expired, revoked, of another environment',
  ),
  'auth-unavailable': mode(
    { hop: atAuthService, key: 'not-checked', ...keyChecked },
    'the application cannot check keys right now',
    'the auth service, from the API',
  ),
  'auth-bypassed': mode(
    { hop: atOpenKeyCheck, key: 'none', ...keyChecked },
    'a request without a valid key is let in',
    'the key check: this is a security incident',
  ),
  forbidden: mode(
    { hop: atKeyCheck, key: 'not-permitted', ...keyChecked },
    'the key is valid but not allowed to do this',
    "the key's scopes and role",
  ),
  'rate-limited': mode(
    { hop: atKeyCheck, key: 'not-checked', ...keyChecked },
    'the rate limit is exceeded',
    'the limits of this key and of the API',
  ),
  'upstream-unreachable': mode(
    { hop: atServiceDiscovery, behindApi: true, ...forwarded },
    'the application cannot reach its upstream',
    'service discovery, security groups, the upstream service',
  ),
  'upstream-timeout': mode(
    { hop: atMlflow, behindApi: true, ...forwarded },
    "the application's upstream does not respond",
    'the upstream service',
  ),
  'upstream-unavailable': mode(
    { hop: atProxyRoute, behindApi: true, ...settled },
    'the application reports its upstream as unavailable',
    'the upstream service; an open circuit breaker in the application',
  ),
  'server-error': mode(
    { hop: atAnswerer, behindApi: true, ...settled },
    'the application fails',
    "the application's log at this time",
  ),
  'resource-missing': mode(
    { hop: atMlflow, behindApi: false, ...settled },
    'something that should exist is missing in MLflow',
    'which database MLflow uses',
  ),
  'database-error': mode(
    { hop: atDatabase, behindApi: true, ...settled },
    "MLflow's database fails",
    'the database, its password and its limits',
  ),
  'unexpected-answerer': mode(
    { hop: atRule, behindApi: false, ...settled },
    'an unexpected server answers',
    'which target group the rule points to',
  ),
  'unexpected-status': mode(
    { hop: atAnswerer, behindApi: false, ...settled },
    'the status is not an expected one',
    'the route in the deployed version',
  ),
  'unexpected-body': mode(
    { hop: atAnswerer, behindApi: false, ...settled },
    'the response lacks the expected content',
    'what is served at this path',
  ),
  'unexpected-version': mode(
    { hop: atAnswerer, behindApi: false, ...settled },
    'the served version is not the expected one',
    'the state of the deployment',
  ),
  'dependency-unhealthy': mode(
    { hop: atAnswerer, behindApi: false, ...settled },
    'the application reports a dependency as unhealthy',
    'the dependency named',
  ),
  'cors-rejected': mode(
    { hop: atAnswerer, behindApi: false, ...settled },
    'browsers of the configured origin are refused',
    "the application's CORS settings",
  ),
  'read-only': mode(
    { hop: atDatabase, behindApi: false, ...settled },
    'MLflow can read its database but not write to it',
    'a failover of the database',
  ),
  'artifact-store-error': mode(
    { hop: atArtifactStore, behindApi: false, ...settled },
    "MLflow's artifact store fails",
    "the bucket, its policy and the task's role; whether MLflow proxies artifacts (--serve-artifacts)",
  ),
  'value-mismatch': mode(
    { hop: atDatabase, behindApi: false, ...settled },
    'the value read back differs from the value written',
    'which database answers the reads',
  ),
  'artifact-mismatch': mode(
    { hop: atArtifactStore, behindApi: false, ...settled },
    'the artifact read back differs from the one uploaded',
    'what stands between the client and the artifact store',
  ),
  'version-not-ready': mode(
    { hop: atMlflow, behindApi: false, ...settled },
    'the model version does not become ready',
    "MLflow's log about this version",
  ),
  'cleanup-impossible': mode(
    { hop: atProxyRoute, behindApi: false, ...settled },
    'nothing could be deleted again, so nothing is created',
    'whether the bodies of DELETE requests reach MLflow; registration.cleanupThrough',
  ),
  'cleanup-failed': mode(
    { hop: atAnswerer, behindApi: false, ...settled },
    'what the flow created could not be deleted',
    'the resources named as left behind; the next cycles try again',
  ),
  slow: mode(
    { hop: atAnswerer, behindApi: false, ...settled },
    'the response is correct but slow',
    'the phase that took the time',
  ),
  'probe-error': mode(
    { lost: false, ...unlearned },
    'the prober itself failed',
    'this is a defect of the monitor: please report it',
  ),
  'deadline-exceeded': mode(
    { lost: true, ...unlearned },
    'the cycle ended before this finished',
    'the slowest targets, and the deadline',
  ),
} satisfies Record<string, FailureModeTraits>;
