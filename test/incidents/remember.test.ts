import { describe, expect, it } from 'vitest';
import { type Memory, update } from '../../src/incidents/remember.ts';
import { emptyState, type State } from '../../src/incidents/state.ts';
import { type IncidentStore, StoreError } from '../../src/incidents/store.ts';
import { createMemoryStore, type MemoryContents } from '../../src/incidents/stores/memory.ts';
import { countIn, withCount } from './counter.ts';
import { incidentEvent } from './events.ts';

const environment = 'development';
const now = (): number => Date.parse('2026-11-21T02:57:04.123Z');

const memoryOver = (contents: MemoryContents, wrap: (store: IncidentStore) => IncidentStore = (store) => store) => {
  const pauses: number[] = [];
  const memory: Memory = {
    store: wrap(createMemoryStore(contents, now)),
    environment,
    channels: ['sns'],
    now,
    pause: async (times) => void pauses.push(times),
  };
  return { memory, pauses };
};

const counted = (state: State): State => withCount(state, countIn(state) + 1);
const countOf = (contents: MemoryContents): number => countIn(JSON.parse(contents.get(environment)?.json ?? '{}'));

describe('a change of the stored state', () => {
  it('is made by every one of many concurrent processes', async () => {
    const contents: MemoryContents = new Map();
    const { memory } = memoryOver(contents);
    await Promise.all(Array.from({ length: 8 }, () => update(memory, counted)));
    expect(countOf(contents)).toBe(9);
  });

  it('is applied again to the newer state of a faster process', async () => {
    const contents: MemoryContents = new Map();
    const other = memoryOver(contents).memory;
    let faster = 3;
    const { memory, pauses } = memoryOver(contents, (store) => ({
      ...store,
      save: async (...args) => {
        if (faster-- > 0) await update(other, counted);
        return store.save(...args);
      },
    }));
    expect(countIn(await update(memory, counted))).toBe(5);
    expect(countOf(contents)).toBe(5);
    expect(pauses).toEqual([1, 2, 3]);
  });

  it('is given up after ten attempts, with the fix', async () => {
    const { memory, pauses } = memoryOver(new Map(), (store) => ({ ...store, save: async () => false }));
    await expect(update(memory, counted)).rejects.toThrow(
      /changed the incidents of development 10 times.*how many monitors/,
    );
    expect(pauses).toHaveLength(9);
  });

  it('that changes nothing writes nothing', async () => {
    const contents: MemoryContents = new Map();
    const { memory } = memoryOver(contents);
    expect(await update(memory, (state) => state)).toEqual(emptyState(environment));
    expect(contents.size).toBe(0);
    await update(memory, counted);
    const stored = contents.get(environment);
    await update(memory, (state) => state);
    expect(contents.get(environment)).toBe(stored);
  });

  const spoiled = (json: string): MemoryContents => new Map([[environment, { json, version: 7, keptAs: null }]]);

  it('of an unreadable state starts over, keeps the old contents, and reports it', async () => {
    const contents = spoiled('{"half":');
    const begun = await update(memoryOver(contents).memory, counted);
    expect(countIn(begun)).toBe(2);
    const [waiting] = begun.outbox;
    expect(waiting).toMatchObject({
      to: ['sns'],
      event: {
        kind: 'state-lost',
        id: 'development.state.1795229824',
        reason: expect.stringMatching(/^The stored state of development is not JSON/),
        keptAs: 'development#unreadable-20261121T025704.123Z',
      },
    });
    expect(contents.get('development#unreadable-20261121T025704.123Z')?.json).toBe('{"half":');
  });

  it('of an unreadable state reports it even without another change', async () => {
    const contents = spoiled('');
    await update(memoryOver(contents).memory, (state) => state);
    expect((await memoryOver(contents).memory.store.load(environment))?.state.outbox).toHaveLength(1);
  });

  it('of an unreadable state is reported even if the process dies right after putting it aside', async () => {
    const contents = spoiled('');
    const dying = memoryOver(contents, (store) => ({ ...store, save: () => Promise.reject(new Error('killed')) }));
    await expect(update(dying.memory, counted)).rejects.toThrow('killed');
    expect((await update(memoryOver(contents).memory, counted)).outbox).toHaveLength(1);
    expect([...contents.keys()]).toHaveLength(2);
  });

  it('of a state that two processes find unreadable is reported once', async () => {
    const contents = spoiled('');
    const { memory } = memoryOver(contents);
    await Promise.all([update(memory, counted), update(memory, counted)]);
    const { state } = (await memory.store.load(environment)) ?? { state: emptyState(environment) };
    expect(state.outbox).toHaveLength(1);
    expect(countIn(state)).toBe(3);
  });

  it('of a state from a newer version is refused, and the state is unchanged', async () => {
    const contents = spoiled('{"schemaVersion":2}');
    await expect(update(memoryOver(contents).memory, counted)).rejects.toMatchObject({ trouble: 'newer' });
    expect(contents).toEqual(spoiled('{"schemaVersion":2}'));
  });

  it('in a store that cannot be used is refused with the store’s reason', async () => {
    const load = (): never => {
      throw new StoreError('unavailable', 'no such table');
    };
    const { memory } = memoryOver(new Map(), (store) => ({ ...store, load }));
    await expect(update(memory, counted)).rejects.toThrow('no such table');
  });

  it('uses the state read just before, and reads again only if another process was faster', async () => {
    const contents: MemoryContents = new Map();
    let loads = 0;
    const { memory } = memoryOver(contents, (store) => ({
      ...store,
      load: async (...args) => {
        loads += 1;
        return store.load(...args);
      },
    }));
    await update({ ...memory, known: null }, counted);
    const known = await memoryOver(contents).memory.store.load(environment);
    await update({ ...memory, known }, counted);
    expect(loads).toBe(0);

    await update({ ...memory, known }, counted);

    expect(loads).toBe(1);
    expect(countOf(contents)).toBe(4);
  });

  it('ends when its time is over, without further reads or writes', async () => {
    const stop = new AbortController();
    const { memory } = memoryOver(new Map(), (store) => ({
      ...store,
      save: async () => {
        stop.abort(new Error('the time is over'));
        return false;
      },
    }));
    await expect(update({ ...memory, signal: stop.signal }, counted)).rejects.toThrow('the time is over');
  });

  it('of a state from before the limits is stored within them, and reports what was left out', async () => {
    const contents: MemoryContents = new Map();
    const large = Array.from({ length: 400 }, (_, index) => incidentEvent(`open-${index}`, 1));
    const waiting = { to: ['sns'], takenBy: [], claim: null, refusals: 0, lastRefusal: null };
    const old = { ...emptyState(environment), outbox: large.map((event) => ({ event, ...waiting })) };
    const { memory } = memoryOver(contents);
    await memory.store.save(old, null);
    const said: string[] = [];

    const { outbox } = await update({ ...memory, onLeftOut: (sentences) => said.push(...sentences) }, counted);

    expect(outbox.length).toBeGreaterThan(50);
    expect(said).toHaveLength(large.length - outbox.length);
    expect(said[0]).toBe('development.open-0.1 was dropped, because too many events are waiting');
  });
});
