import type { Sight } from './cycle-seen.ts';
import type { History } from './history.ts';
import { liveLimits } from './limits.ts';

/** A part of the day. `gap`: no cycle ran. */
export type Bar = Sight | 'gap';

/** Consecutive bars that are alike. */
export interface Run {
  readonly bar: Bar;
  /** Index of the first bar, and how many there are. */
  readonly first: number;
  readonly length: number;
}

/** The last day of a host, or of the registration flow. */
export interface Uptime {
  readonly subject: string;
  /** Share of the cycles that saw it without a failure; null: none saw it. */
  readonly share: number | null;
  readonly cycles: number;
  readonly runs: readonly Run[];
}

export const barMs = liveLimits.slotMs * liveLimits.slotsPerBar;
export const barCount = liveLimits.historyMs / barMs;

/** Start of the first bar, Unix time, ms. The last bar is the current one. */
export const firstBarAt = (nowMs: number): number => (Math.floor(nowMs / barMs) - barCount + 1) * barMs;

export const uptimesOf = ({ subjects, slots }: History, nowMs: number): readonly Uptime[] => {
  const from = firstBarAt(nowMs);
  const shown = slots.filter(({ at }) => at >= from);
  return subjects.map((subject, index) => {
    const own = shown.map(({ at, counts }) => ({ at, counts: counts[index] ?? [] }));
    const total = (which: number): number => own.reduce((sum, { counts }) => sum + (counts[which] ?? 0), 0);
    const [ok, degraded, failed] = [total(0), total(1), total(2)];
    const seen = ok + degraded + failed;
    const bars = Array.from({ length: barCount }, (_, bar) =>
      barOf(own.filter(({ at }) => Math.floor((at - from) / barMs) === bar).map(({ counts }) => counts)),
    );
    return { subject, share: seen === 0 ? null : (ok + degraded) / seen, cycles: seen, runs: runsOf(bars) };
  });
};

/** The worst that was seen. */
const barOf = (slots: readonly (readonly number[])[]): Bar => {
  const has = (which: number): boolean => slots.some((counts) => (counts[which] ?? 0) > 0);
  if (has(2)) return 'failed';
  if (has(1)) return 'degraded';
  if (has(0)) return 'ok';
  return has(3) ? 'unknown' : 'gap';
};

const runsOf = (bars: readonly Bar[]): readonly Run[] => {
  const runs: { bar: Bar; first: number; length: number }[] = [];
  for (const [index, bar] of bars.entries()) {
    const last = runs.at(-1);
    if (last?.bar === bar) last.length += 1;
    else runs.push({ bar, first: index, length: 1 });
  }
  return runs;
};

/** Rounded down, so that only a day without a failure has 100 %. */
export const shareWords = (share: number | null): string =>
  share === null ? 'not seen' : `${(Math.floor(share * 10_000) / 100).toFixed(share === 1 || share === 0 ? 0 : 2)} %`;
