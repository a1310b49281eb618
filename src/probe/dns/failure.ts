import { Raw } from '../../raw/raw.ts';

/** Why a question has no answer that helps. */
export interface DnsFailure {
  /** In the words of c-ares, or of the system. */
  readonly code: string;
  /** A name server answered so. Otherwise it is silent, or there is no way to it. */
  readonly heard: boolean;
  /** What it adds, in its own words (RFC 8914); empty: nothing. */
  readonly explanation: Raw;
}

const nothing = Raw.from('');

export const heard = (code: string, explanation = nothing): DnsFailure => ({ code, heard: true, explanation });
export const unheard = (code: string): DnsFailure => ({ code, heard: false, explanation: nothing });

export const silence = unheard('ETIMEOUT');

const codes: Readonly<Record<number, string>> = { 1: 'EFORMERR', 2: 'ESERVFAIL', 4: 'ENOTIMP', 5: 'EREFUSED' };

/** What a server says that gives no answer. */
export const refusalOf = (rcode: number, explanation: Raw): DnsFailure =>
  heard(codes[rcode] ?? `ERCODE${rcode}`, explanation);

/** The failure that tells most. First is what is said of the name, then what a server says of itself, and last is silence. */
export const mostTelling = (failures: readonly DnsFailure[]): DnsFailure =>
  failures.reduce((best, next) => (rank(next) < rank(best) ? next : best), silence);

const rank = (failure: DnsFailure): number => {
  const { code } = failure;
  if (!failure.heard) return code === silence.code ? 6 : 5;
  const listed = ['ENOTFOUND', 'ESERVFAIL', 'EREFUSED'].indexOf(code);
  if (listed >= 0) return listed;
  return code === 'ENODATA' ? 4 : 3;
};
