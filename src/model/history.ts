import type { HypothesisId } from '../platform/hypotheses.ts';

/** What begins so long after a change of version may come of it. */
export const deploymentEffectMs = 15 * 60_000;

/** A change of the platform's own version. */
export interface Deployment {
  readonly from: string;
  readonly to: string;
  /** ISO 8601: start of the first cycle that saw the new version. */
  readonly at: string;
}

/** Something that has failed for some cycles. */
export interface Ongoing {
  /** The incident's id, or what it will be. */
  readonly incident: string;
  /** ISO 8601: start of the first failing cycle. */
  readonly since: string;
  readonly failingCycles: number;
  /** How often it went away and came back. */
  readonly returns: number;
  /** What was taken for the cause up to now; empty: nothing explained it. */
  readonly causes: readonly HypothesisId[];
  /** Ids of all requests that it ever took down. */
  readonly affected: readonly string[];
  /** The change of version shortly before it began; null: none was seen. */
  readonly deployment: Deployment | null;
}

/** What earlier cycles tell about this one. */
export interface History {
  /** ISO 8601: end of the last cycle before. */
  readonly until: string;
  /** The platform's version then; null: it was never named. */
  readonly version: string | null;
  /** Its last change, however long ago. */
  readonly deployment: Deployment | null;
  readonly ongoing: readonly Ongoing[];
}
