import type { Random } from './random.ts';

type Mutator = (bytes: Buffer, random: Random) => Buffer;

/** Bytes that parsers treat specially. */
const special: readonly [number, ...number[]] = [0, 9, 10, 13, 32, 44, 45, 46, 58, 59, 92, 0x7f, 0x80, 0xc0, 0xff];

/** Longest repetition in bytes: longer than any line or head that a parser buffers. */
const longestRun = 70_000;

const splice = (bytes: Buffer, at: number, removed: number, put: Buffer = Buffer.alloc(0)): Buffer =>
  Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + removed)]);

const some = (bytes: Buffer, random: Random): readonly [start: number, length: number] => {
  const start = random.below(bytes.length + 1);
  return [start, random.below(Math.min(64, bytes.length - start + 1))];
};

const mutators: readonly [Mutator, ...Mutator[]] = [
  // One bit, one special byte, one counter.
  (bytes, random) => {
    const at = random.below(bytes.length);
    return splice(bytes, at, 1, Buffer.from([(bytes[at] ?? 0) ^ (1 << random.below(8))]));
  },
  (bytes, random) => splice(bytes, random.below(bytes.length), random.below(2), Buffer.from([random.pick(special)])),
  (bytes, random) => {
    const at = random.below(bytes.length);
    return splice(bytes, at, 1, Buffer.from([((bytes[at] ?? 0) + random.below(9) - 4) & 0xff]));
  },
  // A length field of two bytes.
  (bytes, random) => {
    const put = Buffer.alloc(2);
    put.writeUInt16BE(random.pick([0, 1, 0x7fff, 0x8000, 0xc000, 0xfffe, 0xffff, random.below(0x10000)]));
    return splice(bytes, random.below(bytes.length), 2, put);
  },
  // A number in decimal digits.
  (bytes, random) => {
    const digits = [...bytes.toString('latin1').matchAll(/\d+/g)];
    const found = digits[random.below(digits.length)];
    const number = random.pick([
      '0',
      '-1',
      '1e9',
      '0x10',
      '4294967296',
      '99999999999999999999',
      '00',
      ' 1',
      '1,1',
      '٣',
    ]);
    return found === undefined ? bytes : splice(bytes, found.index, found[0].length, Buffer.from(number));
  },
  // A part is removed, doubled, moved or repeated; the end is cut off.
  (bytes, random) => splice(bytes, ...some(bytes, random)),
  (bytes, random) => {
    const [start, length] = some(bytes, random);
    return splice(bytes, start, 0, bytes.subarray(start, start + length));
  },
  (bytes, random) => {
    const [start, length] = some(bytes, random);
    const part = bytes.subarray(start, start + length);
    return splice(splice(bytes, start, length), random.below(bytes.length - length + 1), 0, part);
  },
  (bytes, random) => {
    const [start, length] = some(bytes, random);
    const part = bytes.subarray(start, start + Math.max(1, length)).toString('latin1');
    const times = Math.floor(random.pick([20, 2_000, longestRun]) / Math.max(1, part.length));
    return splice(bytes, start, 0, Buffer.from(part.repeat(times), 'latin1'));
  },
  (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1)),
  // One line is removed, doubled or moved.
  (bytes, random) => {
    const lines = bytes.toString('latin1').split('\n');
    const [line = ''] = lines.splice(random.below(lines.length), random.below(2));
    lines.splice(random.below(lines.length + 1), 0, ...Array.from({ length: random.below(3) }, () => line));
    return Buffer.from(lines.join('\n'), 'latin1');
  },
];

export interface Mutating {
  /** Words of the protocol. */
  readonly words: readonly [string, ...string[]];
  /** Other inputs, whose parts are mixed in. */
  readonly others: readonly [Buffer, ...Buffer[]];
}

/** The bytes after one to four mutations, most often one. */
export const mutate = (bytes: Buffer, random: Random, { words, others }: Mutating): Buffer => {
  let mutated = bytes;
  for (let left = random.pick([1, 1, 1, 2, 2, 3, 4]); left > 0; left -= 1) {
    const way = random.below(mutators.length + 4);
    if (mutated.length === 0 || way === mutators.length) {
      const other = random.pick(others);
      const [start, length] = some(other, random);
      mutated = splice(mutated, random.below(mutated.length + 1), 0, other.subarray(start, start + length));
    } else if (way > mutators.length) {
      const word = Buffer.from(random.pick(words), 'latin1');
      mutated = splice(mutated, random.below(mutated.length + 1), random.below(2) * word.length, word);
    } else mutated = (mutators[way] ?? mutators[0])(mutated, random);
  }
  return mutated;
};
