import { describe, expect, it } from 'vitest';
import { dayMs, hourAt, type Load, lognormal, randomOf, simulate } from './load.ts';

const day = 1_440;
const month = 30 * day;
const seeds = Array.from({ length: 8 }, (_, seed) => seed + 1);

/** Slow at noon, fast at midnight. */
const waves =
  (random: () => number, { times, sigma }: { readonly times: number; readonly sigma: number }): Load =>
  (atMs) => {
    const share = 0.5 - 0.5 * Math.cos((2 * Math.PI * hourAt(atMs)) / 24);
    return 100 * times ** share * lognormal(random, sigma);
  };

/** Slow during office hours, from one minute to the next. */
const office =
  (random: () => number, { times, sigma }: { readonly times: number; readonly sigma: number }): Load =>
  (atMs) => {
    const isOpen = hourAt(atMs) >= 8 && hourAt(atMs) < 18 && Math.floor(atMs / dayMs) % 7 < 5;
    return 100 * (isOpen ? times : 1) * lognormal(random, sigma);
  };

describe('a month of load, a cycle a minute, from the first minute on', () => {
  it.each(seeds)('is never degraded by day and night (seed %i)', (seed) => {
    const random = randomOf(seed);
    const form = { times: 2 + random(), sigma: 0.2 + 0.4 * random() };
    expect(simulate(waves(random, form), { cycles: month }).degraded).toEqual([]);
  });

  it.each(seeds)('is never degraded by office hours and weekends (seed %i)', (seed) => {
    const random = randomOf(seed);
    const form = { times: 2 + random(), sigma: 0.2 + 0.3 * random() };
    expect(simulate(office(random, form), { cycles: month }).degraded).toEqual([]);
  });
});

describe('a jump from 100 ms to 3 s', () => {
  it('is degraded within three cycles, whenever it begins, and for as long as it lasts', () => {
    const missed = Array.from({ length: 120 }, (_, seed) => seed + 1).filter((seed) => {
      const random = randomOf(seed);
      const sigma = 0.1 + 0.3 * random();
      const usual = () => 100 * lognormal(random, sigma);
      const before = simulate(usual, { cycles: 30 + Math.floor(3 * day * random()) });
      const jump = simulate(() => 3_000 * lognormal(random, 0.1), { from: before, cycles: 60 });
      const [first = Number.POSITIVE_INFINITY] = jump.degraded;
      return before.degraded.length > 0 || first - before.endMs > 120_000 || jump.degraded.length < 57;
    });
    expect(missed).toEqual([]);
  });
});

describe('a slow leak', () => {
  it.each([0.05, 0.1, 0.2])('of %d a day is noticed', (aDay) => {
    const random = randomOf(7);
    const began = Date.parse('2026-11-08T00:00:00Z');
    const leak: Load = (atMs) => 100 * (1 + aDay) ** Math.max(0, (atMs - began) / dayMs) * lognormal(random, 0.3);
    const { degraded } = simulate(leak, { cycles: 3 * month });
    expect(degraded.length).toBeGreaterThan(0);
    // Before it is 60 times as slow.
    expect(((degraded[0] ?? 0) - began) / dayMs).toBeLessThan(Math.log(60) / Math.log(1 + aDay));
  });
});

describe('a platform that has changed', () => {
  it('is normal after four days, and notices the next jump', () => {
    const random = randomOf(3);
    const before = simulate(() => 100 * lognormal(random, 0.3), { cycles: 3 * day });
    const changed = simulate(() => 1_000 * lognormal(random, 0.3), { from: before, cycles: 10 * day });
    const last = changed.degraded.at(-1) ?? 0;
    expect((last - before.endMs) / dayMs).toBeGreaterThan(2);
    expect((last - before.endMs) / dayMs).toBeLessThan(4);
    expect(simulate(() => 30_000, { from: changed, cycles: 3 }).degraded).toHaveLength(2);
  });

  it('is normal soon after it got faster: a return to the old time is slow', () => {
    const before = simulate(() => 2_000, { cycles: 3 * day });
    const faster = simulate(() => 50, { from: before, cycles: 14 * day });
    expect(simulate(() => 2_000, { from: faster, cycles: 3 }).degraded).toHaveLength(2);
  });
});
