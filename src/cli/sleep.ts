import { setTimeout as pause } from 'node:timers/promises';

/** Node's timers count to this many milliseconds, 24.8 days; one that is set to more fires at once. */
const timerLimitMs = 2 ** 31 - 1;

/** Waits, for months if need be, or until the signal. */
export const sleep = async (ms: number, stop: AbortSignal): Promise<void> => {
  const until = performance.now() + ms;
  for (let left = ms; left > 0 && !stop.aborted; left = until - performance.now())
    await pause(Math.min(left, timerLimitMs), undefined, { signal: stop }).catch(() => undefined);
};
