import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { sleep } from '../../src/model/sleep.ts';

it('a sleep of months works, and ends at the signal', async () => {
  const stop = new AbortController();
  let isOver = false;
  const slept = sleep(400 * 86_400_000, stop.signal).then(() => {
    isOver = true;
  });
  // A timer that is set to more than it can count is over in a millisecond.
  await sleep(20, stop.signal);
  await turn();
  expect(isOver).toBe(false);
  stop.abort();
  await slept;
});

it('a sleep after the signal returns at once', async () => {
  await sleep(400 * 86_400_000, AbortSignal.abort());
});
