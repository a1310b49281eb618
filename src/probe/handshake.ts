import { isIP, type Socket } from 'node:net';
import { connect as connectTls, type SecureContext, type TLSSocket } from 'node:tls';
import { certificateAsked, type TlsEvidence } from '../model/observation.ts';
import { joined, phrase, type Raw } from '../raw/raw.ts';
import { describeError, PhaseFailure } from './attempt.ts';
import { peerCertificate } from './certificate.ts';
import type { ProbeTools } from './tools.ts';
import { trustedContext } from './trust.ts';

/**
 * Key exchange groups: none that is post-quantum. Node's default also offers a post-quantum share (X25519MLKEM768), which
 * costs a fifth of the whole handshake. The price: someone who records a probe could decrypt it with a future quantum
 * computer and find an API key that was replaced long before. A middlebox that only fails on the larger ClientHello of
 * that offer also goes unnoticed. The other groups are OpenSSL's default. They cost nothing, because only the first one
 * is sent with a share, and in TLS 1.2 a certificate's own curve must be among them.
 */
const groups = 'X25519:P-256:P-384:P-521:X448:ffdhe2048:ffdhe3072';

let latest: { readonly extraCa: string | null; readonly trust: SecureContext } | null = null;

/**
 * The certificate authorities that probes trust. Cached across cycles: reading all root certificates takes longer than
 * a few probes, and they do not change while the process runs.
 */
export const createTrust = (extraCa: string | null): SecureContext => {
  if (latest?.extraCa !== extraCa || latest === null)
    latest = { extraCa, trust: trustedContext(extraCa, { ecdhCurve: groups }) };
  return latest.trust;
};

export interface Secured {
  readonly socket: TLSSocket;
  readonly evidence: TlsEvidence<Raw>;
  readonly failure: PhaseFailure | null;
  /**
   * Why TLS failed after the handshake; null if it has not. In TLS 1.3 the server rejects a client (for lack of a
   * certificate, say) only after the client considers the handshake complete (RFC 8446, section 4.4.2.4). The alert
   * often arrives in the same packet, before anything else could listen.
   */
  readonly failedLater: () => PhaseFailure | null;
}

/**
 * TLS handshake over a connected socket. A certificate that does not verify is kept as evidence: then `failure` says
 * why, and nothing may be sent.
 */
export const secure = (
  socket: Socket,
  name: string,
  { trust, now }: Pick<ProbeTools, 'trust' | 'now'>,
  onStop: (stop: () => void) => void,
): Promise<Secured> =>
  new Promise((resolve, reject) => {
    // On a busy machine the socket can be gone before the handshake begins. Node's handshake would then wait forever.
    if (socket.destroyed) {
      reject(new PhaseFailure('tls', wasReset(socket) ? 'ECONNRESET' : 'TLS_CLOSED', 'closed before the handshake'));
      return;
    }
    const tls = connectTls({
      socket,
      secureContext: trust,
      ALPNProtocols: ['http/1.1'],
      // Verified below, so that the evidence survives a failure.
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
      // SNI does not allow addresses (RFC 6066, section 3).
      ...(isIP(name) === 0 ? { servername: name } : {}),
    });
    // Node would build the whole chain as objects for `checkServerIdentity` of each connection. Ours does not read it.
    Object.assign(tls, { getPeerCertificate: () => ({}) });
    onStop(() => tls.destroy());
    // Our first bytes are written by now. If they met a reset, no event says so: Node drops the write error, and the
    // read then ends normally. But a reset connection has no remote address any more, while a closed one does.
    const isCutOff = socket.remoteAddress === undefined;
    let shaken = false;
    // OpenSSL has a secret for its log as soon as the server's part of a TLS 1.2 handshake is over and ours is on its way.
    let hasAnswered = false;
    tls.on('keylog', (line: Buffer) => {
      hasAnswered ||= line.subarray(0, ofTls12.length).equals(ofTls12);
    });
    let later: PhaseFailure | null = null;
    tls.on('error', (error: NodeJS.ErrnoException) => {
      const { code, detail } = describeError(error);
      if (shaken) {
        // Errors of the socket below also reach its reader.
        if (isTlsCode(code)) later ??= new PhaseFailure('tls', code, detail);
        return;
      }
      // Node reports ECONNRESET even for an orderly close. Only a real reset comes from a system call.
      const closed = code === 'ECONNRESET' && error.syscall === undefined && !isCutOff && !wasReset(socket);
      const isAsked = hasAnswered && refusals.test(code);
      reject(new PhaseFailure('tls', closed ? 'TLS_CLOSED' : isAsked ? certificateAsked : code, detail));
    });
    tls.once('secureConnect', () => {
      shaken = true;
      const peer = peerCertificate(tls, now());
      const evidence: TlsEvidence<Raw> = {
        protocol: tls.getProtocol(),
        cipher: tls.getCipher()?.name ?? null,
        alpn: tls.alpnProtocol === false || tls.alpnProtocol === null ? null : tls.alpnProtocol,
        certificate: peer?.evidence ?? null,
      };
      const matches =
        peer === null
          ? undefined
          : isIP(name) === 0
            ? peer.certificate.checkHost(name, hostRules)
            : peer.certificate.checkIP(name);
      const failure = !tls.authorized
        ? new PhaseFailure('tls', verifyCode(tls.authorizationError), `not trusted: ${String(tls.authorizationError)}`)
        : matches === undefined
          ? new PhaseFailure(
              'tls',
              'NAME_MISMATCH',
              phrase`the certificate is for ${joined(evidence.certificate?.names ?? [], ', ')}`,
            )
          : null;
      resolve({ socket: tls, evidence, failure, failedLater: () => later });
    });
  });

/**
 * As browsers, curl and Python match names: not by the subject (RFC 9525, 6.3), and a `*` only as a whole label (6.3 and
 * 7.1). Node alone accepts `f*.example.com`.
 */
const hostRules = { subject: 'never', partialWildcards: false } as const;

/** How the line of a TLS 1.2 handshake begins. */
const ofTls12 = Buffer.from('CLIENT_RANDOM ');

/** Alerts with which servers refuse a client without a certificate: OpenSSL, Go, Java. Without an offer in common they come earlier. */
const refusals = /^ERR_SSL_[\w/]{0,40}ALERT_(HANDSHAKE_FAILURE|BAD_CERTIFICATE|CERTIFICATE_UNKNOWN|ACCESS_DENIED)$/;

/** OpenSSL's own codes, including alerts from the other side. */
const isTlsCode = (code: string): boolean => code.startsWith('ERR_SSL_');

const wasReset = ({ errored }: Socket): boolean =>
  errored !== null && (errored as NodeJS.ErrnoException).code === 'ECONNRESET';

/** Node gives the verification code as the error itself. */
const verifyCode = (error: unknown): string => (error instanceof Error ? describeError(error).code : String(error));
