import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { storedEntries } from '../../src/model/incident-schema/limits.ts';
import { defaultLimits } from '../../src/model/limits.ts';
import { expectingAt } from '../../src/normal/judge.ts';
import { learned } from '../../src/normal/learn.ts';
import { entryOf, keyIn, keyOf, normalFrom } from '../../src/normal/normal.ts';
import { defaultHosts } from '../../src/platform/hosts.ts';
import { defaultTargets } from '../../src/platform/targets.ts';
import { lognormal, minuteMs, nothing, randomOf, simulate } from './load.ts';

const steady = () => 100;

describe('one late response', () => {
  it('is chance; the second within three cycles is slow', () => {
    const before = simulate(steady, { cycles: 60 });
    const at = (...ms: readonly number[]) => {
      let number = 0;
      return simulate(() => ms[number++] ?? 0, { from: before, cycles: ms.length }).degraded.map(
        (atMs) => (atMs - before.endMs) / minuteMs,
      );
    };
    expect(at(3_000, 100, 100, 100)).toEqual([]);
    expect(at(3_000, 3_000, 100)).toEqual([1]);
    expect(at(3_000, 100, 3_000)).toEqual([2]);
    expect(at(3_000, 100, 100, 3_000)).toEqual([]);
  });

  it('of long ago does not count', () => {
    const before = simulate(steady, { cycles: 60 });
    const late = simulate(() => 3_000, { from: before, cycles: 1 });
    expect(expectingAt(late.normals, late.endMs, true)('a')).toMatchObject({ wasLate: true });
    expect(expectingAt(late.normals, late.endMs, false)('a')).toMatchObject({ wasLate: false });
  });
});

describe('at first', () => {
  it('nothing is slow, because nothing is known', () => {
    const random = randomOf(1);
    expect(simulate(() => 10 + 10_000 * random(), { cycles: 8 }).degraded).toEqual([]);
  });

  it('a small excess is no news', () => {
    const before = simulate(() => 10, { cycles: 60 });
    expect(simulate(() => 200, { from: before, cycles: 10 }).degraded).toEqual([]);
  });
});

describe('nothing is learned', () => {
  it('from a cycle that fails or is degraded', () => {
    const before = simulate(steady, { cycles: 30 });
    const failing = simulate((_, id) => (id === 'a' ? 250 : null), { from: before, cycles: 20, ids: ['a', 'b'] });
    const expected = (of: typeof before) => expectingAt(of.normals, before.endMs, false)('a');
    expect(expected(failing)).toEqual(expected(before));
    const slow = simulate(() => 3_000, { from: before, cycles: 20 });
    expect(expected(slow)).toEqual(expected(before));
  });
});

describe('what is stored', () => {
  it('takes 4 KB at most, however many requests there are', () => {
    const ids = Array.from({ length: 300 }, (_, number) => `my.own-target-with-a-long-name-${number}`);
    const random = randomOf(2);
    const { normals } = simulate(() => 100 * lognormal(random, 1), { cycles: 26 * 6, everyMs: 10 * minuteMs, ids });
    expect(normals.requests).toHaveLength(storedEntries.normals);
    expect(Buffer.byteLength(JSON.stringify(normals))).toBeLessThanOrEqual(4_096);
  });

  it('has room for the platform, without two requests that share an entry', () => {
    const targets = defaultTargets({ hosts: defaultHosts, limits: defaultLimits, corsOrigin: '' });
    const keys = new Set(targets.map(({ id }) => keyOf(id)));
    expect(keys.size).toBe(targets.length);
    expect(targets.filter(({ kind }) => kind === 'http').length).toBeLessThan(storedEntries.normals);
  });

  it('is the same again after it was read', () => {
    const random = randomOf(4);
    const { normals } = simulate(() => 100 * lognormal(random, 0.5), { cycles: 3_000, ids: ['a', 'b', 'c'] });
    for (const entry of normals.requests) {
      const normal = normalFrom(entry);
      expect(normal && entryOf(keyIn(entry), normal)).toBe(entry);
    }
  });

  it('cannot hurt, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string({ maxLength: 100 }), fc.stringMatching(/^[\w-]{83}$/))),
        fc.nat(1_000_000),
        (requests, hour) => {
          const ms = (hour + 5) * 3_600_000;
          const after = learned(
            { hour, requests },
            { atMs: ms, isHealthy: true, isRecent: true, requests: [{ id: 'a', ms: 5, isLate: false, isSlow: false }] },
          );
          expect(after.requests.length).toBeLessThanOrEqual(storedEntries.normals);
          for (const entry of after.requests) expect(normalFrom(entry)).not.toBeNull();
          const { normalMs = 1, lateMs = 1 } = expectingAt(after, ms, true)('a') ?? {};
          expect(Number.isFinite(normalMs) && Number.isFinite(lateMs)).toBe(true);
        },
      ),
    );
  });

  it('of a request that is not asked any more goes when room is short', () => {
    const all = Array.from({ length: storedEntries.normals }, (_, number) => `old-${number}`);
    const before = simulate(steady, { cycles: 1, ids: all });
    const { normals } = simulate(steady, { from: before, cycles: 1, ids: ['new'] });
    expect(normals.requests).toHaveLength(storedEntries.normals);
    expect(normals.requests.map(keyIn)).toContain(keyOf('new'));
    expect(nothing.requests).toEqual([]);
  });
});
