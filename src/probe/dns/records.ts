import type { Names } from './name.ts';

export const recordTypes = { A: 1, NS: 2, CNAME: 5, SOA: 6, AAAA: 28, OPT: 41 } as const;
export const internet = 1;

/** A resource record; its data are at offsets `from` to `to`. */
export interface ResourceRecord {
  readonly name: string;
  readonly type: number;
  readonly group: number;
  readonly ttl: number;
  readonly from: number;
  readonly to: number;
}

/** Consecutive records in a message. */
interface Section {
  readonly message: Buffer;
  readonly names: Names;
  readonly start: number;
  readonly count: number;
}

/** Reads all records of a section. @returns the offset of the next section */
export const readRecords = (
  { message, names, start, count }: Section,
  take: (record: ResourceRecord) => void,
): number => {
  let at = start;
  for (let left = count; left > 0; left -= 1) {
    const { name, end } = names.read(at);
    const from = end + 10;
    const to = from + message.readUInt16BE(end + 8);
    if (to > message.length) throw new RangeError('a record that is cut off');
    take({
      name,
      type: message.readUInt16BE(end),
      group: message.readUInt16BE(end + 2),
      ttl: message.readUInt32BE(end + 4),
      from,
      to,
    });
    at = to;
  }
  return at;
};

/** The address in a record. Null if the record has another type. */
export const addressOf = (message: Buffer, { type, from, to }: ResourceRecord): string | null => {
  if (type !== recordTypes.A && type !== recordTypes.AAAA) return null;
  const octets = message.subarray(from, to);
  if (octets.length !== (type === recordTypes.A ? 4 : 16)) throw new RangeError('an address of another length');
  if (type === recordTypes.A) return octets.join('.');
  const groups = octets.toString('hex').replace(/(.{4})(?!$)/g, '$1:');
  // The URL parser writes IPv6 addresses in their short form (RFC 5952).
  return new URL(`http://[${groups}]`).hostname.slice(1, -1);
};

/** The canonical name in a CNAME record. Null if the record has another type. */
export const aliasedBy = (names: Names, { type, from, to }: ResourceRecord): string | null => {
  if (type !== recordTypes.CNAME) return null;
  const { name, end } = names.read(from);
  if (end !== to) throw new RangeError('an alias of another length');
  return name;
};
