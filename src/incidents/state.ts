import type { Deployment } from '../model/history.ts';
import type { IncidentEvent, IncidentView, Mute, Severity } from '../model/incident.ts';
import type { HypothesisId } from '../platform/hypotheses.ts';

/** What a cycle that counted saw of an incident. One in which it could not be seen leaves no mark. */
export type Mark = 'present' | 'absent';

/** What of an incident was told last, so that only news are told. */
export interface Told {
  readonly at: string;
  readonly causes: readonly HypothesisId[];
  /** The highest that was told. */
  readonly severity: Severity;
  /** How many reminders since it was last opened, returned or became worse. */
  readonly reminders: number;
  /** How many changes of the cause were told. */
  readonly moves: number;
}

/** An incident that is pending (not opened yet), open, or just resolved and able to return. */
export interface Tracked {
  readonly view: IncidentView;
  /** The last ones, the newest last: as many as decide whether it opens. */
  readonly marks: readonly Mark[];
  /** Marks `absent` in a row. */
  readonly absentCycles: number;
  /** In how far the causes differ from those that were told, and for how many failing cycles in a row; null: they don't. */
  readonly drift: { readonly kind: 'moved' | 'narrowed'; readonly cycles: number } | null;
  /** For how many failing cycles in a row it has been more severe than was told. */
  readonly worseCycles: number;
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
  readonly lastCycle: {
    readonly runId: string;
    readonly startedAt: string;
    readonly endedAt: string;
    /** Whether the registration flow was tried. */
    readonly flow: boolean;
  } | null;
  /** Pending, open, and resolved ones that may return. */
  readonly tracked: readonly Tracked[];
  /** Resolved for good, the newest last, bounded. */
  readonly past: readonly IncidentView[];
  /** Whether the monitor itself was blind (`present`), and since when. */
  readonly blind: { readonly since: string | null; readonly told: boolean; readonly marks: readonly Mark[] };
  /** Set by command or chat; those of the configuration are not repeated here. */
  readonly mutes: readonly Mute[];
  /** Mutes (of the configuration too) that were in force at the last cycle, so that their end is noticed. */
  readonly mutesInForce: readonly Mute[];
  /** The platform's version, and its last change. */
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

/** Opened, and not resolved. */
export const isOpen = ({ view }: Tracked): boolean => view.openedAt !== null && view.resolvedAt === null;
