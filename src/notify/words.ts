import { oneLine } from './foreign.ts';

/** `2026-11-21 02:57 UTC` */
export const dateAndTime = (iso: string): string => `${oneLine(iso).slice(0, 16).replace('T', ' ')} UTC`;

/** `02:57 UTC`, or with the date when that is another one than `besides`. */
export const timeOn = (iso: string, besides: string): string =>
  iso.slice(0, 10) === besides.slice(0, 10) ? `${oneLine(iso).slice(11, 16)} UTC` : dateAndTime(iso);

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** From one time to another, for a person: `40 s`, `47 min`, `2 h 5 min`, `3 d 4 h`. */
export const span = (from: string, to: string): string => {
  const ms = Math.max(0, Date.parse(to) - Date.parse(from));
  if (ms < minuteMs) return `${Math.round(ms / 1_000)} s`;
  if (ms < hourMs) return `${Math.floor(ms / minuteMs)} min`;
  return ms < dayMs ? both(ms, hourMs, 'h', minuteMs, 'min') : both(ms, dayMs, 'd', hourMs, 'h');
};

const both = (ms: number, large: number, largeUnit: string, small: number, smallUnit: string): string => {
  const rest = Math.floor((ms % large) / small);
  return `${Math.floor(ms / large)} ${largeUnit}${rest === 0 ? '' : ` ${rest} ${smallUnit}`}`;
};

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The first variant that is not too long; when all are, the last. */
export const firstFitting = (most: number, [first, ...others]: readonly [string, ...string[]]): string =>
  [first, ...others].find((text) => text.length <= most) ?? others.at(-1) ?? first;
