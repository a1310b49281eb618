import { setTimeout as pause } from 'node:timers/promises';

/** The longest timer in Node, 24.8 days; longer ones fire at once. */
const timerLimitMs = 2 ** 31 - 1;

/** Waits for any time, even months, or until the signal. */
export const sleep = async (ms: number, stop: AbortSignal): Promise<void> => {
  const until = performance.now() + ms;
  for (let left = ms; left > 0 && !stop.aborted; left = until - performance.now())
    await pause(Math.min(left, timerLimitMs), undefined, { signal: stop }).catch(() => undefined);
};
