import type { Mute, Sighting } from '../model/incident.ts';

/** What the incidents need to know of a cycle. */
export interface Cycle {
  readonly runId: string;
  readonly environment: string;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  /** `blind`: nothing gets through from where the monitor runs (the field of the report); `unknown`: nothing failed, and not enough was seen. */
  readonly kind: 'seen' | 'blind' | 'unknown';
  readonly sightings: readonly Sighting[];
  /** Ids of what was seen to work; known deviations do. */
  readonly passed: ReadonlySet<string>;
  /** Ids of all that belongs to the cycle, asked or not. */
  readonly probed: ReadonlySet<string>;
  /** Whether the registration flow was tried. */
  readonly flow: boolean;
  /** The platform's version, where it was named. */
  readonly version: string | null;
}

/** When incidents open, resolve, remind and keep silent. */
export interface IncidentRules {
  readonly open: { readonly failures: number; readonly of: number };
  readonly resolveAfter: number;
  readonly remindEveryMs: number;
  /** Ids of targets, hosts, or `registration`: what takes one of these down opens at its first failing cycle. */
  readonly openAtOnce: readonly string[];
  /** Those of the configuration. */
  readonly mutes: readonly Mute[];
}
