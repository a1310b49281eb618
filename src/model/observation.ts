import type { Headers } from './headers.ts';
import type { Oddity } from './oddity.ts';
import type { OutputOf } from './output-of.ts';
import type { Phase } from './phases.ts';
import type { certificate, connect, redirect, resolution, timings } from './report-schema/evidence.ts';

export type Timings = OutputOf<typeof timings>;
export type ConnectEvidence = OutputOf<typeof connect>;

/*
 * Facts that the other side can write are generic over their text type: the probe collects them raw (raw/raw.ts), an
 * observation holds them redacted. A new fact that is not redacted does not compile.
 */

/**
 * A shape of the report before it is redacted: its strings are `Text`, except for those named in `Ours`, which the prober
 * writes itself.
 */
type Unkept<Shape, Text, Ours extends keyof Shape> = {
  readonly [Key in keyof Shape]: Key extends Ours
    ? Shape[Key]
    : string extends Shape[Key]
      ? Text
      : Shape[Key] extends readonly string[]
        ? readonly Text[]
        : Shape[Key];
};

type Resolution = OutputOf<typeof resolution>;
type LookupFailure<Text> = Unkept<Resolution['failures'][number], Text, 'code'>;
export type ResolutionEvidence<Text = string> = Unkept<Omit<Resolution, 'failures'>, Text, 'name' | 'addresses'> & {
  readonly failures: readonly LookupFailure<Text>[];
};
export type CertificateEvidence<Text = string> = Unkept<
  OutputOf<typeof certificate>,
  Text,
  'validFrom' | 'validTo' | 'sha256'
>;
export type RedirectEvidence<Text = string> = Unkept<OutputOf<typeof redirect>, Text, never>;

/** The server refused a TLS 1.2 handshake after its own part of it, as servers do that ask for a client certificate. */
export const certificateAsked = 'CLIENT_CERTIFICATE_ASKED';

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
  /** What some clients refuse in the form of the response. Absent or empty if every client reads it. */
  readonly oddities?: readonly Oddity[];
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
