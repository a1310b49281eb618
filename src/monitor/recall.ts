import type { Settings } from '../config/settings.ts';
import { historyOf } from '../incidents/history.ts';
import { type IncidentStore, type Stored, StoreError } from '../incidents/store.ts';
import type { History } from '../model/history.ts';
import { TimeUp, within } from '../model/within.ts';

/** Where incidents are remembered. */
export interface Remembered {
  readonly store: Pick<IncidentStore, 'load'>;
  /** Unix time, ms. */
  readonly now: () => number;
}

/** What earlier cycles left. */
export interface Recalled {
  /** What they tell; null too when the store cannot be used: who tracks says so at the end of the cycle. */
  readonly history: Promise<History | null>;
  /** What was read, so that it need not be read again; null: nothing was there; undefined: nothing could be read. */
  readonly known: Promise<Stored | null | undefined>;
}

export interface RecallOptions {
  /** A cycle does not wait longer for it. */
  readonly limitMs?: number;
  readonly onTrouble?: (trouble: Error) => void;
}

/** More than a store takes for a call. */
const defaultRecallMs = 35_000;

/** Reads what earlier cycles left. Never rejects for the store's sake. */
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
  // Whoever needs them hears of it; a cycle that fails before needs them no more.
  history.catch(() => undefined);
  return { history, known };
};
