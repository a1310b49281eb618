import type fc from 'fast-check';
import { deliver } from '../../src/incidents/deliver.ts';
import { enqueue } from '../../src/incidents/outbox.ts';
import { update } from '../../src/incidents/remember.ts';
import type { Channel } from '../../src/incidents/send.ts';
import type { State } from '../../src/incidents/state.ts';
import type { IncidentStore } from '../../src/incidents/store.ts';
import { createMemoryStore } from '../../src/incidents/stores/memory.ts';
import { countIn, withCount } from './counter.ts';
import { incidentEvent } from './events.ts';

const environment = 'development';
const channelNames = ['sns', 'chat'];

/** What one process does, and at which of its steps it dies; null: it lives. */
export interface Actor {
  readonly does: 'deliver' | { readonly add: string; readonly kind: 'opened' | 'reminded' | 'resolved' };
  readonly diesAt: number | null;
}

export interface Delivery {
  readonly channel: string;
  readonly id: string;
  readonly subject: string;
  readonly by: number;
}

export interface World {
  /** In the order in which people got them. */
  readonly deliveries: readonly Delivery[];
  /** Ids of events in the order in which they were stored. */
  readonly stored: readonly string[];
  /** Of these, reminders in whose place a newer one waited. */
  readonly replaced: ReadonlySet<string>;
  readonly dead: ReadonlySet<number>;
  /** Numbers of what waits still. */
  readonly waiting: () => Promise<number>;
}

class Dead extends Error {}

/**
 * Lets processes run at once over one store, with every step of each in an order that the scheduler chooses, and some of
 * them dying: before a read or a write, after it, before a message is taken, or after it. Then the clock goes on for longer
 * than a claim, and one more process delivers until nothing waits.
 */
export const interleave = async (
  scheduler: fc.Scheduler,
  actors: readonly Actor[],
  { refusals, clock }: { readonly refusals: readonly boolean[]; readonly clock: readonly number[] },
): Promise<World> => {
  let now = Date.parse('2026-11-21T02:57:00Z');
  const store = createMemoryStore();
  const deliveries: Delivery[] = [];
  const stored: string[] = [];
  const replaced = new Set<string>();
  const dead = new Set<number>();
  const refusing = [...refusals];

  const noteSaved = (before: State | null, after: State, adds: boolean): void => {
    const had = new Set(before?.outbox.map(({ event }) => event.id));
    const has = new Set(after.outbox.map(({ event }) => event.id));
    stored.push(...[...has].filter((id) => !had.has(id)));
    if (adds) for (const id of had) if (!has.has(id)) replaced.add(id);
  };

  const act = async ({ does, diesAt }: Actor, index: number): Promise<void> => {
    let steps = 0;
    /** Everybody else may do something here, and this process may die. */
    const step = async (what: string): Promise<void> => {
      await scheduler.schedule(Promise.resolve(), `${index} ${what}`);
      if (diesAt !== null && steps++ >= diesAt) {
        dead.add(index);
        throw new Dead(`${index} died: ${what}`);
      }
    };
    const stepping: IncidentStore = {
      ...store,
      load: async (of) => {
        await step('reads');
        const found = await store.load(of);
        await step('has read');
        return found;
      },
      save: async (state, expected) => {
        await step('writes');
        const before = await store.load(environment);
        const saved = await store.save(state, expected);
        if (saved) noteSaved(before?.state ?? null, state, does !== 'deliver');
        await step('has written');
        return saved;
      },
    };
    const channel = (name: string): Channel => ({
      name,
      send: async ({ id, subject }) => {
        await step(`sends ${id} to ${name}`);
        if (refusing.shift() === true) throw new Error('not now');
        deliveries.push({ channel: name, id, subject, by: index });
        await step(`has sent ${id} to ${name}`);
      },
    });
    const memory = {
      ...{ store: stepping, environment, now: () => now },
      pause: (times: number) => step(`waits, ${times}`),
    };
    if (does === 'deliver') {
      const signal = new AbortController().signal;
      await deliver({ ...memory, channels: channelNames.map(channel), runId: `run-${index}`, signal });
    } else {
      await update({ ...memory, channels: channelNames }, (state) => {
        const number = countIn(state);
        const counted = withCount(state, number + 1);
        return enqueue(counted, [incidentEvent(does.add, number, does.kind)], channelNames).state;
      });
    }
  };

  const ticks = async (): Promise<void> => {
    for (const ms of clock) {
      await scheduler.schedule(Promise.resolve(), `${ms} ms go by`);
      now += ms;
    }
  };
  const settled = Promise.all([
    ticks(),
    ...actors.map((actor, index) =>
      act(actor, index).catch((error: unknown) => {
        if (!(error instanceof Dead)) throw error;
      }),
    ),
  ]);
  await scheduler.waitFor(settled);

  refusing.length = 0;
  now += 61_000;
  await scheduler.waitFor(act({ does: 'deliver', diesAt: null }, actors.length));
  const waiting = async (): Promise<number> => (await store.load(environment))?.state.outbox.length ?? 0;
  return { deliveries, stored, replaced, dead, waiting };
};
