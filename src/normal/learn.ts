import { storedEntries } from '../model/incident-schema/limits.ts';
import { hourMs, normalLimits } from './limits.ts';
import { entryOf, type Hour, keyIn, keyOf, type Normal, type Normals, normalFrom } from './normal.ts';

/** One request of a cycle that counts. */
export interface Measured {
  readonly id: string;
  /** Milliseconds; null: it says nothing about what is normal, because it failed or was not asked. */
  readonly ms: number | null;
  /** It took far longer than normal. */
  readonly isLate: boolean;
  /** It is degraded for that reason. */
  readonly isSlow: boolean;
}

/** A cycle that counts. */
interface Cycle {
  readonly atMs: number;
  readonly isHealthy: boolean;
  /** Whether the cycle before was so recent that its late requests still matter. */
  readonly isRecent: boolean;
  readonly requests: readonly Measured[];
}

/**
 * What is normal after a cycle. Nothing is learned from requests that are late, nor from a cycle that is not healthy.
 * Bounded: a new request finds room where one is stored that this cycle did not ask.
 */
export const learned = (before: Normals, { atMs, isHealthy, isRecent, requests }: Cycle): Normals => {
  const { hour, requests: entries } = rolledOver(before, Math.floor(atMs / hourMs));
  const stored = new Map(entries.map((entry) => [keyIn(entry), entry]));
  const seen = new Map<string, string>();
  for (const one of requests) {
    const key = keyOf(one.id);
    if (seen.has(key)) continue;
    const normal = normalFrom(stored.get(key) ?? '');
    const isTaught = isHealthy && !one.isLate && one.ms !== null;
    // A request that has never worked has nothing to remember.
    if (normal === null && !isTaught) continue;
    seen.set(key, entryOf(key, after(normal ?? unknown, one, { isTaught, isRecent })));
  }
  const others = [...stored].flatMap(([key, entry]) => (seen.has(key) ? [] : [entry]));
  const room = Math.max(0, storedEntries.normals - seen.size);
  return {
    hour,
    requests: [...others.slice(others.length - Math.min(room, others.length)), ...seen.values()].slice(
      0,
      storedEntries.normals,
    ),
  };
};

const noHour: Normal['now'] = { log: 0, spread: normalLimits.firstSpreadLog, cycles: 0 };
const unknown: Normal = { now: noHour, late: [false, false], slow: false, hours: Array<null>(24).fill(null) };

const after = (
  normal: Normal,
  { ms, isLate, isSlow }: Measured,
  { isTaught, isRecent }: { readonly isTaught: boolean; readonly isRecent: boolean },
): Normal => ({
  ...normal,
  now: isTaught && ms !== null ? averaged(normal.now, Math.log(Math.max(1, ms))) : normal.now,
  late: [isLate, isRecent && normal.late[0]],
  slow: normal.slow || isSlow,
});

/** Running means. One response that is far off moves them no further than a usual one. */
const averaged = ({ log, spread, cycles }: Normal['now'], value: number): Normal['now'] => {
  if (cycles === 0) return { log: value, spread, cycles: 1 };
  const off = value - log;
  const most = 3 * Math.max(spread, normalLimits.leastSpreadLog);
  return {
    log: log + clamped(off, -most, most) / (cycles + 1),
    spread: spread + (Math.min(Math.abs(off), most) - spread) / (cycles + normalLimits.firstSpreadCycles),
    cycles: cycles + 1,
  };
};

/** The hour under way ends when another one begins: what it was like becomes part of what is normal in it. */
export const rolledOver = (normals: Normals, hour: number): Normals => {
  if (hour === normals.hour) return normals;
  const ended = normals.hour % 24;
  return {
    hour,
    requests: normals.requests.flatMap((entry) => {
      const normal = normalFrom(entry);
      if (normal === null) return [];
      const hours = normal.hours.map((one, at) => (at === ended ? withDay(one, normal) : one));
      return [entryOf(keyIn(entry), { ...normal, now: noHour, slow: false, hours })];
    }),
  };
};

const withDay = (hour: Hour | null, { now, slow }: Normal): Hour | null => {
  if (slow && hour !== null) {
    const slowDays = hour.slowDays + 1;
    return slowDays < normalLimits.slowDays ? { ...hour, slowDays } : null;
  }
  if (now.cycles < normalLimits.fewestCycles) return hour;
  if (hour === null) return { log: now.log, spread: now.spread, slowDays: slow ? 1 : 0 };
  const { share, mostUpLog, mostDownLog } = normalLimits;
  return {
    log: hour.log + clamped(share * (now.log - hour.log), -mostDownLog, mostUpLog),
    spread: hour.spread + share * (now.spread - hour.spread),
    slowDays: 0,
  };
};

const clamped = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);
