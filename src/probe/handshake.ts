import { isIP, type Socket } from 'node:net';
import { connect as connectTls, type SecureContext, type TLSSocket } from 'node:tls';
import type { TlsEvidence } from '../model/observation.ts';
import { joined, phrase, type Raw } from '../raw/raw.ts';
import { describeError, PhaseFailure } from './attempt.ts';
import { describeCertificate } from './certificate.ts';
import type { ProbeTools } from './tools.ts';
import { trustedContext } from './trust.ts';

/**
 * Key exchange by elliptic curves alone. Node's default offers a post-quantum share besides (X25519MLKEM768), which costs
 * a fifth of the whole handshake. The price: whoever records a probe could decrypt it with a quantum computer one day, and find
 * an API key that was replaced long before; and a box that fails only on the larger ClientHello of such an offer is not noticed.
 */
const groups = 'X25519:P-256:P-384';

let latest: { readonly extraCa: string | null; readonly trust: SecureContext } | null = null;

/**
 * What probes trust. Kept for the next cycle: reading all root certificates again takes longer than a few probes,
 * and they do not change while the process runs.
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
   * Why TLS failed after the handshake; null: it has not. In TLS 1.3 the server refuses a client (for want of a certificate, say)
   * only when the client already believes the handshake to be over (RFC 8446, section 4.4.2.4), and often in the same packet:
   * before anyone else could listen.
   */
  readonly failedLater: () => PhaseFailure | null;
}

/**
 * The handshake over a connected socket. The certificate is kept as evidence also when it does not verify:
 * then `failure` says why, and nothing may be sent.
 */
export const secure = (
  socket: Socket,
  name: string,
  { trust, now }: Pick<ProbeTools, 'trust' | 'now'>,
  onStop: (stop: () => void) => void,
): Promise<Secured> =>
  new Promise((resolve, reject) => {
    // Gone before the handshake could begin, on a busy machine: Node's own would wait for ever.
    if (socket.destroyed) {
      reject(new PhaseFailure('tls', wasReset(socket) ? 'ECONNRESET' : 'TLS_CLOSED', 'closed before the handshake'));
      return;
    }
    const tls = connectTls({
      socket,
      secureContext: trust,
      ALPNProtocols: ['http/1.1'],
      // Verified below, so that the evidence outlives a failure.
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
      // No name is sent for an address (RFC 6066, section 3).
      ...(isIP(name) === 0 ? { servername: name } : {}),
    });
    // Node would build the whole chain as objects for `checkServerIdentity`, which is ours and does not read it.
    Object.assign(tls, { getPeerCertificate: () => ({}) });
    onStop(() => tls.destroy());
    // Our first bytes are written by now. A reset that they met is in no event: Node drops what the write said, and what is read
    // then ends in good order. But a connection that was reset has no other side any more, while one that was closed has.
    const isCutOff = socket.remoteAddress === undefined;
    let shaken = false;
    let later: PhaseFailure | null = null;
    tls.on('error', (error: NodeJS.ErrnoException) => {
      const { code, detail } = describeError(error);
      if (shaken) {
        // What the socket below says, its reader hears too.
        if (isTlsCode(code)) later ??= new PhaseFailure('tls', code, detail);
        return;
      }
      // Node says ECONNRESET also when the other side closes in good order; only a real reset comes from a system call.
      const closed = code === 'ECONNRESET' && error.syscall === undefined && !isCutOff && !wasReset(socket);
      reject(new PhaseFailure('tls', closed ? 'TLS_CLOSED' : code, detail));
    });
    tls.once('secureConnect', () => {
      shaken = true;
      const certificate = tls.getPeerX509Certificate() ?? null;
      const evidence: TlsEvidence<Raw> = {
        protocol: tls.getProtocol(),
        cipher: tls.getCipher()?.name ?? null,
        alpn: tls.alpnProtocol === false || tls.alpnProtocol === null ? null : tls.alpnProtocol,
        certificate: certificate === null ? null : describeCertificate(certificate, now()),
      };
      const matches =
        certificate !== null &&
        (isIP(name) === 0 ? certificate.checkHost(name, { subject: 'never' }) : certificate.checkIP(name));
      const failure = !tls.authorized
        ? new PhaseFailure('tls', verifyCode(tls.authorizationError), `not trusted: ${String(tls.authorizationError)}`)
        : matches === undefined || matches === false
          ? new PhaseFailure(
              'tls',
              'NAME_MISMATCH',
              phrase`the certificate is for ${joined(evidence.certificate?.names ?? [], ', ')}`,
            )
          : null;
      resolve({ socket: tls, evidence, failure, failedLater: () => later });
    });
  });

/** OpenSSL's own codes, alerts of the other side among them. */
const isTlsCode = (code: string): boolean => code.startsWith('ERR_SSL_');

const wasReset = ({ errored }: Socket): boolean =>
  errored !== null && (errored as NodeJS.ErrnoException).code === 'ECONNRESET';

/** Node gives the verification's code as the error itself. */
const verifyCode = (error: unknown): string => (error instanceof Error ? describeError(error).code : String(error));
