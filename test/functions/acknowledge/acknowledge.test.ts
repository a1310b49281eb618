import { describe, expect, test } from 'vitest';
import { acknowledgeBy } from '../../../src/functions/acknowledge/acknowledge.ts';
import { isOpen } from '../../../src/incidents/state.ts';
import { type IncidentStore, StoreError } from '../../../src/incidents/store.ts';
import { createMemoryStore } from '../../../src/incidents/stores/memory.ts';
import { began, cycleAt, minuteMs, playCycles, times } from '../../incidents/cycles.ts';
import { critical } from '../widget/states.ts';

const { state } = playCycles(times(3, critical).map((one, minute) => cycleAt(began + minute * minuteMs, [one])));
const [id = ''] = state.tracked.filter(isOpen).map(({ view }) => view.id);
const environments = [state.environment, `${state.environment}-vpc`] as const;
const now = () => began + 5 * minuteMs;

const stored = async (): Promise<IncidentStore> => {
  const store = createMemoryStore();
  await store.save(state, null);
  return store;
};

const acknowledgedIn = async (store: IncidentStore) =>
  (await store.load(state.environment))?.state.tracked.map(({ view }) => view.acknowledged);

describe('acknowledging from a chat', () => {
  test.each([
    { title: 'with a name', by: 'ada', expected: 'ada' },
    { title: 'by a button, which does not know who pressed it', by: undefined, expected: 'chat' },
  ])('is stored: $title', async ({ by, expected }) => {
    const store = await stored();

    expect(await acknowledgeBy({ acknowledge: id, by }, { store, environments, now })).toEqual({ acknowledged: id });
    expect(await acknowledgedIn(store)).toEqual([{ at: new Date(now()).toISOString(), by: expected }]);
  });

  test('twice changes nothing: the first person stays', async () => {
    const store = await stored();
    await acknowledgeBy({ acknowledge: id, by: 'ada' }, { store, environments, now });
    await acknowledgeBy({ acknowledge: id, by: 'bob' }, { store, environments, now });

    expect(await acknowledgedIn(store)).toMatchObject([{ by: 'ada' }]);
  });

  test('of an incident that is not open is refused, with the ids that are', async () => {
    await expect(
      acknowledgeBy({ acknowledge: 'nothing' }, { store: await stored(), environments, now }),
    ).rejects.toThrow(`no incident nothing is open; open: ${id}`);
  });

  test('looks for an incident in the environment that the message names', async () => {
    const event = { acknowledge: id, environment: environments[1] };

    await expect(acknowledgeBy(event, { store: await stored(), environments, now })).rejects.toThrow(
      `no incident ${id} is open; no other is`,
    );
  });

  test.each([
    ['nothing', undefined],
    ['a text', 'go'],
    ['a list', []],
    ['no id', { by: 'ada' }],
    ['an empty id', { acknowledge: '' }],
    ['an id that is no text', { acknowledge: 1 }],
    ['another environment', { acknowledge: id, environment: 'production' }],
    ['another field', { acknowledge: id, key: 'hk_test_made_up' }],
  ])('with %s is refused, says what to send, and repeats no value', async (_, event) => {
    const refused = acknowledgeBy(event, { store: await stored(), environments, now });

    await expect(refused).rejects.toThrow(/\{"acknowledge": "ID"\} is expected/);
    await expect(refused).rejects.toThrow(/^(?!.*(hk_test|production))/);
  });

  test('moves no state that it cannot read: the next cycle does', async () => {
    const moved: string[] = [];
    const store: IncidentStore = {
      load: () => Promise.reject(new StoreError('unreadable', 'it is not JSON')),
      save: () => Promise.reject(new Error('nothing is written')),
      putAside: async (environment) => {
        moved.push(environment);
        return 'aside';
      },
    };

    await expect(acknowledgeBy({ acknowledge: id }, { store, environments, now })).rejects.toThrow(/cannot be read/);
    expect(moved).toEqual([]);
  });
});
