import { setTimeout as sleep } from 'node:timers/promises';
import type { IncidentEvent } from '../model/incident.ts';
import { enqueue } from './outbox.ts';
import { fitted } from './room.ts';
import { emptyState, type State } from './state.ts';
import { type IncidentStore, type Stored, StoreError } from './store.ts';

/** Two overlapping runs need two tries. There are never more than a handful of writers. */
const tries = 10;

export interface Memory {
  readonly store: IncidentStore;
  readonly environment: string;
  /** Names of all configured channels; each gets the message that a state was lost. */
  readonly channels: readonly string[];
  /** Unix time, ms. */
  readonly now: () => number;
  /** Waits after a conflicting write. The first call gets 1. */
  readonly pause?: (times: number) => Promise<void>;
  /** The result of a recent read; saves the first read. Null: nothing was stored. A write since then is still detected. */
  readonly known?: Stored | null;
  /** When aborted, nothing more is read or written. */
  readonly signal?: AbortSignal;
  /** Called after the state is stored, with one sentence for each part that found no room. */
  readonly onLeftOut?: (sentences: readonly string[]) => void;
}

/**
 * Random, so that two writers in conflict do not collide again: 25 ms on average, doubling each time, up to half a
 * second.
 */
const jittered = (times: number): Promise<void> => sleep(Math.random() * Math.min(25 * 2 ** times, 1_000));

/**
 * Changes the stored state atomically. After a conflicting write, `change` runs again, so it must have no side effects.
 * When it returns the state that it got, nothing is written. A state that cannot be read is put aside.
 *
 * @returns the state as it is stored now
 * @throws StoreError `newer` or `unavailable`
 */
export const update = async (memory: Memory, change: (state: State) => State): Promise<State> =>
  (await updateStored(memory, change)).state;

/** The same, with the stored version, so that the next change need not read it. Null: nothing is stored. */
export const updateStored = async (
  memory: Memory,
  change: (state: State) => State,
): Promise<{ readonly state: State; readonly version: number | null }> => {
  const { store, environment, pause = jittered, signal, onLeftOut } = memory;
  for (let times = 1; times <= tries; times++) {
    const { begun, version, isNew } =
      times === 1 && memory.known !== undefined ? begunFrom(memory.known, environment) : await loadOrBegin(memory);
    const changed = change(begun);
    if (changed === begun && !isNew) return { state: begun, version };
    const { state, leftOut } = fitted(changed);
    if (await store.save(state, version, signal)) {
      if (leftOut.length > 0) onLeftOut?.(leftOut);
      return { state, version: (version ?? 0) + 1 };
    }
    if (times < tries) await pause(times);
    signal?.throwIfAborted();
  }
  throw new StoreError(
    'unavailable',
    `Other processes changed the incidents of ${environment} ${tries} times in a row: check how many monitors of this environment run at once`,
  );
};

interface Begun {
  /** The input of the change. */
  readonly begun: State;
  /** Version of the stored state; null: nothing readable is stored. */
  readonly version: number | null;
  /** It already holds a new event: the earlier state was lost. */
  readonly isNew: boolean;
}

const begunFrom = (stored: Stored | null, environment: string): Begun => ({
  begun: stored?.state ?? emptyState(environment),
  version: stored?.version ?? null,
  isNew: false,
});

const loadOrBegin = async (memory: Memory): Promise<Begun> => {
  const { store, environment, signal } = memory;
  try {
    return begunFrom(await store.load(environment, signal), environment);
  } catch (error) {
    if (!(error instanceof StoreError) || error.trouble !== 'unreadable') throw error;
    const keptAs = await store.putAside(environment, signal);
    return { begun: anew(memory, error.message, keptAs), version: null, isNew: true };
  }
};

const anew = ({ environment, channels, now }: Memory, reason: string, keptAs: string): State => {
  const at = now();
  const lost: IncidentEvent = {
    kind: 'state-lost',
    // No earlier count survives, so the time stands in for it.
    id: `${environment}.state.${Math.floor(at / 1_000)}`,
    subject: 'state',
    environment,
    at: new Date(at).toISOString(),
    reason,
    keptAs,
  };
  return enqueue(emptyState(environment), [lost], channels).state;
};
