import type { IncidentEvent } from '../model/incident.ts';

/** A way to send events. An event counts as sent only when a channel has accepted it. */
export interface Channel {
  readonly name: string;
  /** @throws an error whose message is one sentence: where it was to go, why it failed and what to do. Never a secret. */
  readonly send: (event: IncidentEvent, signal: AbortSignal) => Promise<void>;
}
