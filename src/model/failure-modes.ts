import {
  broken,
  certified,
  connecting,
  type FailureModeTraits,
  forwarded,
  handshake,
  keyChecked,
  lookup,
  mode,
  settled,
  unlearned,
} from './failure-mode.ts';
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

/** Every way in which a probe can fail. The list is closed because it is a metric dimension. Names are stable. */
export const failureModes = {
  'dns-nxdomain': mode(
    { transient: false, platformWide: true, ...lookup },
    'the name does not exist',
    'the record in Route 53, and the delegation of its zone',
  ),
  'dns-servfail': mode(
    { transient: false, platformWide: true, ...lookup },
    'the name servers failed to answer',
    'the zone and its DNSSEC; the resolver in use',
  ),
  'dns-refused': mode(
    { transient: false, platformWide: false, ...lookup },
    'the name server refuses the query',
    'which resolver is used, and which clients it serves',
  ),
  'dns-timeout': mode(
    { transient: true, platformWide: false, ...lookup },
    'no name server answered',
    'the resolver and the network path to it',
  ),
  'dns-no-address': mode(
    { transient: false, platformWide: true, ...lookup },
    'the name exists but has no address',
    'a CNAME or alias whose target is gone, or a CNAME loop',
  ),
  'dns-unexpected-target': mode(
    { transient: false, platformWide: true, ...lookup },
    'the name points to the wrong balancer',
    'the record in Route 53 against the balancer of this host',
  ),
  'connect-refused': mode(
    { lost: false, transient: false, ...connecting },
    'the address refuses connections',
    "the balancer's listener on this port",
  ),
  'connect-timeout': mode(
    { lost: false, transient: true, ...connecting },
    'the address accepts no connection in time',
    'security group and network ACL of the balancer; a stale address',
  ),
  'connect-unreachable': mode(
    { lost: false, transient: false, ...connecting },
    'there is no route to the address',
    'the network between here and there',
  ),
  'connect-reset': mode(
    { lost: true, transient: true, ...connecting },
    'the connection was reset before the first byte',
    'what listens there: something accepts and hangs up',
  ),
  'tls-expired': mode(
    { phase: 'tls', platformWide: true, ...certified },
    'the certificate has expired',
    'ACM: renewal and its DNS validation record',
  ),
  'tls-not-yet-valid': mode(
    { phase: 'tls', platformWide: false, ...certified },
    'the certificate is not valid yet',
    'the certificate in use, and the clock here',
  ),
  'tls-name-mismatch': mode(
    { phase: 'tls', platformWide: false, ...certified },
    'the certificate does not cover this name',
    'the certificate on the listener for this host (SNI)',
  ),
  'tls-untrusted': mode(
    { phase: 'tls', platformWide: false, ...certified },
    'no trusted CA signed the certificate',
    'self-signed, private or incomplete chain on the listener',
  ),
  'tls-handshake-timeout': mode(
    { transient: true, ...handshake },
    'the TLS handshake times out',
    'what listens on this port',
  ),
  'tls-handshake-failed': mode(
    { transient: false, ...handshake },
    'the TLS handshake fails',
    "the listener's security policy (versions, ciphers), a client certificate that it asks for, or no TLS on this port",
  ),
  'tls-expires-soon': mode(
    { phase: 'assertion', platformWide: true, ...certified },
    'the certificate expires soon',
    'ACM: why it was not renewed',
  ),
  'response-timeout': mode(
    { phase: 'processing', lost: true, transient: true, behindApi: true, ...broken },
    'no response came in time',
    'which hop holds the request: balancer, application or upstream',
  ),
  'connection-closed': mode(
    { phase: 'processing', lost: true, transient: true, behindApi: true, ...broken },
    'the connection was closed without a response',
    'a crash of the serving process',
  ),
  'response-malformed': mode(
    { phase: 'transfer', lost: true, transient: false, behindApi: false, ...broken },
    'the response is not valid HTTP',
    'what listens on this port',
  ),
  'response-truncated': mode(
    { phase: 'transfer', lost: true, transient: true, behindApi: false, ...broken },
    'the response is truncated',
    'a crash while responding; a proxy that gives up',
  ),
  'response-too-large': mode(
    { phase: 'transfer', lost: false, transient: false, behindApi: false, ...broken },
    'the response is too large',
    'what is served at this path',
  ),
  'transfer-timeout': mode(
    { phase: 'transfer', lost: true, transient: true, behindApi: true, ...broken },
    'the response does not finish in time',
    'what is slow after the first byte',
  ),
  'redirect-loop': mode(
    { hop: atRule, behindApi: false, ...settled },
    'the redirects form a loop',
    "the listener's redirect, and where TLS terminates",
  ),
  'redirect-unexpected': mode(
    { hop: atRule, behindApi: false, ...settled },
    'a redirect has an unexpected target',
    "the listener's default action on this port",
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
    { hop: atAnswerer, behindApi: false, ...settled },
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

export type FailureMode = keyof typeof failureModes;

export const isFailureMode = (name: string): name is FailureMode => Object.hasOwn(failureModes, name);

export const modesWith = (holds: (traits: FailureModeTraits) => boolean): readonly FailureMode[] =>
  Object.keys(failureModes)
    .filter(isFailureMode)
    .filter((name) => holds(failureModes[name]));
