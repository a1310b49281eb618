import { sleep } from './sleep.ts';

/** The next beat after `now` of a schedule that started at `first`. Long work skips beats and does not shift them. */
const nextBeat = (first: number, everyMs: number, now: number): number =>
  first + (Math.floor(Math.max(0, now - first) / everyMs) + 1) * everyMs;

/** Runs the work now and at each beat, never concurrently, until the signal or the number of runs. */
export const every = async (
  everyMs: number,
  times: number,
  stop: AbortSignal,
  work: () => Promise<void>,
): Promise<void> => {
  const first = performance.now();
  for (let done = 0; done < times && !stop.aborted; ) {
    await work();
    done += 1;
    if (done < times) await sleep(nextBeat(first, everyMs, performance.now()) - performance.now(), stop);
  }
};
