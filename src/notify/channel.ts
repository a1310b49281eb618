import type { Acknowledged, IncidentEvent } from '../model/incident.ts';

/** A message that only shows whether it arrives. It belongs to no incident and is never stored. */
export interface TestEvent {
  readonly kind: 'test';
  readonly id: string;
  readonly subject: string;
  readonly environment: string;
  readonly at: string;
  readonly headline: string;
  readonly lines: readonly string[];
}

export type Sendable = IncidentEvent | TestEvent;

/** A way to send events. An event counts as sent only when a channel has accepted it. */
export interface Channel {
  readonly name: string;
  /** @throws an error whose message is one sentence: where it was to go, why it failed and what to do. Never a secret. */
  readonly send: (event: Sendable, signal: AbortSignal) => Promise<void>;
  /** Acknowledges the alert of an incident, if the receiver has such a thing. @throws as `send` does */
  readonly acknowledge?: (incident: Acknowledged, signal: AbortSignal) => Promise<void>;
}
