import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { attemptCost } from '../probe/attempt-cost.ts';

/** Runs work under a concurrency limit, first come, first served. */
export const createLimiter = (concurrency: number): (<T>(work: () => Promise<T>) => Promise<T>) => {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= concurrency) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // Hand the slot on directly, so that no other work takes it in between.
      if (next === undefined) running -= 1;
      else next();
    }
  };
};

/**
 * Interval between starts, as a share of the time for which a lone attempt keeps the event loop busy. Below 1, because
 * work that meets in one turn of the loop is cheaper. Measured: at 1 a cycle takes a third longer, at 1/2 the errors of
 * the phases double.
 */
const spacing = 0.85;

/**
 * Lets one start pass at a time, at intervals of about the time for which an attempt keeps the event loop busy.
 * Attempts under way then rarely overlap, and their clocks stay right. If all started at once, each would wait for the
 * handshakes of the others and count that as the target's time. The last would hardly finish sooner, because the work
 * is the same.
 */
export const createPacer = (): (() => Promise<void>) => {
  let last: Promise<void> = Promise.resolve();
  let due = 0;
  const turn = async (): Promise<void> => {
    const waitMs = due - performance.now();
    // Even without a wait, let the loop read what has arrived first.
    await (waitMs < 1 ? nextTurn() : pause(waitMs));
    const intervalMs = attemptCost.ms * spacing;
    // When the loop lags, at most one start is made up for.
    due = Math.max(due, performance.now() - intervalMs) + intervalMs;
  };
  return () => {
    last = last.then(turn);
    return last;
  };
};
