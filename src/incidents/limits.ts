import { versionBytes } from '../model/cut-text.ts';

/** Every limit of incident tracking that is not configurable. Milliseconds unless the name says otherwise. */
export const incidentLimits = {
  /** A cycle that started this long before the last one ended was not late: the clock was set back. */
  clockSetBackMs: 10 * 60_000,
  /** A failure that returns this soon is the same incident, flapping. */
  returnsWithinMs: 30 * 60_000,
  /** Each return doubles the number of healthy cycles that resolve the incident, up to this factor. */
  mostPatience: 32,
  /** First pause between two messages about a changed cause. It doubles each time … */
  moveAgainMs: 5 * 60_000,
  /** … up to this. */
  moveAgainMostMs: 60 * 60_000,
  /** The interval between reminders doubles each time, up to this. */
  remindMostMs: 24 * 3_600_000,
  /** Earlier causes kept per incident. */
  history: 20,
  /** Resolved incidents kept. */
  past: 20,
  /** Failing requests that an incident shows. */
  affected: 20,
  /** Requests that an incident remembers having taken down. It does not wait for further ones to recover. */
  everAffected: 200,
} as const;

/** Bytes of each text in the stored JSON. Longer texts are cut, because server text has no length limit. */
export const storedTextBytes = {
  /** Ids of requests, hosts, environments, channels. The configuration accepts 100 characters at most. */
  name: 128,
  /** Ids of incidents, events and runs, which are built from names. */
  id: 256,
  time: 40,
  /** Server text as an incident shows it. */
  summary: 300,
  /** The platform's version. */
  version: versionBytes,
  /** Why something is muted, was refused or could not be read. The configuration accepts 200 characters. */
  reason: 640,
  /** The same reason, stored once more for each mute in force. */
  reasonInForce: 160,
} as const;

/** Entries of the other stored lists. */
export const storedEntries = {
  /** More than the number of hypotheses. */
  causes: 64,
  hosts: 20,
  /** More than any request path has. */
  hops: 40,
  channels: 8,
  /** The configuration's maximum for `open.of` and `resolveAfter`. */
  marks: 1_000,
  /** Mutes set by hand; and together with the 100 that the configuration accepts. */
  mutes: 20,
  mutesInForce: 120,
  /** Incidents listed when a mute ends. */
  unmuted: 50,
} as const;

/** Bytes for each part of a state. DynamoDB accepts 400 KB per item; everything else takes about 70 KB at most. */
export const roomBytes = {
  /** About 50 events in their short form. */
  outbox: 110_000,
  /** Pending, open and just resolved incidents. */
  tracked: 110_000,
  past: 40_000,
} as const;
