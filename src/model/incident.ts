import type { Hop } from '../platform/hops.ts';
import type { HypothesisId } from '../platform/hypotheses.ts';
import type { FailureMode } from './failure-modes.ts';
import type { Deployment } from './history.ts';

/**
 * `critical`: users cannot register models; `warning`: something else fails; `notice`: it responds, but not as it
 * should.
 */
export const severities = ['critical', 'warning', 'notice'] as const;
export type Severity = (typeof severities)[number];

/** A request that an incident affects, as last seen failing. */
export interface Affected {
  /** A target's id, `registration.<step>`, or `registration.clean-up`. */
  readonly id: string;
  readonly host: string;
  readonly status: 'fail' | 'degraded';
  readonly failureMode: FailureMode | null;
  readonly summary: string;
}

export interface IncidentCandidate {
  readonly id: HypothesisId;
  readonly probability: number;
}

/**
 * `works`: seen working; `broken`: the broken hop, or another fault's; `suspect`: one of several that may be broken;
 * `unseen`: no request was seen to pass it; `not-reached`: also unseen, and behind the broken hop.
 */
export const hopStates = ['works', 'broken', 'suspect', 'unseen', 'not-reached'] as const;
export type HopState = (typeof hopStates)[number];

/** One hop of the request path, as text and pictures show it. */
export interface PathHop {
  readonly hop: Hop;
  readonly state: HopState;
}

/** One broken thing as a cycle saw it. Incidents are made of these. */
export interface Sighting {
  /** The hypothesis, or those that cannot be told apart; empty if no known cause explains it. */
  readonly causes: readonly IncidentCandidate[];
  readonly notRuledOut: readonly IncidentCandidate[];
  /** Roles of the hosts concerned; null if it does not depend on hosts. */
  readonly hosts: readonly string[] | null;
  readonly path: readonly PathHop[];
  /** The most informative ones first; bounded. */
  readonly affected: readonly Affected[];
  /** The number of all affected requests. */
  readonly affectedCount: number;
  readonly severity: Severity;
}

/** A diagnosis and when it began; no causes: unexplained. */
export interface EarlierDiagnosis {
  readonly at: string;
  readonly causes: readonly HypothesisId[];
}

/** An incident as messages and lists show it. Times are ISO 8601, UTC. */
export interface IncidentView extends Sighting {
  /** `20261121-0257-registry`: when and where its first failing cycle began. */
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
  /** All diagnoses so far, newest last. */
  readonly history: readonly EarlierDiagnosis[];
  /** Ids of all requests that it has ever affected. */
  readonly everAffected: readonly string[];
  /** The change of version shortly before it began; null if none was seen. */
  readonly deployment: Deployment | null;
  readonly acknowledged: { readonly at: string; readonly by: string } | null;
}

/** Suppresses messages for a time, for exactly one of a target, a host or a hypothesis. */
export interface Mute {
  readonly what: { readonly target: string } | { readonly host: string } | { readonly hypothesis: string };
  readonly until: string;
  readonly reason: string | null;
}

/**
 * `moved`: another cause; `narrowed`: one of those that could not be told apart; `worse`: a higher severity;
 * `returned`: it had only just been resolved.
 */
export type Change =
  | { readonly kind: 'moved' | 'narrowed'; readonly from: readonly HypothesisId[] }
  | { readonly kind: 'worse'; readonly from: Severity }
  | { readonly kind: 'returned'; readonly resolvedAt: string };

/** News. Sending it again does not change its id. */
export type IncidentEvent = {
  /** `<environment>.<incident or subject>.<number>`, at most 128 characters of A-Z a-z 0-9 . _ -. */
  readonly id: string;
  /** What it belongs to. Events of one subject are delivered in order. */
  readonly subject: string;
  readonly environment: string;
  /** Start of the cycle that raised it. */
  readonly at: string;
} & (
  | { readonly kind: 'opened' | 'reminded' | 'resolved'; readonly incident: IncidentView }
  | { readonly kind: 'updated'; readonly incident: IncidentView; readonly change: Change }
  /** The prober reaches nothing, not even its name server or the control outside the platform. */
  | { readonly kind: 'monitor-blind'; readonly since: string }
  | { readonly kind: 'monitor-sees'; readonly since: string }
  /** Lists the incidents that were muted and are still open. */
  | { readonly kind: 'mute-ended'; readonly mute: Mute; readonly open: readonly string[] }
  /** The stored state was unreadable. It was set aside, and tracking starts over. */
  | { readonly kind: 'state-lost'; readonly reason: string; readonly keptAs: string }
);

export type EventKind = IncidentEvent['kind'];
