import type { Phase } from './phases.ts';

export interface FailureModeInfo {
  /** The phase that it belongs to, when nothing more precise is known. */
  readonly phase: Phase;
  /** What was seen, as a sentence that follows the target's name. */
  readonly meaning: string;
  /** Where a person looks first. */
  readonly look: string;
}

const mode = (phase: Phase, meaning: string, look: string): FailureModeInfo => ({ phase, meaning, look });

/**
 * Every way in which a probe can fail: a closed list, for it is a metric dimension. Names are stable.
 */
export const failureModes = {
  'dns-nxdomain': mode('resolve', 'the name does not exist', 'the record in Route 53, and the delegation of its zone'),
  'dns-servfail': mode('resolve', 'the name servers failed to answer', 'the zone and its DNSSEC; the resolver in use'),
  'dns-refused': mode(
    'resolve',
    'the name server refuses to answer',
    'which resolver is asked, and for whom it answers',
  ),
  'dns-timeout': mode('resolve', 'no name server answered', 'the resolver and the way to it'),
  'dns-no-address': mode(
    'resolve',
    'the name exists but has no address',
    'a CNAME or alias whose target is gone, or a loop of names',
  ),
  'dns-unexpected-target': mode(
    'resolve',
    'the name leads to another balancer than it should',
    'the record in Route 53 against the balancer of this host',
  ),
  'connect-refused': mode('connect', 'the address refuses connections', "the balancer's listener on this port"),
  'connect-timeout': mode(
    'connect',
    'the address does not answer to a connection',
    'security group and network ACL of the balancer; a stale address',
  ),
  'connect-unreachable': mode('connect', 'there is no route to the address', 'the network between here and there'),
  'connect-reset': mode(
    'connect',
    'the connection is reset before a byte came back',
    'what listens there: something accepts and hangs up',
  ),
  'tls-expired': mode('tls', 'the certificate has expired', 'ACM: renewal and its DNS validation record'),
  'tls-not-yet-valid': mode('tls', 'the certificate is not valid yet', 'the certificate in use, and the clock here'),
  'tls-name-mismatch': mode(
    'tls',
    'the certificate is for other names',
    'the certificate on the listener for this host (SNI)',
  ),
  'tls-untrusted': mode(
    'tls',
    'nobody trusted vouches for the certificate',
    'self-signed, private or incomplete chain on the listener',
  ),
  'tls-handshake-timeout': mode('tls', 'the handshake does not finish in time', 'what listens on this port'),
  'tls-handshake-failed': mode(
    'tls',
    'TLS fails',
    "the listener's security policy (versions, ciphers), a client certificate that it asks for, or no TLS on this port",
  ),
  'tls-expires-soon': mode('assertion', 'the certificate expires soon', 'ACM: why it was not renewed'),
  'response-timeout': mode(
    'processing',
    'no answer came in time',
    'who holds the request: balancer, application or behind',
  ),
  'connection-closed': mode(
    'processing',
    'the connection is closed instead of an answer',
    'a crash of what serves the request',
  ),
  'response-malformed': mode('transfer', 'the answer is not valid HTTP', 'what listens on this port'),
  'response-truncated': mode('transfer', 'the answer breaks off', 'a crash while answering; a proxy that gives up'),
  'response-too-large': mode('transfer', 'the answer is far larger than it can be', 'what is served at this path'),
  'transfer-timeout': mode(
    'transfer',
    'the answer begins but does not end in time',
    'what is slow behind the first byte',
  ),
  'redirect-loop': mode('assertion', 'redirects lead in a circle', "the listener's redirect, and what TLS ends at"),
  'redirect-unexpected': mode('assertion', 'a redirect leads elsewhere', "the listener's default action on this port"),
  'lb-no-route': mode(
    'assertion',
    'the balancer has no rule for this host and path',
    'the listener rules: aws elbv2 describe-rules',
  ),
  'lb-no-target': mode(
    'assertion',
    'the balancer has no target for it',
    'the target group: aws elbv2 describe-target-health',
  ),
  'lb-bad-gateway': mode(
    'assertion',
    'the target behind the balancer refuses or breaks off',
    'the tasks of the service and their port',
  ),
  'lb-gateway-timeout': mode(
    'assertion',
    'the target behind the balancer does not answer',
    'after ~10 s it could not connect (security group, dead address); after ~60 s the application hangs',
  ),
  'waf-blocked': mode('assertion', 'the firewall answers in place of the platform', 'the rules of the web ACL'),
  'route-not-found': mode('assertion', 'the application knows no such route', 'the deployed version and its routes'),
  'auth-missing': mode(
    'assertion',
    'a key was sent and the answer says that none came',
    'who removes the header on the way',
  ),
  'auth-rejected': mode('assertion', 'the key is rejected', 'the key: expired, revoked, of another environment'),
  'auth-unavailable': mode('assertion', 'keys cannot be checked at the moment', 'the auth service, from the API'),
  'auth-bypassed': mode(
    'assertion',
    'a request without a valid key is let in',
    'the key check: this is a security incident',
  ),
  forbidden: mode('assertion', 'the key is valid and not allowed to do this', "the key's scopes and role"),
  'rate-limited': mode('assertion', 'requests are refused for their rate', 'the limits of this key and of the API'),
  'upstream-unreachable': mode(
    'assertion',
    'the application cannot reach what is behind it',
    'service discovery, security groups and the state of the service behind',
  ),
  'upstream-timeout': mode('assertion', 'what is behind the application does not answer it', 'the service behind'),
  'upstream-unavailable': mode(
    'assertion',
    'the application says that what is behind it is unavailable',
    'the service behind; an open circuit breaker in the application',
  ),
  'server-error': mode('assertion', 'the application fails', "the application's log at this time"),
  'resource-missing': mode('assertion', 'MLflow does not find what should exist', 'which database MLflow uses'),
  'database-error': mode('assertion', 'MLflow fails at its database', 'the database, its password and its limits'),
  'unexpected-answerer': mode(
    'assertion',
    'something else answers than should',
    'which target group the rule points to',
  ),
  'unexpected-status': mode('assertion', 'the status is not one of the expected', 'the route in the deployed version'),
  'unexpected-body': mode('assertion', 'the answer does not say what it should', 'what is served at this path'),
  'unexpected-version': mode('assertion', 'another version serves than was expected', 'the state of the deployment'),
  'dependency-unhealthy': mode(
    'assertion',
    'the application reports a dependency as unhealthy',
    'the dependency named',
  ),
  'cors-rejected': mode(
    'assertion',
    'browsers of the configured origin are refused',
    "the application's CORS settings",
  ),
  'read-only': mode('assertion', 'MLflow can read its database and not write to it', 'a failover of the database'),
  'artifact-store-error': mode(
    'assertion',
    'MLflow fails at its artifact store',
    "the bucket, its policy and the task's role; whether MLflow passes artifacts on (--serve-artifacts)",
  ),
  'value-mismatch': mode('assertion', 'what was written is read back differently', 'which database answers the reads'),
  'artifact-mismatch': mode(
    'assertion',
    'an artifact is read back with other bytes',
    'what stands between the client and the artifact store',
  ),
  'version-not-ready': mode('assertion', 'the model version does not become ready', "MLflow's log about this version"),
  'cleanup-impossible': mode(
    'assertion',
    'nothing that is created could be deleted again, so nothing is created',
    'whether the bodies of DELETE requests reach MLflow; registration.cleanupThrough',
  ),
  'cleanup-failed': mode(
    'assertion',
    'what the flow made could not be deleted',
    'what is named as left behind; the next cycles try again',
  ),
  slow: mode('assertion', 'the answer is right and slow', 'the phase that took the time'),
  'probe-error': mode('assertion', 'the prober itself failed', 'this is a defect of the monitor: please report it'),
  'deadline-exceeded': mode(
    'assertion',
    'the cycle ended before this was known',
    'the slowest targets, and the deadline',
  ),
} as const satisfies Record<string, FailureModeInfo>;

export type FailureMode = keyof typeof failureModes;

export const isFailureMode = (name: string): name is FailureMode => Object.hasOwn(failureModes, name);
