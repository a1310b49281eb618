import { type FailureMode, failureModes } from '../platform/failure-modes.ts';
import type { Attempted, AttemptFailure } from '../platform/observation.ts';
import type { Phase } from '../platform/phases.ts';
import { failed, type Judgement } from './judgement.ts';

type Codes = Readonly<Record<string, FailureMode>>;

/** What the monitor itself or its host can lack, time included: no fault of the target, which is unknown then. */
const own: Codes = {
  LIMIT_CYCLE: 'deadline-exceeded',
  NO_ROUTE: 'connect-unreachable',
  EMFILE: 'probe-error',
  ENFILE: 'probe-error',
  ENOBUFS: 'probe-error',
  ENOMEM: 'probe-error',
  ECANCELLED: 'probe-error',
  PROBE_ERROR: 'probe-error',
  UND_ERR_INVALID_ARG: 'probe-error',
};

/** The causes' own codes by phase: c-ares's for DNS, libuv, OpenSSL, undici, llhttp, zlib, and the prober's limits. */
const byPhase: Readonly<Record<Phase, { readonly codes: Codes; readonly otherwise: FailureMode }>> = {
  resolve: {
    codes: {
      ENOTFOUND: 'dns-nxdomain',
      ESERVFAIL: 'dns-servfail',
      EREFUSED: 'dns-refused',
      ENODATA: 'dns-no-address',
      // A name that DNS cannot hold.
      EBADNAME: 'dns-nxdomain',
      ETIMEOUT: 'dns-timeout',
      // There is no way to the name server.
      ECONNREFUSED: 'dns-timeout',
      EHOSTUNREACH: 'dns-timeout',
      ENETUNREACH: 'dns-timeout',
      ENETDOWN: 'dns-timeout',
      EADDRNOTAVAIL: 'dns-timeout',
      EAFNOSUPPORT: 'dns-timeout',
      EINVAL: 'dns-timeout',
      EACCES: 'dns-timeout',
      EPERM: 'dns-timeout',
      LIMIT_PHASE: 'dns-timeout',
      LIMIT_TOTAL: 'dns-timeout',
    },
    otherwise: 'dns-servfail',
  },
  connect: {
    codes: {
      ECONNREFUSED: 'connect-refused',
      // All local ports are in use; without an address of the family it is NO_ROUTE.
      EADDRNOTAVAIL: 'probe-error',
      ETIMEDOUT: 'connect-timeout',
      LIMIT_PHASE: 'connect-timeout',
      LIMIT_TOTAL: 'connect-timeout',
      ECONNRESET: 'connect-reset',
      ECONNABORTED: 'connect-reset',
      EPIPE: 'connect-reset',
    },
    otherwise: 'connect-unreachable',
  },
  tls: {
    codes: {
      CERT_HAS_EXPIRED: 'tls-expired',
      CERT_NOT_YET_VALID: 'tls-not-yet-valid',
      NAME_MISMATCH: 'tls-name-mismatch',
      LIMIT_PHASE: 'tls-handshake-timeout',
      LIMIT_TOTAL: 'tls-handshake-timeout',
      ECONNRESET: 'connect-reset',
      EPIPE: 'connect-reset',
    },
    otherwise: 'tls-handshake-failed',
  },
  processing: {
    codes: {
      LIMIT_PHASE: 'response-timeout',
      LIMIT_TOTAL: 'response-timeout',
    },
    otherwise: 'connection-closed',
  },
  transfer: {
    codes: {
      LIMIT_PHASE: 'transfer-timeout',
      LIMIT_TOTAL: 'transfer-timeout',
      LIMIT_BODY: 'response-too-large',
      LIMIT_DECOMPRESSED: 'response-too-large',
      UND_ERR_HEADERS_OVERFLOW: 'response-too-large',
      CLOSED: 'response-truncated',
      ECONNRESET: 'response-truncated',
      EPIPE: 'response-truncated',
      UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'response-truncated',
      HPE_INVALID_EOF_STATE: 'response-truncated',
      Z_BUF_ERROR: 'response-truncated',
    },
    otherwise: 'response-malformed',
  },
  assertion: {
    codes: { REDIRECT_LOOP: 'redirect-loop', REDIRECT_REFUSED: 'redirect-unexpected' },
    otherwise: 'probe-error',
  },
};

/** Any failure of any attempt has exactly one mode; what tells of the monitor alone leaves the target unknown. */
export const judgeFailure = (failure: AttemptFailure, tls: Attempted['tls']): Judgement => {
  const mode = modeOfFailure(failure, tls);
  return isOwnFailure(failure) || failureModes[mode].ofMonitor
    ? { ...failed(mode), status: 'inconclusive' }
    : failed(mode);
};

const isOwnFailure = ({ code }: AttemptFailure): boolean => Object.hasOwn(own, code);

const modeOfFailure = (failure: AttemptFailure, tls: Attempted['tls']): FailureMode => {
  if (isOwnFailure(failure)) return own[failure.code] ?? 'probe-error';
  const { codes, otherwise } = byPhase[failure.phase];
  if (Object.hasOwn(codes, failure.code)) return codes[failure.code] ?? otherwise;
  // OpenSSL's own errors, alerts among them, are of the protocol, also when they come after the handshake.
  if (failure.code.startsWith('ERR_SSL_')) return 'tls-handshake-failed';
  // The handshake came through and the certificate is there: what failed is one of OpenSSL's many reasons not to trust it.
  return failure.phase === 'tls' && tls !== null ? 'tls-untrusted' : otherwise;
};
