import type { Headers } from './headers.ts';
import type { Phase, TimedPhase } from './phases.ts';

/** Milliseconds per phase; null if the phase was not reached or is not part of this kind of probe. */
export type Timings = Readonly<Record<TimedPhase | 'total', number | null>>;

/*
 * Facts that the other side can write are generic over their text type: the probe collects them raw (raw/raw.ts), an
 * observation holds them redacted. A new fact that is not redacted does not compile.
 */

export interface ResolutionEvidence<Text = string> {
  readonly name: string;
  /** The CNAME chain, starting with the requested name; empty for an address. */
  readonly chain: readonly Text[];
  readonly addresses: readonly string[];
  /** Failed lookups. The other family's lookup may still have succeeded. */
  readonly failures: readonly LookupFailure<Text>[];
}

interface LookupFailure<Text> {
  readonly family: 4 | 6;
  readonly code: string;
  /** Extra text from the name server (RFC 8914); empty if none. */
  readonly explanation: Text;
}

export interface ConnectEvidence {
  readonly address: string;
  readonly port: number;
  /** Null: connected. */
  readonly code: string | null;
  readonly ms: number;
  /** Nothing was sent: this host has no route to the address, or lacks the address family. */
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
  /** The headers that are read, by lower-case name. Repeated ones are joined by a comma. */
  readonly headers: Headers<Text>;
  /** All header names in the order received, separated by spaces; `server` as often as it was sent. */
  readonly headerOrder: Text;
  /** The body as text, decompressed, within `bodyBytes`. */
  readonly body: Text;
  /** Bytes received, before decompression. */
  readonly bytes: number;
}

export interface RedirectEvidence<Text = string> {
  readonly status: number;
  readonly from: Text;
  readonly location: Text;
}

/**
 * Why an attempt ended before a complete response. `code` is the native error code (c-ares for DNS, libuv, OpenSSL,
 * llhttp, undici) or `LIMIT_*`.
 */
export interface AttemptFailure<Text = string> {
  readonly phase: Phase;
  readonly code: string;
  readonly detail: Text;
}

/** The parts of an attempt that the other side can influence. */
export interface Facts<Text = string> {
  readonly resolution: ResolutionEvidence<Text> | null;
  readonly tls: TlsEvidence<Text> | null;
  readonly redirects: readonly RedirectEvidence<Text>[];
  readonly response: ResponseEvidence<Text> | null;
  /** The result of each address in order, if all are asked (certificates); otherwise empty. */
  readonly addresses: readonly AddressObservation<Text>[];
  /** Why the attempt as a whole ended. Failures of single addresses are listed under those addresses. */
  readonly failure: AttemptFailure<Text> | null;
}

/** The result of one address of a name, if each address is asked separately. */
export interface AddressObservation<Text = string> {
  /** With its port. */
  readonly address: string;
  readonly tls: TlsEvidence<Text> | null;
  readonly failure: AttemptFailure<Text> | null;
}

/** The facts of one attempt, whatever happened. Holds no secret: all text from a server is redacted. */
export interface Attempted extends Facts {
  readonly kind: 'attempted';
  readonly target: string;
  /** Unix time in milliseconds. */
  readonly startedAt: number;
  readonly timingsMs: Timings;
  /** The worst event loop lag during the attempt, which shows how far the timings can be trusted. */
  readonly loopLateMs: number;
  readonly traceId: string;
  readonly connects: readonly ConnectEvidence[];
  /** The address that answered, with its port. */
  readonly address: string | null;
}

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
