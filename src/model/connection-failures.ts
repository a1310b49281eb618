import { broken, certified, connecting, type FailureModeTraits, handshake, lookup, mode } from './failure-mode.ts';

/** Failures before a complete response: the name, the connection, TLS, the transfer. */
export const connectionFailures = {
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
    'the certificate does not lead to a trusted CA',
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
} satisfies Record<string, FailureModeTraits>;
