import { rolledOver } from './learn.ts';
import { hourMs, normalLimits, perMeanDeviation } from './limits.ts';
import { keyIn, keyOf, type Normal, type Normals, normalFrom, type Typical } from './normal.ts';

/** What a request normally takes at this hour, and from when on it is late. Milliseconds. */
export interface Expected {
  readonly normalMs: number;
  readonly lateMs: number;
  /** It was late in one of the last two cycles. */
  readonly wasLate: boolean;
}

/** Looks up what is normal for a request. Null: not enough is known. */
export type Expecting = (id: string) => Expected | null;

/** What is normal at a time. @param isRecent whether the last cycle was so recent that its late requests still matter */
export const expectingAt = (normals: Normals, atMs: number, isRecent: boolean): Expecting => {
  const { hour, requests } = rolledOver(normals, Math.floor(atMs / hourMs));
  const entries = new Map(requests.map((entry) => [keyIn(entry), entry]));
  return (id) => {
    const normal = normalFrom(entries.get(keyOf(id)) ?? '');
    if (normal === null) return null;
    const expected = expectedFrom(normal, hour % 24);
    return expected && { ...expected, wasLate: isRecent && normal.late.includes(true) };
  };
};

const expectedFrom = (normal: Normal, hour: number): Omit<Expected, 'wasLate'> | null => {
  const typical = typicalAt(normal, hour);
  if (typical === null) return null;
  const { log, spread, isUnseen } = typical;
  const normalMs = Math.exp(log);
  const deviation = perMeanDeviation * Math.max(spread, normalLimits.leastSpreadLog);
  const steady = Math.max(normalLimits.leastTimes, Math.exp(normalLimits.deviations * deviation));
  const times = Math.min(steady * (isUnseen ? normalLimits.unseenTimes : 1), normalLimits.mostTimes);
  return { normalMs, lateMs: Math.max(normalMs * times, normalMs + normalLimits.leastExcessMs) };
};

/** This hour and the two beside it, the slowest of them: a nightly job starts late, summer time ends. Else any known hour. */
const typicalAt = ({ now, hours }: Normal, hour: number): (Typical & { readonly isUnseen: boolean }) | null => {
  const underWay = now.cycles >= normalLimits.enoughCycles ? [now] : [];
  const at = (offset: number): readonly Typical[] => known([hours[(hour + offset + 24) % 24]]);
  const own = [...at(0), ...underWay];
  const isUnseen = own.length === 0;
  const all = isUnseen ? known(hours) : [...own, ...at(-1), ...at(1)];
  if (all.length === 0) return null;
  return {
    log: Math.max(...all.map(({ log }) => log)),
    spread: Math.max(...all.map(({ spread }) => spread)),
    isUnseen,
  };
};

const known = (hours: readonly (Typical | null | undefined)[]): readonly Typical[] =>
  hours.filter((hour) => hour !== null && hour !== undefined);
