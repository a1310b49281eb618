import type { IncidentEvent } from '../model/incident.ts';

/** A way on which events go out. Nothing is taken for told that this did not take. */
export interface Channel {
  readonly name: string;
  /** @throws an error whose message is a sentence: where it was to go, why it did not, and the way out. Never a secret. */
  readonly send: (event: IncidentEvent, signal: AbortSignal) => Promise<void>;
}
