import { storedTextBytes } from '../model/incident-schema/limits.ts';

/** What is normal for requests, as it is stored. */
export interface Normals {
  /** The hour under way, since 1970. */
  readonly hour: number;
  /** One entry for each request. */
  readonly requests: readonly string[];
}

/** A typical time and its spread, as logarithms of milliseconds. */
export interface Typical {
  readonly log: number;
  readonly spread: number;
}

/** An hour of the day, from earlier days. */
export interface Hour extends Typical {
  /** Days in a row on which the request was slow in this hour. */
  readonly slowDays: number;
}

/** What is normal for one request. */
export interface Normal {
  /** The hour under way. */
  readonly now: Typical & { readonly cycles: number };
  /** Whether it was late in the last cycle, and in the one before. */
  readonly late: readonly [boolean, boolean];
  /** Whether it was slow in the hour under way. */
  readonly slow: boolean;
  /** By hour of the day, UTC; null: not known. */
  readonly hours: readonly (Hour | null)[];
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const base = digits.length;

/** The longest time is two minutes. In the hour under way it gets 18 bits and the spread 12; an earlier hour has 11 and 5. */
const ranges = { log: 11.7, spread: 1.25 } as const;
const hourBits = { log: 2 ** 11 - 1, spread: 2 ** 5 - 1 } as const;

const encoded = (value: number, characters: number): string =>
  Array.from({ length: characters }, (_, at) =>
    digits.charAt(Math.floor(value / base ** (characters - 1 - at)) % base),
  ).join('');

const decoded = (text: string): number => [...text].reduce((sum, digit) => sum * base + digits.indexOf(digit), 0);

const scaled = (value: number, range: number, most: number): number =>
  Math.round((Math.min(Math.max(value, 0), range) / range) * most);

const keyCharacters = 4;

/** Stands for a request's id, which would take most of the room. FNV-1a, 24 bits: two of 47 meet once in 15,000 platforms. */
export const keyOf = (id: string): string => {
  let hash = 0x811c9dc5;
  for (const character of id) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return encoded((hash >>> 0) % base ** keyCharacters, keyCharacters);
};

/** Characters: key, time, spread and cycles of the hour under way, marks, and three for each hour. */
export const entryOf = (key: string, { now, late, slow, hours }: Normal): string =>
  [
    key,
    encoded(scaled(now.log, ranges.log, base ** 3 - 1), 3),
    encoded(scaled(now.spread, ranges.spread, base ** 2 - 1), 2),
    encoded(Math.min(now.cycles, base - 1), 1),
    encoded(Number(late[0]) + 2 * Number(late[1]) + 4 * Number(slow), 1),
    ...hours.map(hourText),
  ].join('');

/** A time of 0 means that the hour is not known. */
const hourText = (hour: Hour | null): string => {
  if (hour === null) return encoded(0, 3);
  const log = Math.max(1, scaled(hour.log, ranges.log, hourBits.log));
  const spread = scaled(hour.spread, ranges.spread, hourBits.spread);
  return encoded((log * (hourBits.spread + 1) + spread) * 4 + hour.slowDays, 3);
};

/** Null: it is not an entry. */
export const normalFrom = (entry: string): Normal | null => {
  if (entry.length !== storedTextBytes.normal || !/^[\w-]+$/.test(entry)) return null;
  const number = (from: number, characters: number): number => decoded(entry.slice(from, from + characters));
  const marks = number(10, 1);
  return {
    now: {
      log: (number(4, 3) / (base ** 3 - 1)) * ranges.log,
      spread: (number(7, 2) / (base ** 2 - 1)) * ranges.spread,
      cycles: number(9, 1),
    },
    late: [(marks & 1) > 0, (marks & 2) > 0],
    slow: (marks & 4) > 0,
    hours: Array.from({ length: 24 }, (_, hour) => hourFrom(number(11 + 3 * hour, 3))),
  };
};

const hourFrom = (bits: number): Hour | null => {
  const slowDays = bits % 4;
  const spread = Math.floor(bits / 4) % (hourBits.spread + 1);
  const log = Math.floor(bits / 4 / (hourBits.spread + 1));
  return log === 0
    ? null
    : { log: (log / hourBits.log) * ranges.log, spread: (spread / hourBits.spread) * ranges.spread, slowDays };
};

export const keyIn = (entry: string): string => entry.slice(0, keyCharacters);
