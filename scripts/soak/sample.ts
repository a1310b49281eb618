import { readdirSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Line, lineThrough } from './line.ts';

/** What the process holds: bytes in `heap` and `resident`, numbers in the rest (open files, sockets, timers). */
export type Sample = Readonly<Record<string, number>>;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Growth over the second half that counts as flat. */
const flatShare = 0.05;

export const takeSample = async (): Promise<Sample> => {
  // Sockets close in a later turn.
  for (let turns = 5; turns > 0; turns -= 1) await nextTurn();
  collect();
  const { heapUsed, external, rss } = process.memoryUsage();
  const held: Record<string, number> = {
    heap: heapUsed + external,
    resident: rss,
    files: readdirSync('/proc/self/fd').length,
  };
  for (const name of process.getActiveResourcesInfo()) held[name] = (held[name] ?? 0) + 1;
  return held;
};

export interface Growth {
  readonly lines: Readonly<Record<string, Line>>;
  /** What grows over the second half. */
  readonly growing: readonly string[];
}

export const growthOf = (samples: readonly Sample[]): Growth => {
  const half = samples.slice(Math.floor(samples.length / 2));
  const names = [...new Set(half.flatMap((sample) => Object.keys(sample)))];
  const lines = Object.fromEntries(names.map((name) => [name, lineThrough(half.map((sample) => sample[name] ?? 0))]));
  const growing = Object.entries(lines).filter(([, { mean, growth }]) => growth > Math.max(1, mean * flatShare));
  return { lines, growing: growing.map(([name]) => name) };
};
