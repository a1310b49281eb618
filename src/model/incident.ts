import type { Hop } from '../platform/hops.ts';
import type { HypothesisId } from '../platform/hypotheses.ts';
import type { FailureMode } from './failure-modes.ts';
import type { Deployment } from './history.ts';

/** `critical`: users cannot register models; `warning`: something else fails; `notice`: it answers, but not as it should. */
export const severities = ['critical', 'warning', 'notice'] as const;
export type Severity = (typeof severities)[number];

/** A request that an incident has taken down, as it was last seen failing. */
export interface Affected {
  /** A target's id, `registration.<step>`, or `registration.clean-up`. */
  readonly id: string;
  readonly host: string;
  readonly status: 'fail' | 'degraded';
  readonly failureMode: FailureMode | null;
  readonly summary: string;
}

/** A hypothesis with its probability. */
export interface IncidentCandidate {
  readonly id: HypothesisId;
  readonly probability: number;
}

/**
 * `works`: it was seen to; `broken`: it or another fault's hop; `suspect`: one of several that could be broken;
 * `unseen`: nothing that came through it was seen; `not-reached`: that, too, and it lies behind what is broken.
 */
export const hopStates = ['works', 'broken', 'suspect', 'unseen', 'not-reached'] as const;
export type HopState = (typeof hopStates)[number];

/** One hop of the request path, as text and pictures show it. */
export interface PathHop {
  readonly hop: Hop;
  readonly state: HopState;
}

/** One broken thing as a cycle saw it: what an incident is made of. */
export interface Sighting {
  /** The hypothesis, or those that cannot be told apart; empty: none of the known causes explains it. */
  readonly causes: readonly IncidentCandidate[];
  readonly notRuledOut: readonly IncidentCandidate[];
  /** Roles of the hosts that it concerns; null: it is not a matter of hosts. */
  readonly hosts: readonly string[] | null;
  readonly path: readonly PathHop[];
  /** The most telling ones first; bounded. */
  readonly affected: readonly Affected[];
  /** How many there are. */
  readonly affectedCount: number;
  readonly severity: Severity;
}

/** What was taken for the cause, from when on; empty causes: unexplained. */
export interface EarlierDiagnosis {
  readonly at: string;
  readonly causes: readonly HypothesisId[];
}

/** An incident as a message or a list shows it. Times are ISO 8601, UTC. */
export interface IncidentView extends Sighting {
  /** `20261121-0257-registry`: when its first failing cycle began, and where. */
  readonly id: string;
  readonly environment: string;
  /** Start of the first failing cycle, not of the alert. */
  readonly startedAt: string;
  readonly openedAt: string | null;
  readonly resolvedAt: string | null;
  /** Failing cycles since it began. */
  readonly failingCycles: number;
  /** How often it went away and came back. */
  readonly returns: number;
  /** All causes that were supposed, the newest last. */
  readonly history: readonly EarlierDiagnosis[];
  /** Ids of all requests that it ever took down. */
  readonly everAffected: readonly string[];
  /** The change of version shortly before it began; null: none was seen. */
  readonly deployment: Deployment | null;
  readonly acknowledged: { readonly at: string; readonly by: string } | null;
}

/** What is not to be told for some time. Exactly one of the three says what. */
export interface Mute {
  readonly what: { readonly target: string } | { readonly host: string } | { readonly hypothesis: string };
  readonly until: string;
  readonly reason: string | null;
}

/** `moved`: another cause; `narrowed`: one of those that could not be told apart; `worse`: a higher severity; `returned`: it had just been resolved. */
export type Change =
  | { readonly kind: 'moved' | 'narrowed'; readonly from: readonly HypothesisId[] }
  | { readonly kind: 'worse'; readonly from: Severity }
  | { readonly kind: 'returned'; readonly resolvedAt: string };

/** News. Its id is the same whenever it is sent again. */
export type IncidentEvent = {
  /** `<environment>.<incident or subject>.<number>`, at most 128 characters of A-Z a-z 0-9 . _ -. */
  readonly id: string;
  /** What it belongs to: events of one subject are told in order. */
  readonly subject: string;
  readonly environment: string;
  /** Start of the cycle that brought it. */
  readonly at: string;
} & (
  | { readonly kind: 'opened' | 'reminded' | 'resolved'; readonly incident: IncidentView }
  | { readonly kind: 'updated'; readonly incident: IncidentView; readonly change: Change }
  /** The prober reaches nothing, its name server or the control outside the platform included. */
  | { readonly kind: 'monitor-blind'; readonly since: string }
  | { readonly kind: 'monitor-sees'; readonly since: string }
  /** With the ids of the incidents that it had kept silent and that are still open. */
  | { readonly kind: 'mute-ended'; readonly mute: Mute; readonly open: readonly string[] }
  /** What was stored could not be read: it was put aside, and the incidents begin anew. */
  | { readonly kind: 'state-lost'; readonly reason: string; readonly keptAs: string }
);

export type EventKind = IncidentEvent['kind'];
