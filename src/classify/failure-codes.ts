import { type FailureMode, failureModes } from '../model/failure-modes.ts';
import { type Attempted, type AttemptFailure, certificateAsked } from '../model/observation.ts';
import type { Phase } from '../model/phases.ts';
import { failed, type Judgement } from './judgement.ts';

type Codes = ReadonlyMap<string, FailureMode>;

/** Each mode with its codes, separated by spaces to save room in the bundle. */
const meaning = (...modes: readonly (readonly [FailureMode, string])[]): Codes =>
  new Map(modes.flatMap(([mode, codes]) => codes.split(' ').map((code) => [code, mode] as const)));

/** What the monitor or its host can run out of, time included. The target is then unknown, not at fault. */
const own = meaning(
  ['deadline-exceeded', 'LIMIT_CYCLE'],
  ['connect-unreachable', 'NO_ROUTE PROXY'],
  ['probe-error', 'EMFILE ENFILE ENOBUFS ENOMEM ECANCELLED PROBE_ERROR UND_ERR_INVALID_ARG'],
);

/** No route to the name server. */
const noWay = 'ECONNREFUSED EHOSTUNREACH ENETUNREACH ENETDOWN EADDRNOTAVAIL EAFNOSUPPORT EINVAL EACCES EPERM';

const limits = 'LIMIT_PHASE LIMIT_TOTAL';

/** Native error codes by phase: c-ares (DNS), libuv, OpenSSL, undici, llhttp, zlib, and the prober's own limits. */
const byPhase: Readonly<Record<Phase, { readonly codes: Codes; readonly otherwise: FailureMode }>> = {
  resolve: {
    codes: meaning(
      // EBADNAME: a name that DNS cannot represent.
      ['dns-nxdomain', 'ENOTFOUND EBADNAME'],
      ['dns-servfail', 'ESERVFAIL'],
      ['dns-refused', 'EREFUSED'],
      ['dns-no-address', 'ENODATA'],
      ['dns-timeout', `ETIMEOUT ${noWay} ${limits}`],
    ),
    otherwise: 'dns-servfail',
  },
  connect: {
    codes: meaning(
      ['connect-refused', 'ECONNREFUSED'],
      // All local ports are in use. Where the address family is missing, the code is NO_ROUTE.
      ['probe-error', 'EADDRNOTAVAIL'],
      ['connect-timeout', `ETIMEDOUT ${limits}`],
      ['connect-reset', 'ECONNRESET ECONNABORTED EPIPE'],
    ),
    otherwise: 'connect-unreachable',
  },
  tls: {
    codes: meaning(
      ['tls-expired', 'CERT_HAS_EXPIRED'],
      ['tls-not-yet-valid', 'CERT_NOT_YET_VALID'],
      ['tls-name-mismatch', 'NAME_MISMATCH'],
      ['tls-handshake-timeout', limits],
      ['tls-handshake-failed', certificateAsked],
      ['connect-reset', 'ECONNRESET EPIPE'],
    ),
    otherwise: 'tls-handshake-failed',
  },
  processing: { codes: meaning(['response-timeout', limits]), otherwise: 'connection-closed' },
  transfer: {
    codes: meaning(
      ['transfer-timeout', limits],
      ['response-too-large', 'LIMIT_BODY LIMIT_DECOMPRESSED UND_ERR_HEADERS_OVERFLOW'],
      [
        'response-truncated',
        'CLOSED ECONNRESET EPIPE UND_ERR_RES_CONTENT_LENGTH_MISMATCH HPE_INVALID_EOF_STATE Z_BUF_ERROR',
      ],
    ),
    otherwise: 'response-malformed',
  },
  assertion: {
    codes: meaning(['redirect-loop', 'REDIRECT_LOOP'], ['redirect-unexpected', 'REDIRECT_REFUSED']),
    otherwise: 'probe-error',
  },
};

/** Every failure has exactly one mode. A failure of the monitor alone leaves the target unknown. */
export const judgeFailure = (failure: AttemptFailure, tls: Attempted['tls']): Judgement => {
  const mode = modeOfFailure(failure, tls);
  const judged = failed(
    mode,
    mode === 'tls-untrusted' && !chainCodes.test(failure.code) ? `OpenSSL says ${failure.code}` : '',
  );
  return isOwnFailure(failure) || failureModes[mode].ofMonitor ? { ...judged, status: 'inconclusive' } : judged;
};

/** The chain does not lead to a trusted CA. Other codes are about one certificate, such as its purpose or signature. */
const chainCodes = /^(?:UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_)/;

const isOwnFailure = ({ code }: AttemptFailure): boolean => own.has(code);

const modeOfFailure = (failure: AttemptFailure, tls: Attempted['tls']): FailureMode => {
  const { codes, otherwise } = byPhase[failure.phase];
  const known = own.get(failure.code) ?? codes.get(failure.code);
  if (known !== undefined) return known;
  // OpenSSL's own errors, alerts included, are protocol errors even after the handshake.
  if (failure.code.startsWith('ERR_SSL_')) return 'tls-handshake-failed';
  // The handshake got as far as the certificate, so this is one of OpenSSL's many verification errors.
  return failure.phase === 'tls' && tls !== null ? 'tls-untrusted' : otherwise;
};
