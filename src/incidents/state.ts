import type { Deployment } from '../model/history.ts';
import type { IncidentEvent, IncidentView, Mute, Severity } from '../model/incident.ts';
import type { HypothesisId } from '../platform/hypotheses.ts';

/** Whether a counted cycle saw the incident. A cycle that could not see it leaves no mark. */
export type Mark = 'present' | 'absent';

/** The last state of an incident that was reported, so that only changes are sent. */
export interface Told {
  readonly at: string;
  readonly causes: readonly HypothesisId[];
  /** The highest severity reported. */
  readonly severity: Severity;
  /** Reminders since it last opened, returned or became worse. */
  readonly reminders: number;
  /** Reported changes of the cause. */
  readonly moves: number;
}

/** An incident that is pending (not yet open), open, or resolved so recently that it may return. */
export interface Tracked {
  readonly view: IncidentView;
  /** The most recent marks, newest last; as many as decide whether it opens. */
  readonly marks: readonly Mark[];
  /** Consecutive `absent` marks. */
  readonly absentCycles: number;
  /** How the causes differ from the reported ones, and for how many consecutive failing cycles; null: they do not. */
  readonly drift: { readonly kind: 'moved' | 'narrowed'; readonly cycles: number } | null;
  /** Consecutive failing cycles in which it was more severe than reported. */
  readonly worseCycles: number;
  /** Null: not reported yet (pending or muted). */
  readonly told: Told | null;
  /** Number of the next event. */
  readonly nextEvent: number;
}

/** An event that waits to be sent, and the channels that it still has to reach. */
export interface Waiting {
  readonly event: IncidentEvent;
  /** Names of channels. */
  readonly to: readonly string[];
  /** Channels that have accepted it. */
  readonly takenBy: readonly string[];
  /** The run that is sending it, and until when (Unix time, ms). No other run sends it before then. */
  readonly claim: { readonly by: string; readonly untilMs: number } | null;
  /** Number of refusals so far, and the reason of the last one. */
  readonly refusals: number;
  readonly lastRefusal: string | null;
}

/** Everything stored for an environment between two cycles. */
export interface State {
  readonly schemaVersion: 1;
  readonly environment: string;
  /** The last cycle that counted. */
  readonly lastCycle: {
    readonly runId: string;
    readonly startedAt: string;
    readonly endedAt: string;
    /** Whether the registration flow ran. */
    readonly flow: boolean;
  } | null;
  /** Pending and open incidents, and resolved ones that may return. */
  readonly tracked: readonly Tracked[];
  /** Resolved for good, newest last; bounded. */
  readonly past: readonly IncidentView[];
  /** Whether the monitor itself was blind (`present`), and since when. */
  readonly blind: { readonly since: string | null; readonly told: boolean; readonly marks: readonly Mark[] };
  /** Set by command or chat. Mutes from the configuration are not stored here. */
  readonly mutes: readonly Mute[];
  /** Mutes in force at the last cycle, including those from the configuration, so that their end is noticed. */
  readonly mutesInForce: readonly Mute[];
  /** The platform's version and its last change. */
  readonly version: {
    readonly current: string;
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
  blind: { since: null, told: false, marks: [] },
  mutes: [],
  mutesInForce: [],
  version: null,
  outbox: [],
});

export const isOpen = ({ view }: Tracked): boolean => view.openedAt !== null && view.resolvedAt === null;
