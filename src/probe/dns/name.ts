/** Octets of a whole name and of one label, length octets included (RFC 1035, section 3.1). */
const nameOctets = 255;
const labelOctets = 63;

/** One form of a name, for case and a dot at the end mean nothing. */
export const canonicalName = (name: string): string => name.toLowerCase().replace(/\.$/, '');

/** A name as it goes over the wire; null: DNS cannot hold it. */
export const encodeName = (name: string): Buffer | null => {
  const labels = canonicalName(name).split('.');
  if (!labels.every((label) => /^[\w-]+$/.test(label) && label.length <= labelOctets)) return null;
  const encoded = Buffer.from([...labels, ''].map((label) => String.fromCharCode(label.length) + label).join(''));
  return encoded.length > nameOctets ? null : encoded;
};

/**
 * The name at an offset, in lower case, and where it ends. A pointer must lead to before the part that it ends
 * (RFC 1035, section 4.1.4): no loop is possible then. Throws a RangeError when it is malformed.
 */
export const readName = (message: Buffer, start: number): { readonly name: string; readonly end: number } => {
  const labels: string[] = [];
  let octets = 1;
  let end: number | null = null;
  let part = start;
  let at = start;
  for (let length = message.readUInt8(at); length !== 0; length = message.readUInt8(at)) {
    if (length <= labelOctets) {
      octets += length + 1;
      if (octets > nameOctets || at + 1 + length > message.length) throw new RangeError('a name that is too long');
      labels.push(labelText(message.toString('latin1', at + 1, at + 1 + length)));
      at += length + 1;
    } else {
      const to = message.readUInt16BE(at) - 0xc000;
      if (to < 0 || to >= part) throw new RangeError('a name that leads nowhere');
      end ??= at + 2;
      part = to;
      at = to;
    }
  }
  return { name: labels.join('.'), end: end ?? at + 1 };
};

/** A label may hold any octet; those that no host name has are escaped as in zone files (RFC 1035, section 5.1). */
const labelText = (label: string): string =>
  /^[\w-]*$/.test(label)
    ? label.toLowerCase()
    : label
        .toLowerCase()
        .replace(/[^!-~]|[.\\]/g, (octet) =>
          octet === '.' || octet === '\\' ? `\\${octet}` : `\\${String(octet.charCodeAt(0)).padStart(3, '0')}`,
        );
