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
  atProxyRoute,
  atRoutes,
  atRule,
  atServiceDiscovery,
  atTargetGroup,
} from './failure-places.ts';

/**
 * Every way in which a probe can fail: a closed list, for it is a metric dimension. Names are stable.
 */
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
    'the name server refuses to answer',
    'which resolver is asked, and for whom it answers',
  ),
  'dns-timeout': mode(
    { transient: true, platformWide: false, ...lookup },
    'no name server answered',
    'the resolver and the way to it',
  ),
  'dns-no-address': mode(
    { transient: false, platformWide: true, ...lookup },
    'the name exists but has no address',
    'a CNAME or alias whose target is gone, or a loop of names',
  ),
  'dns-unexpected-target': mode(
    { transient: false, platformWide: true, ...lookup },
    'the name leads to another balancer than it should',
    'the record in Route 53 against the balancer of this host',
  ),
  'connect-refused': mode(
    { lost: false, transient: false, ...connecting },
    'the address refuses connections',
    "the balancer's listener on this port",
  ),
  'connect-timeout': mode(
    { lost: false, transient: true, ...connecting },
    'the address does not answer to a connection',
    'security group and network ACL of the balancer; a stale address',
  ),
  'connect-unreachable': mode(
    { lost: false, transient: false, ...connecting },
    'there is no route to the address',
    'the network between here and there',
  ),
  'connect-reset': mode(
    { lost: true, transient: true, ...connecting },
    'the connection is reset before a byte came back',
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
    'the certificate is for other names',
    'the certificate on the listener for this host (SNI)',
  ),
  'tls-untrusted': mode(
    { phase: 'tls', platformWide: false, ...certified },
    'nobody trusted vouches for the certificate',
    'self-signed, private or incomplete chain on the listener',
  ),
  'tls-handshake-timeout': mode(
    { transient: true, ...handshake },
    'the handshake does not finish in time',
    'what listens on this port',
  ),
  'tls-handshake-failed': mode(
    { transient: false, ...handshake },
    'TLS fails',
    "the listener's security policy (versions, ciphers), a client certificate that it asks for, or no TLS on this port",
  ),
  'tls-expires-soon': mode(
    { phase: 'assertion', platformWide: true, ...certified },
    'the certificate expires soon',
    'ACM: why it was not renewed',
  ),
  'response-timeout': mode(
    { phase: 'processing', lost: true, transient: true, behindApi: true, ...broken },
    'no answer came in time',
    'who holds the request: balancer, application or behind',
  ),
  'connection-closed': mode(
    { phase: 'processing', lost: true, transient: true, behindApi: true, ...broken },
    'the connection is closed instead of an answer',
    'a crash of what serves the request',
  ),
  'response-malformed': mode(
    { phase: 'transfer', lost: true, transient: false, behindApi: false, ...broken },
    'the answer is not valid HTTP',
    'what listens on this port',
  ),
  'response-truncated': mode(
    { phase: 'transfer', lost: true, transient: true, behindApi: false, ...broken },
    'the answer breaks off',
    'a crash while answering; a proxy that gives up',
  ),
  'response-too-large': mode(
    { phase: 'transfer', lost: false, transient: false, behindApi: false, ...broken },
    'the answer is far larger than it can be',
    'what is served at this path',
  ),
  'transfer-timeout': mode(
    { phase: 'transfer', lost: true, transient: true, behindApi: true, ...broken },
    'the answer begins but does not end in time',
    'what is slow behind the first byte',
  ),
  'redirect-loop': mode(
    { hop: atRule, behindApi: false, ...settled },
    'redirects lead in a circle',
    "the listener's redirect, and what TLS ends at",
  ),
  'redirect-unexpected': mode(
    { hop: atRule, behindApi: false, ...settled },
    'a redirect leads elsewhere',
    "the listener's default action on this port",
  ),
  'lb-no-route': mode(
    { hop: atRule, behindApi: false, ...settled },
    'the balancer has no rule for this host and path',
    'the listener rules: aws elbv2 describe-rules',
  ),
  'lb-no-target': mode(
    { hop: atTargetGroup, behindApi: false, ...settled },
    'the balancer has no target for it',
    'the target group: aws elbv2 describe-target-health',
  ),
  'lb-bad-gateway': mode(
    { hop: atTargetGroup, behindApi: false, ...forwarded },
    'the target behind the balancer refuses or breaks off',
    'the tasks of the service and their port',
  ),
  'lb-gateway-timeout': mode(
    { hop: atTargetGroup, behindApi: true, ...forwarded },
    'the target behind the balancer does not answer',
    'after ~10 s it could not connect (security group, dead address); after ~60 s the application hangs',
  ),
  'waf-blocked': mode(
    { hop: atRule, behindApi: false, ...settled },
    'the firewall answers in place of the platform',
    'the rules of the web ACL',
  ),
  'route-not-found': mode(
    { hop: atRoutes, behindApi: false, ...settled },
    'the application knows no such route',
    'the deployed version and its routes',
  ),
  'auth-missing': mode(
    { hop: atKeyCheck, key: 'not-accepted', ...keyChecked },
    'a key was sent and the answer says that none came',
    'who removes the header on the way',
  ),
  'auth-rejected': mode(
    { hop: atKeyCheck, key: 'not-accepted', ...keyChecked },
    'the key is rejected',
    'the key: expired, revoked, of another environment',
  ),
  'auth-unavailable': mode(
    { hop: atAuthService, key: 'not-checked', ...keyChecked },
    'keys cannot be checked at the moment',
    'the auth service, from the API',
  ),
  'auth-bypassed': mode(
    { hop: atKeyCheck, key: 'none', ...keyChecked },
    'a request without a valid key is let in',
    'the key check: this is a security incident',
  ),
  forbidden: mode(
    { hop: atKeyCheck, key: 'not-permitted', ...keyChecked },
    'the key is valid and not allowed to do this',
    "the key's scopes and role",
  ),
  'rate-limited': mode(
    { hop: atKeyCheck, key: 'not-checked', ...keyChecked },
    'requests are refused for their rate',
    'the limits of this key and of the API',
  ),
  'upstream-unreachable': mode(
    { hop: atServiceDiscovery, behindApi: true, ...forwarded },
    'the application cannot reach what is behind it',
    'service discovery, security groups and the state of the service behind',
  ),
  'upstream-timeout': mode(
    { hop: atMlflow, behindApi: true, ...forwarded },
    'what is behind the application does not answer it',
    'the service behind',
  ),
  'upstream-unavailable': mode(
    { hop: atProxyRoute, behindApi: true, ...settled },
    'the application says that what is behind it is unavailable',
    'the service behind; an open circuit breaker in the application',
  ),
  'server-error': mode(
    { hop: atAnswerer, behindApi: true, ...settled },
    'the application fails',
    "the application's log at this time",
  ),
  'resource-missing': mode(
    { hop: atMlflow, behindApi: false, ...settled },
    'MLflow does not find what should exist',
    'which database MLflow uses',
  ),
  'database-error': mode(
    { hop: atDatabase, behindApi: true, ...settled },
    'MLflow fails at its database',
    'the database, its password and its limits',
  ),
  'unexpected-answerer': mode(
    { hop: atRule, behindApi: false, ...settled },
    'something else answers than should',
    'which target group the rule points to',
  ),
  'unexpected-status': mode(
    { hop: atAnswerer, behindApi: false, ...settled },
    'the status is not one of the expected',
    'the route in the deployed version',
  ),
  'unexpected-body': mode(
    { hop: atAnswerer, behindApi: false, ...settled },
    'the answer does not say what it should',
    'what is served at this path',
  ),
  'unexpected-version': mode(
    { hop: atAnswerer, behindApi: false, ...settled },
    'another version serves than was expected',
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
    'MLflow can read its database and not write to it',
    'a failover of the database',
  ),
  'artifact-store-error': mode(
    { hop: atArtifactStore, behindApi: false, ...settled },
    'MLflow fails at its artifact store',
    "the bucket, its policy and the task's role; whether MLflow passes artifacts on (--serve-artifacts)",
  ),
  'value-mismatch': mode(
    { hop: atDatabase, behindApi: false, ...settled },
    'what was written is read back differently',
    'which database answers the reads',
  ),
  'artifact-mismatch': mode(
    { hop: atArtifactStore, behindApi: false, ...settled },
    'an artifact is read back with other bytes',
    'what stands between the client and the artifact store',
  ),
  'version-not-ready': mode(
    { hop: atAnswerer, behindApi: false, ...settled },
    'the model version does not become ready',
    "MLflow's log about this version",
  ),
  'cleanup-impossible': mode(
    { hop: atProxyRoute, behindApi: false, ...settled },
    'nothing that is created could be deleted again, so nothing is created',
    'whether the bodies of DELETE requests reach MLflow; registration.cleanupThrough',
  ),
  'cleanup-failed': mode(
    { hop: atAnswerer, behindApi: false, ...settled },
    'what the flow made could not be deleted',
    'what is named as left behind; the next cycles try again',
  ),
  slow: mode(
    { hop: atAnswerer, behindApi: false, ...settled },
    'the answer is right and slow',
    'the phase that took the time',
  ),
  'probe-error': mode(
    { lost: false, ...unlearned },
    'the prober itself failed',
    'this is a defect of the monitor: please report it',
  ),
  'deadline-exceeded': mode(
    { lost: true, ...unlearned },
    'the cycle ended before this was known',
    'the slowest targets, and the deadline',
  ),
} satisfies Record<string, FailureModeTraits>;

export type FailureMode = keyof typeof failureModes;

export const isFailureMode = (name: string): name is FailureMode => Object.hasOwn(failureModes, name);

export const modesWith = (holds: (traits: FailureModeTraits) => boolean): readonly FailureMode[] =>
  Object.keys(failureModes)
    .filter(isFailureMode)
    .filter((name) => holds(failureModes[name]));
