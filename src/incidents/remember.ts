import { setTimeout as sleep } from 'node:timers/promises';
import type { IncidentEvent } from '../platform/incident.ts';
import { enqueue } from './outbox.ts';
import { emptyState, type State } from './state.ts';
import { type IncidentStore, StoreError } from './store.ts';

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
export const update = async (memory: Memory, change: (state: State) => State): Promise<State> => {
  const { store, environment, pause = jittered } = memory;
  for (let times = 1; times <= tries; times++) {
    const { begun, version, isNew } = await loadOrBegin(memory);
    const next = change(begun);
    if (next === begun && !isNew) return next;
    if (await store.save(next, version)) return next;
    if (times < tries) await pause(times);
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

const loadOrBegin = async (memory: Memory): Promise<Begun> => {
  const { store, environment } = memory;
  try {
    const { state, version } = (await store.load(environment)) ?? { state: emptyState(environment), version: null };
    return { begun: state, version, isNew: false };
  } catch (error) {
    if (!(error instanceof StoreError) || error.trouble !== 'unreadable') throw error;
    const keptAs = await store.putAside(environment);
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
