import type { Phase, TimedPhase } from './phases.ts';

/** Milliseconds per phase; null: the phase was not reached, or is not part of this kind of probe. */
export type Timings = Readonly<Record<TimedPhase | 'total', number | null>>;

export interface ResolutionEvidence {
  readonly name: string;
  /** The names that the answer went through, the asked one first; empty for an address. */
  readonly chain: readonly string[];
  readonly addresses: readonly string[];
  /** The lookups that failed, though that of the other family may have succeeded. */
  readonly failures: readonly LookupFailure[];
}

interface LookupFailure {
  readonly family: 4 | 6;
  readonly code: string;
  /** What the name server adds in its own words (RFC 8914); empty: nothing. */
  readonly explanation: string;
}

export interface ConnectEvidence {
  readonly address: string;
  readonly port: number;
  /** Null: connected. */
  readonly code: string | null;
  readonly ms: number;
  /** Nothing was sent there: this host itself has no route to it, or no such family of addresses. */
  readonly noRoute: boolean;
}

export interface CertificateEvidence {
  readonly subject: string;
  readonly issuer: string;
  readonly names: readonly string[];
  readonly validFrom: string;
  readonly validTo: string;
  readonly daysLeft: number;
  readonly sha256: string;
  /** Subjects from the leaf upwards, as sent. */
  readonly chain: readonly string[];
}

export interface TlsEvidence {
  readonly protocol: string | null;
  readonly cipher: string | null;
  readonly alpn: string | null;
  readonly certificate: CertificateEvidence | null;
}

export interface ResponseEvidence {
  readonly status: number;
  /** Lower-case names; repeated headers are joined by a comma; redacted. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as text, decompressed, redacted, within `bodyBytes`. */
  readonly body: string;
  /** Bytes received, as sent. */
  readonly bytes: number;
}

export interface RedirectEvidence {
  readonly status: number;
  readonly from: string;
  readonly location: string;
}

/** Why an attempt ended before a whole answer. `code` is the cause's own name (c-ares's for DNS, libuv, OpenSSL, llhttp, undici), or `LIMIT_*`. */
export interface AttemptFailure {
  readonly phase: Phase;
  readonly code: string;
  readonly detail: string;
}

/** What one address of a name did, where each is asked by itself. */
export interface AddressObservation {
  /** With its port. */
  readonly address: string;
  readonly tls: TlsEvidence | null;
  readonly failure: AttemptFailure | null;
}

/** The facts of one attempt, whatever happened to it. Holds no secret: everything that a server said is redacted. */
export interface Attempted {
  readonly kind: 'attempted';
  readonly target: string;
  /** Unix time in milliseconds. */
  readonly startedAt: number;
  readonly timingsMs: Timings;
  /** How late the event loop ran at its worst during the attempt: what the timings are worth. */
  readonly loopLateMs: number;
  readonly traceId: string;
  readonly resolution: ResolutionEvidence | null;
  readonly connects: readonly ConnectEvidence[];
  /** The address that answered, with its port. */
  readonly address: string | null;
  readonly tls: TlsEvidence | null;
  readonly redirects: readonly RedirectEvidence[];
  readonly response: ResponseEvidence | null;
  /** What each address did, in order, where all of them are asked (certificates); else empty. */
  readonly addresses: readonly AddressObservation[];
  /** Why the attempt ended as a whole; what single addresses did is theirs. */
  readonly failure: AttemptFailure | null;
}

/** Why nothing was asked. */
export const notAttemptedReasons = {
  deadline: 'the cycle ended first',
  'dependency-failing': 'not asked, for it could block the platform',
  'not-resolved-here': 'not asked, for connectTo replaces the name',
} as const satisfies Record<string, string>;

export interface NotAttempted {
  readonly kind: 'not-attempted';
  readonly target: string;
  readonly reason: keyof typeof notAttemptedReasons;
  readonly detail: string;
}

export type Observation = Attempted | NotAttempted;
