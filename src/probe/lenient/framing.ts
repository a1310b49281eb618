import { knownEncodings, type Oddity } from '../../model/oddity.ts';

/** The headers that say where the body ends, in one form. */
export interface Framing {
  readonly lines: readonly string[];
  readonly isChunked: boolean;
  /** What some clients refuse. */
  readonly oddities: readonly Oddity[];
}

const lengthName = 'content-length';
const transferName = 'transfer-encoding';
const encodingName = 'content-encoding';

/**
 * One length repeated counts once (RFC 9112, 6.3), chunks count instead of a length, and `identity` encodes nothing. An
 * encoding under the chunks becomes one of the content. Two different lengths stay an error.
 */
export const strictFraming = (headers: readonly string[]): Framing => {
  const lengths = valuesOf(headers, lengthName);
  const isLong = lengths.length > 0;
  const transfers = valuesOf(headers, transferName);
  if (!isLong && transfers.length === 0) return { lines: headers, isChunked: false, oddities: [] };
  const layers = transfers.map((each) => each.toLowerCase()).filter((each) => each !== '' && each !== 'identity');
  const isChunked = layers.at(-1) === 'chunked';
  const encodings = layers.filter((each) => each !== 'chunked');
  const length = layers.length > 0 ? null : lengthOf(lengths);
  const oddities: readonly Oddity[] = [
    ...encodings.map(encodingOddity),
    ...(length?.isOdd === true ? (['a content-length that is not a number'] as const) : []),
  ];
  if (length?.value === null) return { lines: without(headers, [transferName]), isChunked, oddities };
  const contents = [...valuesOf(headers, encodingName), ...encodings];
  const lines = [
    ...without(headers, [lengthName, transferName, ...(encodings.length > 0 ? [encodingName] : [])]),
    ...(encodings.length > 0 ? [`${encodingName}: ${contents.join(', ')}`] : []),
    ...(isChunked ? [`${transferName}: chunked`] : []),
  ];
  const kept = headers.findIndex((line) => isNamed(line, lengthName));
  if (length !== null && length.value !== '') lines.splice(kept, 0, `${lengthName}: ${length.value}`);
  return { lines, isChunked, oddities };
};

const encodingOddity = (encoding: string): Oddity => {
  const known = knownEncodings.find((one) => one === encoding);
  return known === undefined ? 'a transfer encoding that is not known' : `the transfer encoding ${known}`;
};

interface Length {
  /** Empty: no number, so the body ends with the connection. Null: two different ones. */
  readonly value: string | null;
  readonly isOdd: boolean;
}

/** Without zeros in front; empty: there is none, or it is no length that a body can have. */
const numberAtStart = (length: string): string => {
  const digits = /^\+?(\d{1,300})(?!\d)/.exec(length)?.[1] ?? '';
  const number = digits === '' ? '' : BigInt(digits).toString();
  return number.length > 20 ? '' : number;
};

/** Python ignores a length that is not a number; curl reads the number at its beginning. */
const lengthOf = (lengths: readonly string[]): Length | null => {
  if (lengths.length === 0) return null;
  const numbers = new Set(lengths.map(numberAtStart));
  const [value = ''] = numbers;
  return { value: numbers.size > 1 ? null : value, isOdd: !lengths.every((length) => /^\+?\d{1,300}$/.test(length)) };
};

const isNamed = (line: string, name: string): boolean => line.slice(0, name.length + 1).toLowerCase() === `${name}:`;

const valuesOf = (headers: readonly string[], name: string): readonly string[] =>
  headers.flatMap((line) => (isNamed(line, name) ? line.slice(name.length + 1).split(',') : [])).map((v) => v.trim());

const without = (headers: readonly string[], names: readonly string[]): readonly string[] =>
  headers.filter((line) => !names.some((name) => isNamed(line, name)));
