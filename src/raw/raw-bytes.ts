import { createHash } from 'node:crypto';
import { Raw, reveal } from './raw.ts';

/** A body from outside. Its checksum and length reveal nothing of its contents. */
export class RawBytes {
  readonly #bytes: Buffer;
  readonly #charset: string;

  constructor(bytes: Buffer, contentType?: Raw) {
    this.#bytes = bytes;
    this.#charset = charsetOf(contentType);
  }

  get length(): number {
    return this.#bytes.length;
  }

  /** SHA-256, in hexadecimal. */
  get checksum(): string {
    return createHash('sha256').update(this.#bytes).digest('hex');
  }

  /** As browsers and Python read it: a byte-order mark outranks the charset of the content type. */
  get text(): Raw {
    const mark = this.#bytes.toString('hex', 0, 2);
    const marked = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : null;
    return Raw.from(decoded(this.#bytes, marked ?? this.#charset));
  }
}

const charsetOf = (contentType: Raw | undefined): string =>
  /;[ \t]{0,8}charset=["']?([\w-]{1,40})/i.exec(contentType === undefined ? '' : reveal(contentType))?.[1] ?? 'utf-8';

/** An unknown charset counts as UTF-8. */
const decoded = (bytes: Buffer, charset: string): string => {
  if (/^(?:utf-?8|us-ascii)$/i.test(charset)) return bytes.toString('utf8');
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return bytes.toString('utf8');
  }
};
