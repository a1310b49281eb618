import type { HypothesisId } from '../platform/hypotheses.ts';

/** A failure that begins within this time after a change of version may be caused by it. */
export const deploymentEffectMs = 15 * 60_000;

/** A change of the platform's version. */
export interface Deployment {
  readonly from: string;
  readonly to: string;
  /** ISO 8601: start of the first cycle that saw the new version. */
  readonly at: string;
}

/** Something that has failed for several cycles. */
export interface Ongoing {
  /** The incident's id, existing or future. */
  readonly incident: string;
  /** ISO 8601: start of the first failing cycle. */
  readonly since: string;
  readonly failingCycles: number;
  /** How often it went away and came back. */
  readonly returns: number;
  /** The latest diagnosis of its cause; empty if nothing explained it. */
  readonly causes: readonly HypothesisId[];
  /** Ids of all requests that have failed because of it. */
  readonly affected: readonly string[];
  /** The change of version shortly before it began; null if none was seen. */
  readonly deployment: Deployment | null;
}

/** What earlier cycles say about this one. */
export interface History {
  /** ISO 8601: end of the previous cycle. */
  readonly until: string;
  /** The platform's version at that time; null if it was never named. */
  readonly version: string | null;
  /** Its last change, however long ago. */
  readonly deployment: Deployment | null;
  readonly ongoing: readonly Ongoing[];
}
