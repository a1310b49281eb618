import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type DeliveryOptions, deliver } from '../../src/incidents/deliver.ts';
import { enqueue } from '../../src/incidents/outbox.ts';
import type { Channel } from '../../src/incidents/send.ts';
import { emptyState, type State } from '../../src/incidents/state.ts';
import { StoreError } from '../../src/incidents/store.ts';
import { createMemoryStore } from '../../src/incidents/stores/memory.ts';
import type { IncidentEvent } from '../../src/model/incident.ts';
import { idsOf, incidentEvent } from './events.ts';

const environment = 'development';

/** A store with these events in its outbox, and two channels that write down what they take. */
const world = async (events: readonly IncidentEvent[]) => {
  let now = Date.parse('2026-11-21T02:57:00Z');
  const store = createMemoryStore();
  const taken: string[] = [];
  let refuses = (_channel: string, _event: IncidentEvent): string | null => null;
  const channel = (name: string): Channel => ({
    name,
    send: async (event) => {
      const reason = refuses(name, event);
      if (reason !== null) throw new Error(reason);
      taken.push(`${name} ${event.subject}.${event.id.split('.').at(-1)}`);
    },
  });
  const channels = [channel('sns'), channel('chat')];
  await store.save(enqueue(emptyState(environment), events, ['sns', 'chat']).state, null);
  const options: DeliveryOptions = {
    ...{ store, environment, channels, runId: 'a-run', now: () => now },
    signal: new AbortController().signal,
    sendLimitMs: 20_000,
    pause: async () => {},
  };
  return {
    store,
    taken,
    channel,
    run: (changed: Partial<DeliveryOptions> = {}) => deliver({ ...options, ...changed }),
    refuse: (rule: typeof refuses) => {
      refuses = rule;
    },
    wait: (ms: number) => {
      now += ms;
    },
    outbox: async (): Promise<State['outbox']> => (await store.load(environment))?.state.outbox ?? [],
  };
};

describe('a delivery', () => {
  it('sends every waiting event to every channel, in order', async () => {
    const { run, taken, outbox } = await world([
      incidentEvent('a', 1),
      incidentEvent('b', 1),
      incidentEvent('a', 2, 'resolved'),
    ]);
    expect(await run()).toEqual({ sent: 6, failed: [], waiting: 0 });
    expect(taken.toSorted()).toEqual(['chat a.1', 'chat a.2', 'chat b.1', 'sns a.1', 'sns a.2', 'sns b.1']);
    expect(taken.indexOf('sns a.1')).toBeLessThan(taken.indexOf('sns a.2'));
    expect(await outbox()).toEqual([]);
    expect(await run()).toEqual({ sent: 0, failed: [], waiting: 0 });
  });

  it('keeps a refused event and the ones after it for that channel, with the reason', async () => {
    const { run, taken, refuse, outbox } = await world([
      incidentEvent('a', 1),
      incidentEvent('a', 2, 'resolved'),
      incidentEvent('b', 1),
    ]);
    refuse((channel, { subject }) => (channel === 'chat' && subject === 'a' ? 'HTTP 500' : null));
    expect(await run()).toEqual({
      sent: 4,
      failed: [{ event: 'development.a.1', channel: 'chat', reason: 'HTTP 500' }],
      waiting: 2,
    });
    await run();
    expect(await outbox()).toMatchObject([
      {
        event: { id: 'development.a.1' },
        to: ['chat'],
        takenBy: ['sns'],
        claim: null,
        refusals: 2,
        lastRefusal: 'chat: HTTP 500',
      },
      { event: { id: 'development.a.2' }, to: ['chat'], takenBy: ['sns'], claim: null, refusals: 0, lastRefusal: null },
    ]);
    refuse(() => null);
    expect(await run()).toEqual({ sent: 2, failed: [], waiting: 0 });
    expect(taken.filter((one) => one.startsWith('chat a'))).toEqual(['chat a.1', 'chat a.2']);
    expect(new Set(taken).size).toBe(taken.length);
  });

  it('does not send an event that another run is sending, until that run counts as dead', async () => {
    const { run, taken, wait, channel } = await world([incidentEvent('a', 1)]);
    const never = { ...channel('sns'), send: () => Promise.withResolvers<void>().promise };
    const stop = new AbortController();
    const killed = run({ channels: [never, channel('chat')], signal: stop.signal });
    await sleep(0);
    expect(await run()).toEqual({ sent: 0, failed: [], waiting: 1 });
    wait(59_999);
    expect((await run()).sent).toBe(0);
    wait(1);
    expect((await run()).sent).toBe(2);
    expect(taken).toEqual(['chat a.1', 'sns a.1', 'chat a.1']);
    stop.abort();
    expect((await killed).waiting).toBe(0);
  });

  it('ignores a claim from a clock that was hours ahead', async () => {
    const { run, wait, channel } = await world([incidentEvent('a', 1)]);
    wait(5 * 3_600_000);
    const never = { ...channel('sns'), send: () => Promise.withResolvers<void>().promise };
    const stop = new AbortController();
    const ahead = run({ channels: [never], signal: stop.signal });
    await sleep(0);
    wait(-5 * 3_600_000);
    expect((await run()).sent).toBe(1);
    stop.abort();
    await ahead;
  });

  it('gives up a channel that hangs, sends to the others meanwhile, and leaves no claim behind', async () => {
    const { run, taken, channel, outbox } = await world([incidentEvent('a', 1), incidentEvent('b', 1)]);
    const ended: unknown[] = [];
    const hanging: Channel = {
      name: 'sns',
      send: (_, signal) => {
        signal.addEventListener('abort', () => ended.push(signal.reason.message));
        return Promise.withResolvers<void>().promise;
      },
    };
    const { sent, failed } = await run({ channels: [hanging, channel('chat')], sendLimitMs: 30 });
    expect([sent, failed.map(({ reason }) => reason)]).toEqual([
      2,
      ['not taken within 0.03 s', 'not taken within 0.03 s'],
    ]);
    expect(ended).toHaveLength(2);
    expect(taken).toEqual(['chat a.1', 'chat b.1']);
    expect((await outbox()).map(({ claim, to }) => [claim, to])).toEqual([
      [null, ['sns']],
      [null, ['sns']],
    ]);
  });

  it('ends at the deadline, and reports and keeps the unsent events for the next run', async () => {
    const { run, channel, outbox } = await world([incidentEvent('a', 1), incidentEvent('a', 2)]);
    const hanging = { ...channel('sns'), send: () => Promise.withResolvers<void>().promise };
    const signal = AbortSignal.timeout(30);
    expect(await run({ channels: [hanging, channel('chat')], signal })).toEqual({
      sent: 2,
      failed: [{ event: 'development.a.1', channel: 'sns', reason: 'the time was over before it was taken' }],
      waiting: 2,
    });
    expect(idsOf(await outbox())).toEqual(['development.a.1', 'development.a.2']);
    expect((await run({ signal })).failed[0]?.reason).toBe('the time was over before it could be sent');
    expect((await run()).waiting).toBe(0);
  });

  it('starts no sending that could outlast its claim', async () => {
    const { run, wait, channel, taken, outbox } = await world([incidentEvent('a', 1), incidentEvent('a', 2)]);
    const slow = {
      ...channel('sns'),
      send: async () => {
        taken.push('slow');
        wait(50_000);
      },
    };
    const { failed } = await run({ channels: [slow] });
    expect(failed).toEqual([
      { event: 'development.a.2', channel: 'sns', reason: 'the time was over before it could be sent' },
    ]);
    expect(taken).toEqual(['slow']);
    expect(idsOf(await outbox())).toEqual(['development.a.2']);
  });

  it('drops events for a channel that is no longer configured', async () => {
    const { run, channel, outbox } = await world([incidentEvent('a', 1)]);
    expect(await run({ channels: [channel('sns')] })).toEqual({ sent: 1, failed: [], waiting: 0 });
    expect(await outbox()).toEqual([]);
  });

  it('of two runs under one id sends once', async () => {
    const { run, taken } = await world([incidentEvent('a', 1)]);
    await Promise.all([run(), run(), run()]);
    expect(taken.toSorted()).toEqual(['chat a.1', 'sns a.1']);
  });

  it('shortens a long reason', async () => {
    const { run, refuse, outbox } = await world([incidentEvent('a', 1)]);
    refuse(() => 'x'.repeat(10_000));
    await run();
    expect((await outbox())[0]?.lastRefusal).toHaveLength('chat: '.length + 300);
  });

  it('reports when it could not store what it sent', async () => {
    const { run, store, taken } = await world([incidentEvent('a', 1)]);
    let saves = 0;
    const failing = {
      ...store,
      save: async (...args: Parameters<typeof store.save>) => {
        saves += 1;
        if (saves === 2) throw new StoreError('unavailable', 'no such table');
        return store.save(...args);
      },
    };
    await expect(run({ store: failing })).rejects.toThrow('no such table');
    expect(taken).toHaveLength(2);
  });
});
