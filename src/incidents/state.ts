import type { HypothesisId } from '../platform/hypotheses.ts';
import type { Deployment, IncidentEvent, IncidentView, Mute, Severity } from '../platform/incident.ts';

/** What a cycle did to an incident: it was seen, was seen to be gone, or could not be seen (out of time, hidden behind another). */
export type Mark = 'present' | 'absent' | 'unseen';

/** What of an incident was told last, so that only news are told. */
export interface Told {
  readonly at: string;
  readonly causes: readonly HypothesisId[];
  /** The highest that was told. */
  readonly severity: Severity;
  /** How many reminders since the last other message. */
  readonly reminders: number;
  /** How many changes of the cause were told. */
  readonly moves: number;
}

/** An incident that is pending (not opened yet), open, or just resolved and able to return. */
export interface Tracked {
  readonly view: IncidentView;
  /** Conclusive cycles, the newest last; no more than are needed. */
  readonly marks: readonly Mark[];
  /** For how many cycles in a row the causes are what they are now. */
  readonly heldCycles: number;
  /** For how many cycles in a row it has been as severe as it is now, or more so. */
  readonly severeCycles: number;
  /** Null: nobody was told of it yet (pending, or muted). */
  readonly told: Told | null;
  /** Number of the next event. */
  readonly nextEvent: number;
}

/** An event that waits for being sent, and whom it still has to reach. */
export interface Waiting {
  readonly event: IncidentEvent;
  /** Names of channels. */
  readonly to: readonly string[];
  /** The channels that it has reached. */
  readonly takenBy: readonly string[];
  /** Who is at it, until when (Unix time, ms): nobody else sends it meanwhile. */
  readonly claim: { readonly by: string; readonly untilMs: number } | null;
  /** Refusals so far, and the last one's reason. */
  readonly refusals: number;
  readonly lastRefusal: string | null;
}

/** All that is remembered of an environment between two cycles. */
export interface State {
  readonly schemaVersion: 1;
  readonly environment: string;
  /** The last cycle that counted. */
  readonly lastCycle: { readonly runId: string; readonly startedAt: string; readonly endedAt: string } | null;
  /** Pending, open, and resolved ones that may return. */
  readonly tracked: readonly Tracked[];
  /** Resolved for good, the newest last, bounded. */
  readonly past: readonly IncidentView[];
  /** Cycles in which the monitor was blind (`present`), or saw. */
  readonly blind: {
    readonly since: string | null;
    readonly told: boolean;
    readonly marks: readonly Mark[];
    readonly nextEvent: number;
  };
  /** Set by command or chat; those of the configuration are not repeated here. */
  readonly mutes: readonly Mute[];
  /** Mutes (of the configuration too) that were in force at the last cycle, so that their end is noticed. */
  readonly mutesInForce: readonly Mute[];
  /** The platform's version, and its last change. */
  readonly version: {
    readonly current: string;
    readonly seenAt: string;
    readonly deployment: Deployment | null;
  } | null;
  readonly outbox: readonly Waiting[];
}

export const emptyState = (environment: string): State => ({
  schemaVersion: 1,
  environment,
  lastCycle: null,
  tracked: [],
  past: [],
  blind: { since: null, told: false, marks: [], nextEvent: 1 },
  mutes: [],
  mutesInForce: [],
  version: null,
  outbox: [],
});
