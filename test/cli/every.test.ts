import { expect, it } from 'vitest';
import { every, type Missed } from '../../src/cli/every.ts';

const everyMs = 20;
const never = new AbortController().signal;

/** Returns after so many beats have passed. */
const work = async (beats: number): Promise<void> => {
  const until = performance.now() + beats * everyMs;
  while (performance.now() < until) await new Promise((resolve) => setImmediate(resolve));
};

it('a cycle that takes longer than the time between two is followed by the number of missed ones', async () => {
  const told: (Missed | null)[] = [];
  await every(everyMs, 2, never, async (missed) => {
    told.push(missed);
    if (told.length === 1) await work(3.5);
  });
  expect(told[0]).toBeNull();
  expect(told[1]?.count).toBeGreaterThanOrEqual(3);
});

it('a process that is blocked while it waits counts the beats that it slept through', async () => {
  const told: (Missed | null)[] = [];
  await every(everyMs, 2, never, async (missed) => {
    told.push(missed);
    if (told.length === 1)
      setTimeout(() => {
        const until = performance.now() + 5 * everyMs;
        while (performance.now() < until);
      }, 1);
  });
  expect(told[1]).toMatchObject({ reason: 'stopped' });
  expect(told[1]?.count).toBeGreaterThanOrEqual(3);
});
