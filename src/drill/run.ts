import { type Check, type Injection, openSite, type Trial } from './site.ts';

export interface RunOptions {
  readonly pace: number;
  readonly check: Check;
  /** Number of sandboxes at the same time. */
  readonly concurrency: number;
  /** Starts no further trial once aborted. */
  readonly stop: AbortSignal;
  readonly onTrial: (injection: Injection) => void;
}

export interface Ran {
  /** In the order of the injections. */
  readonly trials: readonly Trial[];
  /** Indexes of trials that lagged and were repeated alone. */
  readonly repeated: readonly number[];
  /** Indexes of trials that lagged again. */
  readonly late: readonly number[];
}

/**
 * A cycle whose event loop lagged by more than this, in ms at pace 1, is repeated alone. The sandbox's responses stay
 * at least 300 ms away from the prober's limits (sandbox/times.ts).
 */
const lateMs = 250;

/** A cycle mostly waits, so several run at once. They must not make each other's event loop lag. */
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
      // After one has failed, the others need not start.
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
