import type { Headers } from './headers.ts';
import type { Phase, TimedPhase } from './phases.ts';

/** Milliseconds per phase; null: the phase was not reached, or is not part of this kind of probe. */
export type Timings = Readonly<Record<TimedPhase | 'total', number | null>>;

/*
 * Facts that the other side can write are generic over what they hold text as: the probe gathers them raw (raw/raw.ts), an observation
 * has them redacted. So a new one that is not redacted does not compile.
 */

export interface ResolutionEvidence<Text = string> {
  readonly name: string;
  /** The names that the answer went through, the asked one first; empty for an address. */
  readonly chain: readonly Text[];
  readonly addresses: readonly string[];
  /** The lookups that failed, though that of the other family may have succeeded. */
  readonly failures: readonly LookupFailure<Text>[];
}

interface LookupFailure<Text> {
  readonly family: 4 | 6;
  readonly code: string;
  /** What the name server adds in its own words (RFC 8914); empty: nothing. */
  readonly explanation: Text;
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

export interface CertificateEvidence<Text = string> {
  readonly subject: Text;
  readonly issuer: Text;
  readonly names: readonly Text[];
  readonly validFrom: string;
  readonly validTo: string;
  readonly daysLeft: number;
  readonly sha256: string;
  /** Subjects from the leaf upwards, as sent. */
  readonly chain: readonly Text[];
}

export interface TlsEvidence<Text = string> {
  readonly protocol: string | null;
  readonly cipher: string | null;
  readonly alpn: string | null;
  readonly certificate: CertificateEvidence<Text> | null;
}

export interface ResponseEvidence<Text = string> {
  readonly status: number;
  /** Those that are read, by their lower-case names; repeated ones are joined by a comma. */
  readonly headers: Headers<Text>;
  /** The names of all headers in the order in which they came, separated by spaces; `server` as often as it was sent. */
  readonly headerOrder: Text;
  /** The body as text, decompressed, within `bodyBytes`. */
  readonly body: Text;
  /** Bytes received, as sent. */
  readonly bytes: number;
}

export interface RedirectEvidence<Text = string> {
  readonly status: number;
  readonly from: Text;
  readonly location: Text;
}

/** Why an attempt ended before a whole answer. `code` is the cause's own name (c-ares's for DNS, libuv, OpenSSL, llhttp, undici), or `LIMIT_*`. */
export interface AttemptFailure<Text = string> {
  readonly phase: Phase;
  readonly code: string;
  readonly detail: Text;
}

/** What the other side can write into an attempt. */
export interface Facts<Text = string> {
  readonly resolution: ResolutionEvidence<Text> | null;
  readonly tls: TlsEvidence<Text> | null;
  readonly redirects: readonly RedirectEvidence<Text>[];
  readonly response: ResponseEvidence<Text> | null;
  /** What each address did, in order, where all of them are asked (certificates); else empty. */
  readonly addresses: readonly AddressObservation<Text>[];
  /** Why the attempt ended as a whole; what single addresses did is theirs. */
  readonly failure: AttemptFailure<Text> | null;
}

/** What one address of a name did, where each is asked by itself. */
export interface AddressObservation<Text = string> {
  /** With its port. */
  readonly address: string;
  readonly tls: TlsEvidence<Text> | null;
  readonly failure: AttemptFailure<Text> | null;
}

/** The facts of one attempt, whatever happened to it. Holds no secret: everything that a server said is redacted. */
export interface Attempted extends Facts {
  readonly kind: 'attempted';
  readonly target: string;
  /** Unix time in milliseconds. */
  readonly startedAt: number;
  readonly timingsMs: Timings;
  /** How late the event loop ran at its worst during the attempt: what the timings are worth. */
  readonly loopLateMs: number;
  readonly traceId: string;
  readonly connects: readonly ConnectEvidence[];
  /** The address that answered, with its port. */
  readonly address: string | null;
}

/** Why nothing was asked. */
export const notAttemptedReasons = {
  deadline: 'the cycle ended first',
  'dependency-failing': 'not sent: it could block the platform',
  'not-resolved-here': 'not sent: connectTo replaces the name',
} as const satisfies Record<string, string>;

export interface NotAttempted {
  readonly kind: 'not-attempted';
  readonly target: string;
  readonly reason: keyof typeof notAttemptedReasons;
  readonly detail: string;
}

export type Observation = Attempted | NotAttempted;
