import { type Check, type Injection, openSite, type Trial } from './site.ts';

export interface RunOptions {
  readonly pace: number;
  readonly check: Check;
  /** Sandboxes at once. */
  readonly concurrency: number;
  /** Nothing more is tried from then on. */
  readonly stop: AbortSignal;
  readonly onTrial: (injection: Injection) => void;
}

export interface Ran {
  /** In the order of the injections. */
  readonly trials: readonly Trial[];
  /** Indexes of those that were late, and were run again by themselves. */
  readonly repeated: readonly number[];
  /** Indexes of those that were late once more. */
  readonly late: readonly number[];
}

/**
 * A cycle with a clock that was later than this, in milliseconds at pace 1, is run again by itself. The closest that an answer
 * of the sandbox comes to a limit of the prober is 300 (sandbox/times.ts).
 */
const lateMs = 250;

/** Most of a cycle is waiting, so several run at once; none may be late because of the others. */
export const runAll = async (injections: readonly Injection[], options: RunOptions): Promise<Ran> => {
  const trials: Trial[] = [];
  const waiting = injections.map((injection, index) => ({ injection, index }));
  const work = async (): Promise<void> => {
    const site = openSite(options.pace, options.check);
    try {
      for (let next = waiting.shift(); next !== undefined && !options.stop.aborted; next = waiting.shift()) {
        trials[next.index] = await site.try(next.injection);
        options.onTrial(next.injection);
      }
    } finally {
      // When one cannot go on, neither do the others.
      waiting.length = 0;
      await site.close();
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.concurrency, injections.length) }, work));
  const repeated = lateOnes(trials, options.pace);
  const quiet = openSite(options.pace, options.check);
  for (const index of repeated) {
    const injection = injections[index];
    if (injection !== undefined && !options.stop.aborted) trials[index] = await quiet.try(injection);
  }
  await quiet.close();
  return { trials, repeated, late: lateOnes(trials, options.pace) };
};

const lateOnes = (trials: readonly Trial[], pace: number): readonly number[] =>
  trials.flatMap((trial, index) => (trial.kind === 'checked' && trial.lateMs > lateMs * pace ? [index] : []));
