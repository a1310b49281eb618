import { anyOf, type Words } from './words.ts';

/** One end speaks TLS and the other does not, or they cannot agree. Each list has the words of these programs. */
export const tlsMismatch: Words = anyOf(
  // OpenSSL, Python, Ruby, Node, PHP and curl.
  /\[SSL\b|SSLError|\bERR_(SSL|TLS)_|\bEPROTO\b|SSL routines:|SSL_(connect|do_handshake)\b|WRONG[ _]VERSION[ _]NUMBER|CERTIFICATE_VERIFY_FAILED|record layer failure|packet length too long|SSL connect error|cURL error (35|60)\b|self[- ]signed certificate|UNABLE_TO_(VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT)|unable to get local issuer certificate/i,
  // Go.
  /first record does not look like a TLS handshake|server gave HTTP response to HTTPS client|\bremote error: tls:|\btls: (handshake failure|failed to verify certificate|protocol version not supported)|\bx509: /i,
  // A plain client's view of a TLS alert, which begins with the bytes 15 03.
  /(malformed HTTP|BadStatusLine|illegal status line)[^<]{0,40}\\x15\\{0,3}x?0?3/i,
  // Java, .NET, Rust.
  /SSL(Handshake|PeerUnverified)?Exception|NotSslRecordException|not an SSL\/TLS record|Unsupported or unrecognized SSL|PKIX path building failed|SSL connection could not be established|Cannot determine the frame size|InvalidContentType|handshake eof/i,
  // Balancers and gateways: Apache, nginx, HAProxy, Envoy, Squid, Cloudflare.
  /Error during SSL Handshake|\b(SSL|TLS) handshak(e|ing) (failed|failure|error)|upstream (SSL|TLS) (handshake|certificate)|(while|in) (SSL|TLS) handshaking|\bTLS[ _]error\b|ERR_SECURE_CONNECT_FAIL|Failed to establish a secure connection/i,
  // Servers that speak TLS, about a plain request: nginx, Apache, Go, Tomcat.
  /plain HTTP request was sent to HTTPS port|speaking plain HTTP to an SSL-enabled|sent an HTTP request to an HTTPS server|combination of host and port requires TLS/i,
);
