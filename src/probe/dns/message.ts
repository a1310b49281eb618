import { Raw } from '../../raw/raw.ts';
import { explanationOf } from './explanation.ts';
import { canonicalName, encodeName, Names } from './name.ts';
import { addressOf, aliasedBy, internet, type ResourceRecord, readRecords, recordTypes } from './records.ts';

export interface DnsQuestion {
  readonly name: string;
  /** The name as it goes over the wire. */
  readonly octets: Buffer;
  readonly family: 4 | 6;
}

const typeOf = ({ family }: DnsQuestion): number => (family === 4 ? recordTypes.A : recordTypes.AAAA);

/** For the addresses of a name; null: DNS cannot hold it. */
export const questionFor = (name: string, family: 4 | 6): DnsQuestion | null => {
  const octets = encodeName(name);
  return octets && { name: canonicalName(name), octets, family };
};

/** A response, as far as a lookup of addresses needs it. Names and the explanation are the other side's words. */
export interface DnsMessage {
  readonly id: number;
  readonly truncated: boolean;
  /** With the upper bits of the extension (RFC 6891, section 6.1.3). */
  readonly rcode: number;
  /** Null: it repeats none. */
  readonly question: { readonly name: string; readonly type: number } | null;
  /** From each alias to the name that it stands for. */
  readonly aliases: ReadonlyMap<string, string>;
  readonly addresses: readonly { readonly name: string; readonly address: string }[];
  /** With its zone's SOA an answer without addresses is final (RFC 2308, section 2.2). */
  readonly hasSoa: boolean;
  /** It only names other servers that may know. */
  readonly isReferral: boolean;
  /** What the server adds to an error (RFC 8914); empty: nothing. */
  readonly explanation: Raw;
}

export const rcodes = { noError: 0, formatError: 1, nameError: 3, notImplemented: 4, badVersion: 16 } as const;

/** A longer response over UDP is truncated. No path has to split a packet of this size (DNS Flag Day 2020). */
const udpOctets = 1_232;

const flags = { response: 0x8000, operation: 0x7800, authoritative: 0x0400, truncated: 0x0200, recursion: 0x0100 };

/** `extended`: with EDNS (RFC 6891), for longer responses and explanations. */
export const encodeQuery = (id: number, question: DnsQuestion, extended: boolean): Buffer =>
  Buffer.concat([
    numbers(id, flags.recursion, 1, 0, 0, extended ? 1 : 0),
    question.octets,
    numbers(typeOf(question), internet),
    extended ? Buffer.concat([root, numbers(recordTypes.OPT, udpOctets, 0, 0, 0)]) : none,
  ]);

const root = Buffer.alloc(1);
const none = Buffer.alloc(0);

const numbers = (...values: readonly number[]): Buffer => Buffer.from(values.flatMap((value) => [value >> 8, value]));

/** Whether it is the answer to what was asked. */
export const isAnswerTo = (asked: DnsQuestion, { question, rcode }: DnsMessage): boolean =>
  question === null
    ? // Some servers leave the question out of an error; such an answer says nothing of the name.
      rcode !== rcodes.noError && rcode !== rcodes.nameError
    : question.name === asked.name && question.type === typeOf(asked);

/** Null: this is no response, or none that can be read. */
export const decodeMessage = (bytes: Buffer): DnsMessage | null => orNull(() => decode(bytes));

const decode = (bytes: Buffer): DnsMessage => {
  const names = new Names(bytes);
  const head = bytes.readUInt16BE(2);
  const questions = bytes.readUInt16BE(4);
  if ((head & (flags.response | flags.operation)) !== flags.response || questions > 1)
    throw new RangeError('no response to a query');
  const asked = questions === 0 ? null : names.read(12);
  const start = asked === null ? 12 : asked.end + 4;
  if (asked !== null && bytes.readUInt16BE(asked.end + 2) !== internet) throw new RangeError('a class of its own');
  const truncated = (head & flags.truncated) !== 0;

  const aliases = new Map<string, string>();
  const addresses: DnsMessage['addresses'][number][] = [];
  // Where a truncated response breaks off is anybody's guess.
  const end = readRecords({ message: bytes, names, start, count: truncated ? 0 : bytes.readUInt16BE(6) }, (record) => {
    if (record.group !== internet) return;
    const address = addressOf(bytes, record);
    if (address !== null) addresses.push({ name: record.name, address });
    const target = aliasedBy(names, record);
    if (target !== null && !aliases.has(record.name)) aliases.set(record.name, target);
  });
  const { soa, servers, option } = (truncated ? null : orNull(() => decodeRest(bytes, names, end))) ?? nothing;
  return {
    id: bytes.readUInt16BE(0),
    truncated,
    rcode: (head & 0xf) | ((option === null ? 0 : option.ttl >>> 24) << 4),
    question: asked && { name: asked.name, type: bytes.readUInt16BE(asked.end) },
    aliases,
    addresses,
    hasSoa: soa,
    isReferral: servers && !soa && aliases.size + addresses.length === 0 && (head & flags.authoritative) === 0,
    explanation: option === null ? Raw.from('') : explanationOf(bytes.subarray(option.from, option.to)),
  };
};

interface Rest {
  readonly soa: boolean;
  readonly servers: boolean;
  readonly option: ResourceRecord | null;
}

const nothing: Rest = { soa: false, servers: false, option: null };

/** What stands behind the answer. Most clients do not look there, so what cannot be read there spoils no answer. */
const decodeRest = (bytes: Buffer, names: Names, start: number): Rest => {
  let rest = nothing;
  const end = readRecords({ message: bytes, names, start, count: bytes.readUInt16BE(8) }, ({ type }) => {
    if (type === recordTypes.SOA) rest = { ...rest, soa: true };
    if (type === recordTypes.NS) rest = { ...rest, servers: true };
  });
  readRecords({ message: bytes, names, start: end, count: bytes.readUInt16BE(10) }, (record) => {
    if (record.type === recordTypes.OPT) rest = { ...rest, option: record };
  });
  return rest;
};

const orNull = <T>(read: () => T): T | null => {
  try {
    return read();
  } catch (error) {
    // Buffer throws it too, for what would lie behind the end.
    if (error instanceof RangeError) return null;
    throw error;
  }
};
