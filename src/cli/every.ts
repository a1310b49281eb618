import { sleep } from './sleep.ts';

/** The next beat of a schedule that began at `first`, after `now`: what took longer than a beat leaves beats out, and shifts none. */
const nextBeat = (first: number, everyMs: number, now: number): number =>
  first + (Math.floor(Math.max(0, now - first) / everyMs) + 1) * everyMs;

/** Does the work now and then at each beat, never twice at once, until the signal or the number of times. */
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
