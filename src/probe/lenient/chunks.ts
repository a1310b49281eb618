import type { Oddity } from '../../model/oddity.ts';

/** Chunks up to 4 GB. A larger size is an error. */
const largest = 0xffff_ffff;

/**
 * Rewrites chunks (RFC 9112, 7.1) without what undici's parser refuses and other clients skip: spaces behind a size,
 * extensions, trailers, line feeds alone. Whatever is not a chunk is passed on as it is.
 */
export class Chunks {
  readonly #limit: number;
  readonly #oddities: Set<Oddity>;
  #expected: 'size' | 'data' | 'gap' | 'trailers' | 'anything' = 'size';
  /** The beginning of a line. */
  #line = '';
  #left = 0;
  #trailers = 0;

  /** @param limit bytes of a line, and of all trailers */
  constructor(limit: number, oddities: Set<Oddity>) {
    this.#limit = limit;
    this.#oddities = oddities;
  }

  strict(bytes: Buffer): Buffer {
    const parts: Buffer[] = [];
    for (let at = 0; at < bytes.length; ) {
      if (this.#expected === 'anything') {
        parts.push(bytes.subarray(at));
        break;
      }
      if (this.#expected === 'data') {
        const part = bytes.subarray(at, at + this.#left);
        parts.push(part);
        at += part.length;
        this.#left -= part.length;
        if (this.#left === 0) this.#expected = 'gap';
        continue;
      }
      const end = bytes.indexOf('\n', at);
      this.#line += bytes.toString('latin1', at, end === -1 ? bytes.length : end);
      at = end === -1 ? bytes.length : end + 1;
      if (end === -1 && this.#line.length <= this.#limit) break;
      const line = this.#line;
      this.#line = '';
      const whole = end === -1 ? line : `${line}\n`;
      parts.push(Buffer.from(end === -1 ? this.#give(whole) : this.#take(line, whole), 'latin1'));
    }
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
  }

  /** What is missing at the end of the connection. Python does not wait for the blank line after the last chunk. */
  end(): string {
    if (this.#expected !== 'trailers') return this.#line;
    this.#expected = 'anything';
    this.#oddities.add('chunks without their end');
    return '0\r\n\r\n';
  }

  #take(line: string, whole: string): string {
    if (!line.endsWith('\r')) this.#oddities.add('chunks with line feeds alone');
    const text = line.replace(/\r$/, '');
    switch (this.#expected) {
      case 'gap':
        if (text !== '') return this.#give(whole);
        this.#expected = 'size';
        return '\r\n';
      case 'trailers':
        return this.#takeTrailer(text, whole);
      default:
        return this.#takeSize(text, whole);
    }
  }

  #takeSize(text: string, whole: string): string {
    const digits = /^([0-9a-f]{1,60})[ \t]*(?:;|$)/i.exec(text)?.[1];
    const size = digits === undefined ? Number.NaN : Number.parseInt(digits, 16);
    if (!(size <= largest)) return this.#give(whole);
    this.#left = size;
    this.#expected = size === 0 ? 'trailers' : 'data';
    return size === 0 ? '' : `${size.toString(16)}\r\n`;
  }

  #takeTrailer(text: string, whole: string): string {
    this.#trailers += whole.length;
    if (text !== '' && this.#trailers <= this.#limit) return '';
    return text === '' ? this.#give('0\r\n\r\n') : this.#give(whole);
  }

  /** The end of the chunks, or of what we understand of them. */
  #give(text: string): string {
    this.#expected = 'anything';
    return text;
  }
}
