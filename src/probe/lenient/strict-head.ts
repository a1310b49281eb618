import type { Oddity } from '../../model/oddity.ts';
import { type Framing, strictFraming } from './framing.ts';

/** A head in the form that undici's parser takes. */
export interface StrictHead extends Omit<Framing, 'lines'> {
  readonly text: string;
  readonly status: number;
}

/** The token of RFC 9110, 5.6.2. Clients skip headers with other names. */
const namePattern = /^[!#$%&'*+.^`|~\w-]+$/;

/**
 * Also takes folded lines (RFC 9112, 5.2), spaces before a colon (5.1), control characters in values, names that are no
 * tokens, and status lines in the forms that curl, Chromium or Python reads. Null for another
 * protocol.
 */
export const strictHead = (head: string): StrictHead | null => {
  const [first = '', ...rest] = head.split('\n');
  const [, version, status] = /^[ \t]{0,4}HTTP\/(\d(?:\.\d{1,3})?)[ \t]+(\d{3})(?!\d)/i.exec(first) ?? [];
  if (version === undefined || status === undefined) return null;
  const oddities: Oddity[] = isUsual(first) ? [] : ['an unusual status line'];
  const headers: string[] = [];
  for (const read of unfolded(rest, oddities)) {
    const colon = read.indexOf(':');
    if (colon === -1) {
      if (read !== '') oddities.push('a header line without a colon');
      continue;
    }
    const name = read.slice(0, colon).trimEnd();
    if (namePattern.test(name)) headers.push(`${name}: ${read.slice(colon + 1).trim()}`);
  }
  const { lines, isChunked, oddities: framingOddities } = strictFraming(headers);
  return {
    text: [`HTTP/${version === '1.0' ? '1.0' : '1.1'} ${status}`, ...lines, '', ''].join('\r\n'),
    status: Number(status),
    isChunked,
    oddities: [...oddities, ...framingOddities],
  };
};

/** Every client reads it. */
const isUsual = (line: string): boolean => /^HTTP\/1\.[01] +\d{3}(?:[ \t\r]|$)/.test(line);

/** Header lines without their ends, without control characters, and with folded lines joined. */
const unfolded = (read: readonly string[], oddities: Oddity[]): readonly string[] => {
  const lines: string[] = [];
  for (const one of read) {
    const isFolded = one.startsWith(' ') || one.startsWith('\t');
    if (one.includes('\0')) oddities.push('a NUL byte in a header');
    const line = one.replace(/[^\t -~\x80-\xff]/g, ' ').trimEnd();
    const before = isFolded ? lines.pop() : undefined;
    if (isFolded && before === undefined) oddities.push('a folded line without a header');
    else lines.push(before === undefined ? line : `${before} ${line.trimStart()}`);
  }
  return lines;
};
