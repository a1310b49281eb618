import { InvalidArgumentError } from 'commander';
import { parseDuration } from '../config/duration.ts';
import { environmentPattern } from '../config/format.ts';
import { parseMoment } from '../config/moment.ts';

const second = 1_000;
const day = 86_400 * second;

/** A year: a longer duration probably has the wrong unit. */
export const longestMs = 366 * day;
/** A full date may be farther away, as in a configuration, but the year 3026 is a typing mistake. */
const farthestMs = 100 * longestMs;
/** A deployment takes minutes. */
export const longestWaitMs = day;

/** `--target a --target b,c`: all three. */
export const collect = (value: string, before: readonly string[]): readonly string[] => {
  const parts = value.split(',').filter((part) => part.trim() !== '');
  if (parts.length === 0) throw new InvalidArgumentError('It is empty: name one, or leave the option out.');
  return [...before, ...parts.map((part) => part.trim())];
};

/** An empty value usually comes from an unset variable. */
export const notEmpty = (value: string): string => {
  if (value.trim() === '') throw new InvalidArgumentError('It is empty: give it a value, or leave the option out.');
  return value;
};

/** As in the configuration. */
export const parseEnvironment = (name: string): string => {
  if (!environmentPattern.test(name))
    throw new InvalidArgumentError('Give at most 64 letters, digits, ".", "_" and "-", as in the configuration.');
  return name;
};

/** Free text on one line, at most as long as in the configuration. It is kept, and shown to others. */
export const shortText =
  (most: number) =>
  (value: string): string => {
    if (notEmpty(value).length > most) throw new InvalidArgumentError(`At most ${most} characters.`);
    if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(value)) throw new InvalidArgumentError('One line, without control characters.');
    return value;
  };

/** A whole number from 1 in decimal digits. `Number` also reads 1e308, 0x10 and a blank. */
export const parseCount = (text: string): number => {
  if (!/^[0-9]{1,9}$/.test(text) || Number(text) < 1)
    throw new InvalidArgumentError('Give a whole number from 1 to 999999999.');
  return Number(text);
};

/** A decimal number in a range. */
export const numberBetween =
  (least: number, most: number) =>
  (text: string): number => {
    const number = /^[0-9]{1,9}(?:\.[0-9]{1,9})?$/.test(text) ? Number(text) : Number.NaN;
    if (!(number >= least && number <= most)) throw new InvalidArgumentError(`Give a number from ${least} to ${most}.`);
    return number;
  };

/** `30s`, `500ms`, `10m`, `1h`, `7d` in milliseconds. `why`: the reason for the lower limit. */
export const durationBetween =
  (least: number, most: number, why = '') =>
  (text: string): number => {
    const ms = parseDuration(text);
    if (ms === null)
      throw new InvalidArgumentError(`Give a duration like 30s, 500ms or 10m, from ${short(least)} to ${short(most)}.`);
    if (ms < least) throw new InvalidArgumentError(`At least ${short(least)}${why === '' ? '' : `: ${why}`}.`);
    if (ms > most) throw new InvalidArgumentError(`At most ${short(most)}: is the unit right?`);
    return ms;
  };

const units = [
  ['d', day],
  ['h', 3_600 * second],
  ['m', 60 * second],
  ['s', second],
] as const;

/** In the largest unit that fits exactly. */
const short = (ms: number): string => {
  const [unit, size] = units.find(([, each]) => ms >= each && ms % each === 0) ?? ['ms', 1];
  return `${ms / size}${unit}`;
};

/** The zone is required: without it a mute could end hours early. */
export const parseUntil = (text: string): string => {
  const at = parseMoment(text);
  if (at === null)
    throw new InvalidArgumentError('Give date, time and zone, of a day that exists, like 2026-11-22T06:00Z.');
  if (at <= Date.now()) throw new InvalidArgumentError('This time is in the past.');
  if (at > Date.now() + farthestMs) throw new InvalidArgumentError('At most 100 years from now: is the year right?');
  return new Date(at).toISOString();
};

/** Printable ASCII, as in the versions that servers report, but no range or list of versions. */
const versionPattern = /^[!-)+\--;?-\]_-{}]{1,100}$/;

export const parseVersion = (text: string): string => {
  const version = text.trim();
  // No server reports a word such as `latest` as its version, so the wait for it would always fail.
  if (!versionPattern.test(version) || !/\d/.test(version))
    throw new InvalidArgumentError('Give one version, like 2026.6.1.');
  return version;
};
