import { createHash } from 'node:crypto';
import { Raw } from './raw.ts';

/** A body from outside. Its checksum and its length tell nothing of what it says. */
export class RawBytes {
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get length(): number {
    return this.#bytes.length;
  }

  /** SHA-256, in hexadecimal digits. */
  get checksum(): string {
    return createHash('sha256').update(this.#bytes).digest('hex');
  }

  get text(): Raw {
    return Raw.from(this.#bytes.toString('utf8'));
  }
}
