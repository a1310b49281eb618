import type { Mute, Sighting } from '../model/incident.ts';

/** A sighting with what only the tracking needs. */
export interface CycleSighting extends Sighting {
  /** What its responses say, one entry for all that say the same (says.ts); empty if nothing answered. */
  readonly says: readonly string[];
}

/** The facts of a cycle that incident tracking needs. */
export interface Cycle {
  readonly runId: string;
  readonly environment: string;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  /**
   * `blind`: nothing gets through from where the monitor runs (the report's own field). `unknown`: nothing failed, but
   * too little was seen.
   */
  readonly kind: 'seen' | 'blind' | 'unknown';
  readonly sightings: readonly CycleSighting[];
  /** Ids of requests that worked; known deviations count as working. */
  readonly passed: ReadonlySet<string>;
  /** Ids of every request of the cycle, sent or not. */
  readonly probed: ReadonlySet<string>;
  /** Whether the registration flow ran. */
  readonly flow: boolean;
  /** The platform's version; null: no response named it. */
  readonly version: string | null;
}

/** When incidents open, resolve, send reminders and stay silent. */
export interface IncidentRules {
  readonly open: { readonly failures: number; readonly of: number };
  readonly resolveAfter: number;
  readonly remindEveryMs: number;
  /**
   * Ids of targets, hosts, or `registration`. An incident that takes one of these down opens in its first failing
   * cycle.
   */
  readonly openAtOnce: readonly string[];
  /** Mutes from the configuration. */
  readonly mutes: readonly Mute[];
}
