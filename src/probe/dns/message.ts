import { Raw } from '../../raw/raw.ts';
import { explanationOf } from './explanation.ts';
import { canonicalName, encodeName, Names } from './name.ts';
import { addressOf, aliasedBy, internet, type ResourceRecord, readRecords, recordTypes } from './records.ts';

export interface DnsQuestion {
  readonly name: string;
  /** The name in wire format. */
  readonly octets: Buffer;
  readonly family: 4 | 6;
}

const typeOf = ({ family }: DnsQuestion): number => (family === 4 ? recordTypes.A : recordTypes.AAAA);

/** The question for a name's addresses. Null if the name does not fit into DNS. */
export const questionFor = (name: string, family: 4 | 6): DnsQuestion | null => {
  const octets = encodeName(name);
  return octets && { name: canonicalName(name), octets, family };
};

/** The parts of a response that an address lookup needs. Names and the explanation come from the server. */
export interface DnsMessage {
  readonly id: number;
  readonly truncated: boolean;
  /** Including the upper bits from EDNS (RFC 6891, section 6.1.3). */
  readonly rcode: number;
  /** Null if the response does not repeat it. */
  readonly question: { readonly name: string; readonly type: number } | null;
  /** Maps each alias to its canonical name. */
  readonly aliases: ReadonlyMap<string, string>;
  readonly addresses: readonly { readonly name: string; readonly address: string }[];
  /** With the zone's SOA, an answer without addresses is final (RFC 2308, section 2.2). */
  readonly hasSoa: boolean;
  /** The response only refers to other servers. */
  readonly isReferral: boolean;
  /** The server's explanation of an error (RFC 8914). Empty if there is none. */
  readonly explanation: Raw;
}

export const rcodes = {
  noError: 0,
  formatError: 1,
  serverFailure: 2,
  nameError: 3,
  notImplemented: 4,
  refused: 5,
  badVersion: 16,
} as const;

/** Bytes. A longer UDP response is truncated. Packets of this size are never fragmented (DNS Flag Day 2020). */
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

/** Whether the response answers the given question. */
export const isAnswerTo = (asked: DnsQuestion, { question, rcode }: DnsMessage): boolean =>
  question === null
    ? // Some servers omit the question from errors; such a response says nothing about the name.
      rcode !== rcodes.noError && rcode !== rcodes.nameError
    : question.name === asked.name && question.type === typeOf(asked);

/** Null if this is not a readable response. */
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
  // A truncated response can break off anywhere, so read none of its records.
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

/** The sections after the answer. Most clients ignore them, so unreadable data there does not spoil the answer. */
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
    // Buffer also throws this when read past its end.
    if (error instanceof RangeError) return null;
    throw error;
  }
};
