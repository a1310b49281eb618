/** Milliseconds as text: `38 ms`, `1.9 s`. */
export const duration = (ms: number): string =>
  !Number.isFinite(ms) ? '? ms' : ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;

/** A long duration as text: 45 s, 12 min, 3 h 4 min, 2 d 3 h. */
export const lasting = (ms: number): string => {
  const minutes = Math.floor(Math.max(0, ms) / 60_000);
  const hours = Math.floor(minutes / 60);
  if (minutes < 1) return `${Math.round(Math.max(0, ms) / 1_000)} s`;
  if (hours < 1) return `${minutes} min`;
  return hours < 24 ? both(hours, 'h', minutes % 60, 'min') : both(Math.floor(hours / 24), 'd', hours % 24, 'h');
};

const both = (most: number, unit: string, rest: number, smaller: string): string =>
  `${most} ${unit}${rest === 0 ? '' : ` ${rest} ${smaller}`}`;

/** The time from one ISO 8601 time to another. */
export const span = (from: string, to: string): string => lasting(Date.parse(to) - Date.parse(from));

/** `2026-11-21 02:57 UTC`; `02:57 UTC` if it is on the same day as `besides`. */
export const clock = (iso: string, besides = ''): string => {
  if (Number.isNaN(Date.parse(iso))) return 'unknown time';
  const [day, time] = new Date(iso).toISOString().slice(0, 16).split('T');
  return `${besides.startsWith(day ?? '') ? '' : `${day} `}${time} UTC`;
};

/** `since 02:57 UTC (12 min)` */
export const sinceWords = (at: string, now: string): string => `since ${clock(at, now)} (${span(at, now)})`;
