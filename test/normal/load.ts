import { expectingAt } from '../../src/normal/judge.ts';
import { learned } from '../../src/normal/learn.ts';
import type { Normals } from '../../src/normal/normal.ts';

/** A generator of its own (mulberry32), so that a seed names one run. */
export const randomOf = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** A factor whose logarithm is normally distributed. */
export const lognormal = (random: () => number, sigma: number): number =>
  Math.exp(sigma * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()));

export const minuteMs = 60_000;
export const dayMs = 86_400_000;
const beginMs = Date.parse('2026-11-01T00:00:00Z');

export const nothing: Normals = { hour: 0, requests: [] };
export const hourAt = (atMs: number): number => (atMs / 3_600_000) % 24;

/** Milliseconds that a request takes at a time; null: it fails. */
export type Load = (atMs: number, id: string) => number | null;

export interface Simulated {
  readonly normals: Normals;
  readonly endMs: number;
  /** Times of the cycles that were degraded. */
  readonly degraded: readonly number[];
}

interface Span {
  readonly from?: Pick<Simulated, 'normals' | 'endMs'>;
  readonly cycles: number;
  readonly everyMs?: number;
  readonly ids?: readonly string[];
}

/** Cycle after cycle: judged by what is normal so far, then learned. */
export const simulate = (load: Load, { from, cycles, everyMs = minuteMs, ids = ['a'] }: Span): Simulated => {
  let { normals, endMs } = from ?? { normals: nothing, endMs: beginMs };
  const degraded: number[] = [];
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    const atMs = endMs;
    endMs += everyMs;
    const expecting = expectingAt(normals, atMs, true);
    const requests = ids.map((id) => {
      const ms = load(atMs, id);
      const expected = expecting(id);
      const isLate = ms !== null && expected !== null && ms > expected.lateMs;
      return { id, ms, isLate, isSlow: isLate && expected.wasLate };
    });
    const isSlow = requests.some((one) => one.isSlow);
    if (isSlow) degraded.push(atMs);
    const isHealthy = !isSlow && requests.every(({ ms }) => ms !== null);
    normals = learned(normals, { atMs, isHealthy, isRecent: true, requests });
  }
  return { normals, endMs, degraded };
};
