import { setTimeout as sleep } from 'node:timers/promises';
import type { IncidentEvent } from '../model/incident.ts';
import { enqueue } from './outbox.ts';
import { fitted } from './room.ts';
import { emptyState, type State } from './state.ts';
import { type IncidentStore, type Stored, StoreError } from './store.ts';

/** Two runs that overlap need two; more than a handful of writers there are not. */
const tries = 10;

export interface Memory {
  readonly store: IncidentStore;
  readonly environment: string;
  /** Names of all channels that are configured: who is to be told that a state was lost. */
  readonly channels: readonly string[];
  /** Unix time, ms. */
  readonly now: () => number;
  /** Waited for after somebody was faster, the first time with 1. */
  readonly pause?: (times: number) => Promise<void>;
  /** What was read a moment ago, null: nothing was there; it saves the first reading. Whoever wrote since then is noticed all the same. */
  readonly known?: Stored | null;
  /** Ends it: nothing is read or written after that. */
  readonly signal?: AbortSignal;
  /** Told, once it is stored, what of the state found no room: a sentence each. */
  readonly onLeftOut?: (sentences: readonly string[]) => void;
}

/** At random, so that those who met do not meet again: 25 ms on average, then twice as long each time, up to half a second. */
const jittered = (times: number): Promise<void> => sleep(Math.random() * Math.min(25 * 2 ** times, 1_000));

/**
 * Changes what is stored, as if nobody else did meanwhile. `change` is applied again when somebody was faster, so it must do
 * nothing else; when it gives back the state that it got, nothing is written. A state that cannot be read is put aside.
 *
 * @returns the state as it is stored now
 * @throws StoreError `newer` or `unavailable`
 */
export const update = async (memory: Memory, change: (state: State) => State): Promise<State> =>
  (await updateStored(memory, change)).state;

/** The same, with the version under which it is stored: the next change need not read it. Null: nothing is stored. */
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
    `The incidents of ${environment} were written by others ${tries} times in a row: look how many monitors of this environment run at once`,
  );
};

interface Begun {
  /** What the change is applied to. */
  readonly begun: State;
  /** Of what is stored; null: nothing that can be read. */
  readonly version: number | null;
  /** There is news in it already. */
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
    // Nothing is left that could be counted on.
    id: `${environment}.state.${Math.floor(at / 1_000)}`,
    subject: 'state',
    environment,
    at: new Date(at).toISOString(),
    reason,
    keptAs,
  };
  return enqueue(emptyState(environment), [lost], channels).state;
};
