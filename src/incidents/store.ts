import type { State } from './state.ts';

/** The stored state, with a version number that reveals concurrent writes. */
export interface Stored {
  readonly state: State;
  readonly version: number;
}

/** Why the store cannot be used. */
export type StoreTrouble =
  /** It does not answer, does not exist or denies access. The stored state is untouched. */
  | 'unavailable'
  /** A newer version of this program wrote it. It is left as it is. */
  | 'newer'
  /** It is not a state, or only part of one. */
  | 'unreadable';

export class StoreError extends Error {
  readonly trouble: StoreTrouble;

  constructor(trouble: StoreTrouble, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.trouble = trouble;
  }
}

/**
 * Keeps the state between cycles. Several writers may use it: only a writer that has read the newest version may write.
 * A signal ends calls that go over a network; whether an aborted write took place is then unknown.
 */
export interface IncidentStore {
  /** Null: nothing is stored for this environment. @throws StoreError */
  readonly load: (environment: string, signal?: AbortSignal) => Promise<Stored | null>;
  /**
   * `expected`: the version that was read; null: nothing was stored. Returns false when another writer was faster and
   * nothing was written. @throws StoreError
   */
  readonly save: (state: State, expected: number | null, signal?: AbortSignal) => Promise<boolean>;
  /**
   * Moves unreadable contents to another name, so that a new state can be written. Returns that name. @throws
   * StoreError
   */
  readonly putAside: (environment: string, signal?: AbortSignal) => Promise<string>;
}
