import type { Settings } from '../config/settings.ts';
import { historyOf } from '../incidents/history.ts';
import { expectingNow } from '../incidents/normals.ts';
import { type IncidentStore, type Stored, StoreError } from '../incidents/store.ts';
import type { History } from '../model/history.ts';
import { TimeUp, within } from '../model/within.ts';
import type { Expecting } from '../normal/judge.ts';

/** Where incidents are stored. */
export interface Remembered {
  readonly store: Pick<IncidentStore, 'load'>;
  /** Unix time in milliseconds. */
  readonly now: () => number;
}

/** What earlier cycles stored. */
export interface Recalled {
  /** Their findings. Also null if the store cannot be used: tracking reports that at the end of the cycle. */
  readonly history: Promise<History | null>;
  /** What is normal for each request. Null: nothing is known. */
  readonly expecting: Promise<Expecting | null>;
  /** The stored state, so that it need not be read again. Null if there was none, undefined if it could not be read. */
  readonly known: Promise<Stored | null | undefined>;
}

export interface RecallOptions {
  /** The longest that a cycle waits for it, in milliseconds. */
  readonly limitMs?: number;
  readonly onTrouble?: (trouble: Error) => void;
}

/** Milliseconds. More than a store takes for a call. */
const defaultRecallMs = 35_000;

/** Reads what earlier cycles stored. Never rejects because of the store. */
export const recall = (
  { environment }: Pick<Settings, 'environment'>,
  { store, now }: Remembered,
  { limitMs = defaultRecallMs, onTrouble = () => undefined }: RecallOptions = {},
): Recalled => {
  const limit = { failing: 'the incidents were not read', ms: limitMs };
  const known = within(limit, (signal) => store.load(environment, signal)).catch((error: unknown) => {
    if (!(error instanceof StoreError) && !(error instanceof TimeUp)) throw error;
    onTrouble(error);
    return undefined;
  });
  const history = known.then((stored) => (stored ? historyOf(stored.state, now()) : null));
  const expecting = known.then((stored) => (stored ? expectingNow(stored.state, now()) : null));
  // Whoever awaits them gets the error. A cycle that fails before that does not need it.
  history.catch(() => undefined);
  expecting.catch(() => undefined);
  return { history, expecting, known };
};
