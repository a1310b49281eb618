import { Raw } from '../../raw/raw.ts';

/** Why a question has no usable answer. */
export interface DnsFailure {
  /** The code of c-ares or of the operating system. */
  readonly code: string;
  /** True if a name server said so; false if it was silent or unreachable. */
  readonly heard: boolean;
  /** The server's explanation (RFC 8914). Empty if there is none. */
  readonly explanation: Raw;
}

const nothing = Raw.from('');

export const heard = (code: string, explanation = nothing): DnsFailure => ({ code, heard: true, explanation });
export const unheard = (code: string): DnsFailure => ({ code, heard: false, explanation: nothing });

export const silence = unheard('ETIMEOUT');

const codes: Readonly<Record<number, string>> = { 1: 'EFORMERR', 2: 'ESERVFAIL', 4: 'ENOTIMP', 5: 'EREFUSED' };

/** The failure that a response code stands for. */
export const refusalOf = (rcode: number, explanation: Raw): DnsFailure =>
  heard(codes[rcode] ?? `ERCODE${rcode}`, explanation);

/**
 * The most informative failure: statements about the name first, then a server's statements about itself, then silence.
 */
export const mostTelling = (failures: readonly DnsFailure[]): DnsFailure =>
  failures.reduce((best, next) => (rank(next) < rank(best) ? next : best), silence);

const rank = (failure: DnsFailure): number => {
  const { code } = failure;
  if (!failure.heard) return code === silence.code ? 6 : 5;
  const listed = ['ENOTFOUND', 'ESERVFAIL', 'EREFUSED'].indexOf(code);
  if (listed >= 0) return listed;
  return code === 'ENODATA' ? 4 : 3;
};
