/** Octets of a whole name and of one label, including length octets (RFC 1035, section 3.1). */
const nameOctets = 255;
const labelOctets = 63;

/** Case and a trailing dot do not matter in DNS. */
export const canonicalName = (name: string): string => name.toLowerCase().replace(/\.$/, '');

/** A name in wire format. Null if it does not fit into DNS. */
export const encodeName = (name: string): Buffer | null => {
  const labels = canonicalName(name).split('.');
  if (!labels.every((label) => /^[\w-]+$/.test(label) && label.length <= labelOctets)) return null;
  const encoded = Buffer.from([...labels, ''].map((label) => String.fromCharCode(label.length) + label).join(''));
  return encoded.length > nameOctets ? null : encoded;
};

interface Name {
  /** In lower case. */
  readonly name: string;
  readonly octets: number;
  /** Offset in the message at which the name ends. */
  readonly end: number;
}

/** Labels and pointers of one name. A name has at most 127 labels. */
const mostSteps = 255;

/**
 * The names in one message. Each part is read once, even if many names end in it, so no message takes long to read.
 * Throws a RangeError if the message is malformed.
 */
export class Names {
  readonly #message: Buffer;
  readonly #known = new Map<number, Name>();

  constructor(message: Buffer) {
    this.#message = message;
  }

  read(at: number, steps = 0): Name {
    const known = this.#known.get(at);
    if (known !== undefined) return known;
    if (steps > mostSteps) throw new RangeError('a name without an end');
    const name = this.#read(at, steps + 1);
    if (name.octets > nameOctets) throw new RangeError('a name that is too long');
    this.#known.set(at, name);
    return name;
  }

  #read(at: number, steps: number): Name {
    const length = this.#message.readUInt8(at);
    if (length === 0) return { name: '', octets: 1, end: at + 1 };
    if (length <= labelOctets) {
      const { name, octets, end } = this.read(at + 1 + length, steps);
      const label = labelText(this.#message.toString('latin1', at + 1, at + 1 + length));
      return { name: name === '' ? label : `${label}.${name}`, octets: octets + 1 + length, end };
    }
    // A pointer to an earlier name in the message (RFC 1035, section 4.1.4).
    const to = this.#message.readUInt16BE(at) - 0xc000;
    if (to < 0 || to >= at) throw new RangeError('a pointer that leads nowhere');
    return { ...this.read(to, steps), end: at + 2 };
  }
}

/**
 * A label may hold any octet. Octets that host names do not use are escaped as in zone files (RFC 1035, section 5.1).
 */
const labelText = (label: string): string =>
  /^[\w-]*$/.test(label)
    ? label.toLowerCase()
    : label
        .toLowerCase()
        .replace(/[^!-~]|[.\\]/g, (octet) =>
          octet === '.' || octet === '\\' ? `\\${octet}` : `\\${String(octet.charCodeAt(0)).padStart(3, '0')}`,
        );
