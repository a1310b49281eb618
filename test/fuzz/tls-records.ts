/** Length of a record's head (RFC 8446, section 5.1): type, version, length. */
const headBytes = 5;

/** Cuts a byte stream into TLS records. */
export class Records {
  #held: Buffer = Buffer.alloc(0);

  /** The records that these bytes complete. */
  take(bytes: Buffer): readonly Buffer[] {
    this.#held = Buffer.concat([this.#held, bytes]);
    const records: Buffer[] = [];
    while (this.#held.length >= headBytes) {
      const end = headBytes + this.#held.readUInt16BE(3);
      if (this.#held.length < end) break;
      records.push(this.#held.subarray(0, end));
      this.#held = this.#held.subarray(end);
    }
    return records;
  }
}
