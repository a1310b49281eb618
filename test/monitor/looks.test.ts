import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadSettings } from '../../src/config/load.ts';
import { isWorthLooks, lookAgain, lookBudget } from '../../src/functions/probe/looking.ts';
import type { LookBudget } from '../../src/incidents/look-budget.ts';
import type { IncidentStore } from '../../src/incidents/store.ts';
import { createMemoryStore } from '../../src/incidents/stores/memory.ts';
import type { Tracking } from '../../src/model/tracking.ts';
import { type Looking, lookUntilNext, shortestLookMs } from '../../src/monitor/looks.ts';
import type { Prepared } from '../../src/monitor/prepare.ts';
import { trackCycle } from '../../src/monitor/track.ts';
import { outcome, report } from '../metrics/reports.ts';

const failing = outcome('my.fails', 'fail', { failureMode: 'server-error' });
const budget: LookBudget = { cyclesPerMonth: 1, youngMs: 3_600_000 };

describe('looks between two cycles', () => {
  let inputs: Prepared;
  let store: IncidentStore;

  beforeAll(async () => {
    const text = JSON.stringify({
      credentials: { apiKey: 'none' },
      registration: { enabled: false },
      targets: { only: ['my.fails'], 'my.fails': { url: 'http://127.0.0.1:9/', auth: 'none' } },
    });
    const settings = await loadSettings({ text, name: 'a test', folder: '.' });
    inputs = { settings, baseline: [], only: null, registration: false, apiKey: null, missing: null };
  });

  beforeEach(async () => {
    store = createMemoryStore();
    const cycle = report([failing], {
      startedAt: new Date().toISOString(),
      verdict: 'failing',
      diagnosis: { status: 'no-match', hypotheses: [], faults: [], unexplained: ['my.fails'], paths: [] },
    });
    const signal = new AbortController().signal;
    await trackCycle(cycle, { settings: inputs.settings, store, channels: [], counts: true, now: Date.now, signal });
  });

  /** Stopped, so that the first look ends before it asks anything. */
  const look = (more: Partial<Looking> = {}) => {
    const at = performance.now();
    const stop = AbortSignal.abort();
    return lookUntilNext({
      ...{ inputs, store, stop, budget, beganAt: at, nextAt: at + 60_000, onChange: async () => undefined },
      ...more,
    });
  };
  const spent = async () => (await store.load(inputs.settings.environment))?.state.looks?.cycles ?? 0;

  it('end when the month’s share is used up', async () => {
    expect(await look()).toEqual({ looks: 0, isUsedUp: false });
    expect(await spent()).toBe(1);
    expect(await look()).toEqual({ looks: 0, isUsedUp: true });
    expect(await spent()).toBe(1);
  });

  it.each([
    ['waiting costs nothing', () => ({ budget: null })],
    ['the next cycle is near', () => ({ nextAt: performance.now() + 12_000 })],
    ['the incident is old', () => ({ budget: { ...budget, youngMs: 0 } })],
    ['the target is not of this monitor', () => ({ inputs: { ...inputs, only: [] } })],
  ])('use nothing of it if %s', async (_, more) => {
    expect(await look(more())).toEqual({ looks: 0, isUsedUp: false });
    expect(await spent()).toBe(0);
  });

  describe('of the function', () => {
    it.each([
      ['refuses', () => Promise.reject(new Error('DynamoDB is throttling')), 'DynamoDB is throttling'],
      ['hangs', () => Promise.withResolvers<never>().promise, 'The looks did not end within'],
    ])('end with a warning if the store %s, and the invocation goes on', async (_, load, message) => {
      const warnings: unknown[] = [];
      const logger = { info: () => undefined, warn: (...line: unknown[]) => void warnings.push(line) };
      // The next look is due, and there is just enough time for it.
      const time = { beganAt: performance.now() - 9_900, limitMs: shortestLookMs + 500 };
      await lookAgain(inputs, { ...time, store: { ...store, load }, budget, renewKey: async () => null, logger });
      expect(warnings).toMatchObject([[expect.any(String), { message: expect.stringContaining(message) }]]);
    });

    const tracking: Tracking = { open: [], news: [], sent: 0, waiting: 0, troubles: [] };
    const open = [{ id: 'x', severity: 'critical', startedAt: '2026-11-21T02:57:00Z', causes: [] }] as const;
    const healthy = report([outcome('my.fails', 'pass')]);
    const failed = report([failing]);
    it.each([
      ['a failing cycle', true, failed, tracking],
      ['a healthy cycle of an open incident', true, healthy, { ...tracking, open }],
      ['a healthy cycle', false, healthy, tracking],
      ['a blind cycle', false, { ...failed, blind: { phase: 'connect', control: null } as const }, tracking],
      ['a cycle that was not stored', false, failed, { ...tracking, troubles: ['no table'] }],
      ['a cycle that is not tracked', false, failed, null],
    ])('follow %s: %s', (_, expected, seen, tracked) => {
      expect(isWorthLooks(seen, tracked)).toBe(expected);
    });

    it('are off without hours, and a wrong value is reported instead of stopping the probe', () => {
      const troubles: string[] = [];
      const of = (hours?: string) =>
        lookBudget({ SYNTHETICS_RECHECK_HOURS: hours }, (sentence) => troubles.push(sentence))?.cyclesPerMonth ?? null;
      expect([of(), of(''), of('0'), of('24'), of('744')]).toEqual([null, null, null, 1_440, 44_640]);
      expect(troubles).toEqual([]);
      expect([of('a lot'), of('-1'), of('1e9')]).toEqual([null, null, null]);
      expect(troubles).toHaveLength(3);
    });
  });
});
