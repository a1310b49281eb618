import { createHash } from 'node:crypto';
import { Raw } from './raw.ts';

/** A body from outside. Its checksum and length reveal nothing of its contents. */
export class RawBytes {
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get length(): number {
    return this.#bytes.length;
  }

  /** SHA-256, in hexadecimal. */
  get checksum(): string {
    return createHash('sha256').update(this.#bytes).digest('hex');
  }

  get text(): Raw {
    return Raw.from(this.#bytes.toString('utf8'));
  }
}
