import type { State } from './state.ts';

/** What is stored, with the number by which a change in between is noticed. */
export interface Stored {
  readonly state: State;
  readonly version: number;
}

/** Why the store cannot be used, and what to do about it. */
export type StoreTrouble =
  /** It does not answer, is not there, or does not let us in. What was stored is not touched. */
  | 'unavailable'
  /** A newer version of this program wrote it: it is left as it is. */
  | 'newer'
  /** It is no state, or half of one. */
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
 * Where the state is kept between cycles. Several may use it at once: only who has read the newest may write. A signal ends the
 * call where it goes over a network; whether a write that was ended took place is not known then.
 */
export interface IncidentStore {
  /** Null: nothing is stored for this environment. @throws StoreError */
  readonly load: (environment: string, signal?: AbortSignal) => Promise<Stored | null>;
  /** `expected`: the version that was read; null: nothing was there. False: somebody was faster, nothing was written. @throws StoreError */
  readonly save: (state: State, expected: number | null, signal?: AbortSignal) => Promise<boolean>;
  /** Keeps what cannot be read under another name, so that a new state can be written. Gives that name. @throws StoreError */
  readonly putAside: (environment: string, signal?: AbortSignal) => Promise<string>;
}
