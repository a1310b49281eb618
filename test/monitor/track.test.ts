import { beforeAll, describe, expect, it } from 'vitest';
import { loadSettings } from '../../src/config/load.ts';
import type { Settings } from '../../src/config/settings.ts';
import { acknowledge } from '../../src/incidents/by-hand.ts';
import { update } from '../../src/incidents/remember.ts';
import type { Channel } from '../../src/incidents/send.ts';
import type { IncidentStore } from '../../src/incidents/store.ts';
import { createMemoryStore } from '../../src/incidents/stores/memory.ts';
import type { Report } from '../../src/model/report.ts';
import { recall } from '../../src/monitor/recall.ts';
import { type TrackOptions, trackCycle } from '../../src/monitor/track.ts';
import { outcome, report } from '../metrics/reports.ts';

const never = <T>(): Promise<T> => Promise.withResolvers<T>().promise;
const startedAt = Date.parse('2026-11-21T02:57:00.000Z');

const failingCycle = (minute: number, version: string | null = null): Report => {
  const failing = outcome('my.fails', 'fail', { failureMode: 'server-error' });
  const healthy = outcome('api.health', 'pass');
  return report([failing, { ...healthy, evidence: { ...healthy.evidence, version } }], {
    runId: `run-${minute}`,
    verdict: 'failing',
    startedAt: new Date(startedAt + minute * 60_000).toISOString(),
    diagnosis: { status: 'no-match', hypotheses: [], faults: [], unexplained: ['my.fails'], paths: [] },
  });
};

describe('the tracking of a cycle', () => {
  let settings: Settings;
  beforeAll(async () => {
    const text = JSON.stringify({
      credentials: { apiKey: 'none' },
      registration: { enabled: false },
      incidents: { open: { failures: 1, of: 1 } },
      targets: { 'my.fails': { url: 'https://registry.hokus.ai/fails' } },
    });
    settings = await loadSettings({ text, name: 'a test', folder: '.' });
  });

  /** A store that notes what is asked of it, and a channel that notes what it takes. */
  const world = (changed: (store: IncidentStore) => Partial<IncidentStore> = () => ({})) => {
    const calls: string[] = [];
    const taken: string[] = [];
    const memory = createMemoryStore();
    const behaving = { ...memory, ...changed(memory) };
    const store: IncidentStore = {
      ...behaving,
      load: (...args) => {
        calls.push('load');
        return behaving.load(...args);
      },
      save: (...args) => {
        calls.push('save');
        return behaving.save(...args);
      },
    };
    const channel: Channel = { name: 'sns', send: async ({ kind }) => void taken.push(kind) };
    const options = (): TrackOptions => ({
      ...{ settings, store, channels: [channel], counts: true },
      now: () => startedAt,
      signal: AbortSignal.timeout(60_000),
    });
    return { store, memory, calls, taken, options };
  };

  it('reads once, and writes once when it has no messages: its end uses the state from its start', async () => {
    const { store, calls, taken, options } = world();
    const { known } = recall(settings, { store, now: () => startedAt });
    const first = await trackCycle(failingCycle(0), { ...options(), known });
    expect(first).toMatchObject({ sent: 1, waiting: 0, troubles: [] });
    expect([calls.splice(0), taken]).toEqual([['load', 'save', 'save'], ['opened']]);

    const again = recall(settings, { store, now: () => startedAt });
    await trackCycle(failingCycle(1), { ...options(), known: again.known });
    expect(calls).toEqual(['load', 'save']);
  });

  it('acknowledges an alert that a chat has acknowledged, after the messages, and says if it was refused', async () => {
    const { store, taken, options } = world();
    await trackCycle(failingCycle(0), options());
    const acknowledged: string[] = [];
    const pager: Channel = {
      name: 'pager',
      send: async ({ kind }) => void acknowledged.push(kind),
      acknowledge: async ({ id, by }) => void acknowledged.push(`${id} by ${by}`),
    };
    const down: Channel = {
      name: 'down',
      send: pager.send,
      acknowledge: () => Promise.reject(new Error('it is down')),
    };
    const environment = settings.environment;
    const id = (await store.load(environment))?.state.tracked[0]?.view.id ?? '';
    const at = new Date(startedAt + 5_000).toISOString();
    const memory = { store, environment, channels: [], now: () => startedAt };
    await update(memory, (state) => acknowledge(state, id, 'ada', at));

    const { troubles } = await trackCycle(failingCycle(1), { ...options(), channels: [pager, down] });
    expect(acknowledged).toEqual([`${id} by ada`]);
    expect(troubles).toEqual([`${id} was not acknowledged in down: it is down`]);
    await trackCycle(failingCycle(2), { ...options(), channels: [pager, down] });
    expect(acknowledged).toHaveLength(1);
    expect(taken).toEqual(['opened']);
  });

  it('notices what another process has written since its start', async () => {
    const { store, memory, options } = world();
    const { known } = recall(settings, { store, now: () => startedAt });
    await known;
    await trackCycle(failingCycle(0), { ...options(), store: memory, channels: [] });
    await trackCycle(failingCycle(2), { ...options(), known });
    expect((await memory.load('development'))?.state.tracked[0]?.view.failingCycles).toBe(2);
  });

  it('waits only as long as allowed for messages of earlier cycles', async () => {
    const { store } = world(() => ({ load: never }));
    const said: string[] = [];
    const { history, known } = recall(
      settings,
      { store, now: Date.now },
      { limitMs: 30, onTrouble: ({ message }) => said.push(message) },
    );
    expect([await history, await known]).toEqual([null, undefined]);
    expect(said).toEqual(['the incidents were not read within 0.03 s']);
  });

  it('ends with trouble when a store hangs, and sends nothing that is not stored', async () => {
    const { taken, options } = world(() => ({ save: never }));
    const tracking = await trackCycle(failingCycle(0), { ...options(), storeMs: 30 });
    expect(tracking).toMatchObject({
      open: null,
      sent: 0,
      waiting: null,
      troubles: ['the incidents were not stored within 0.03 s'],
    });
    expect(taken).toEqual([]);
  });

  it('ends when it cannot store what it sent, and says that the message will be sent once more', async () => {
    let saves = 0;
    const { taken, options, memory } = world((store) => ({
      save: (...args) => {
        saves += 1;
        return saves === 1 ? store.save(...args) : never();
      },
    }));
    const tracking = await trackCycle(failingCycle(0), { ...options(), receiptMs: () => 30 });
    expect(tracking).toMatchObject({
      open: [expect.anything()],
      sent: 1,
      waiting: null,
      troubles: ['messages that were sent will be sent once more: the incidents were not stored within 0.03 s'],
    });
    expect(taken).toEqual(['opened']);
    expect((await memory.load('development'))?.state.outbox).toHaveLength(1);
  });

  it('stores and sends a version of 200 KB, and recognizes it in the next cycle', async () => {
    const { taken, options, memory } = world();
    const version = 'v'.repeat(200_000);
    expect(await trackCycle(failingCycle(0, version), options())).toMatchObject({ sent: 1, troubles: [] });
    expect(await trackCycle(failingCycle(1, version), options())).toMatchObject({ troubles: [] });
    const stored = await memory.load('development');
    expect(JSON.stringify(stored).length).toBeLessThan(5_000);
    expect(stored?.state.version).toEqual({ current: expect.stringMatching(/^v+…$/), deployment: null });
    expect(taken).toEqual(['opened']);
  });
});
