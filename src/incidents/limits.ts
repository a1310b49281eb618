import { versionBytes } from '../model/cut-text.ts';

/** Every bound of the incidents that is no matter of configuration. Milliseconds unless the name says otherwise. */
export const incidentLimits = {
  /** A cycle that began so long before the last one ended was not late: the clock was set back. */
  clockSetBackMs: 10 * 60_000,
  /** What comes back so soon is the same incident, and flaps. */
  returnsWithinMs: 30 * 60_000,
  /** Each return doubles the healthy cycles that resolve it, up to this factor. */
  mostPatience: 32,
  /** First pause between two messages of a cause that has moved; then twice as long each time … */
  moveAgainMs: 5 * 60_000,
  /** … and no longer than this. */
  moveAgainMostMs: 60 * 60_000,
  /** Reminders come twice as late each time, and no later than this. */
  remindMostMs: 24 * 3_600_000,
  /** Causes that are remembered of one incident. */
  history: 20,
  /** Resolved incidents that are remembered. */
  past: 20,
  /** Failing requests that an incident shows. */
  affected: 20,
  /** Requests that an incident remembers to have taken down: more are not looked for again. */
  everAffected: 200,
} as const;

/** Bytes that a text takes in the stored JSON. Longer ones are cut: what a server says can have any length. */
export const storedTextBytes = {
  /** Ids of requests, hosts, environments, channels: the configuration takes 100 characters at most. */
  name: 128,
  /** Ids of incidents, events and runs, which are made of names. */
  id: 256,
  time: 40,
  /** What a server said, as an incident shows it. */
  summary: 300,
  /** Of the platform. */
  version: versionBytes,
  /** Why something is muted, was refused, or could not be read: the configuration takes 200 characters. */
  reason: 640,
  /** The same, where it stands once more for each mute in force. */
  reasonInForce: 160,
} as const;

/** Entries of the stored lists besides those above. */
export const storedEntries = {
  /** More than there are hypotheses. */
  causes: 64,
  hosts: 20,
  /** More than any request path has. */
  hops: 40,
  channels: 8,
  /** As many as the configuration can ask for: `open.of` and `resolveAfter`. */
  marks: 1_000,
  /** Set by hand; and together with the 100 that the configuration takes. */
  mutes: 20,
  mutesInForce: 120,
  /** Incidents that the end of a mute names. */
  unmuted: 50,
} as const;

/** Bytes that the parts of a state may take. DynamoDB takes 400 KB for an item, and the rest takes some 70 KB at most. */
export const roomBytes = {
  /** Some 50 events in their shorter form. */
  outbox: 110_000,
  /** Pending, open and just resolved ones. */
  tracked: 110_000,
  past: 40_000,
} as const;
