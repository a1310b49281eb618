import { sleep } from '../model/sleep.ts';

/** Beats that passed without a run. `slow`: the run before took too long. `stopped`: this machine or process was. */
export interface Missed {
  readonly count: number;
  readonly reason: 'slow' | 'stopped';
}

/** Runs the work now and at each beat, never concurrently, until the signal or the number of runs. Long work skips beats and does not shift them. */
export const every = async (
  everyMs: number,
  times: number,
  stop: AbortSignal,
  work: (missed: Missed | null) => Promise<void>,
): Promise<void> => {
  const first = performance.now();
  /** Number of the last beat. */
  let beat = 0;
  let missed: Missed | null = null;
  for (let done = 0; done < times && !stop.aborted; ) {
    const longestPauseMs = watchPauses();
    await work(missed);
    const stoppedInWork = longestPauseMs() >= everyMs;
    done += 1;
    if (done >= times) return;
    const next = Math.floor(Math.max(0, performance.now() - first) / everyMs) + 1;
    const lateMs = await sleepUntil(first + next * everyMs, stop);
    const skipped = Math.floor(lateMs / everyMs);
    const passed = next - beat - 1;
    missed = stoppedInWork ? missedIn(0, passed + skipped) : missedIn(passed, skipped);
    beat = next + Math.floor(Math.max(0, performance.now() - first - next * everyMs) / everyMs);
  }
};

const missedIn = (slow: number, stopped: number): Missed | null => {
  if (stopped > 0) return { count: slow + stopped, reason: 'stopped' };
  return slow > 0 ? { count: slow, reason: 'slow' } : null;
};

/** How often the process shows that it runs. */
const signOfLifeMs = 1_000;

/** Starts to watch the process. @returns ends it, with the longest time in milliseconds for which the process did not run */
const watchPauses = (): (() => number) => {
  let [last, longest] = [performance.now(), 0];
  const note = (): void => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  };
  const timer = setInterval(note, signOfLifeMs).unref();
  return () => {
    clearInterval(timer);
    note();
    return longest;
  };
};

/**
 * Milliseconds too late. While a machine sleeps, the monotonic clock of some systems stands still, so the time of day
 * counts too.
 */
const sleepUntil = async (until: number, stop: AbortSignal): Promise<number> => {
  const [wall, monotonic] = [Date.now(), performance.now()];
  await sleep(until - monotonic, stop);
  const slept = performance.now() - monotonic;
  const unseen = Date.now() - wall - slept;
  return Math.max(0, performance.now() - until) + Math.max(0, unseen);
};
