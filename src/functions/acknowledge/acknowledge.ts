import { acknowledge } from '../../incidents/by-hand.ts';
import { update } from '../../incidents/remember.ts';
import { type IncidentStore, StoreError } from '../../incidents/store.ts';
import { acknowledgementIn, UnexpectedEvent } from './event.ts';

export interface Acknowledging {
  readonly store: IncidentStore;
  /** The environments whose incidents this function may change, its own first. */
  readonly environments: readonly [string, ...string[]];
  /** Unix time, ms. */
  readonly now: () => number;
}

export interface Acknowledged {
  readonly acknowledged: string;
}

/** Puts nothing aside: only a cycle may begin a new state. */
const readingOnly = (store: IncidentStore): IncidentStore => ({
  ...store,
  putAside: () =>
    Promise.reject(new StoreError('unreadable', 'The stored incidents cannot be read; the next cycle puts them aside')),
});

/** Stops the reminders of an open incident. @throws a sentence when the event or the incident is unknown */
export const acknowledgeBy = async (
  event: unknown,
  { store, environments, now }: Acknowledging,
): Promise<Acknowledged> => {
  const { incident, by, environment } = askedBy(event, environments);
  const memory = { store: readingOnly(store), environment, channels: [], now };
  await update(memory, (state) => acknowledge(state, incident, by, new Date(now()).toISOString()));
  return { acknowledged: incident };
};

const askedBy = (event: unknown, environments: Acknowledging['environments']) => {
  try {
    if (typeof event !== 'object' || event === null || Array.isArray(event)) throw new UnexpectedEvent('no fields');
    const { environment = environments[0], ...rest } = event as Readonly<Record<string, unknown>>;
    const known = environments.find((one) => one === environment);
    if (known === undefined) throw new UnexpectedEvent(`an "environment" other than ${environments.join(' or ')}`);
    return { ...acknowledgementIn(rest), environment: known };
  } catch (error) {
    if (!(error instanceof UnexpectedEvent)) throw error;
    throw new Error(
      `The event has ${error.message}. {"acknowledge": "ID"} is expected, with "by" and "environment" if you like.`,
    );
  }
};
