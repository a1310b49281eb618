import * as v from 'valibot';
import { hypothesisIds } from '../../platform/hypotheses.ts';
import { count, ids, listOf, moment } from './parts.ts';

export const hypothesisId = v.picklist(hypothesisIds);

/** A change of the platform's version. */
export const deployment = v.object({
  from: v.string(),
  to: v.string(),
  /** ISO 8601, UTC: start of the first cycle that saw the new version. */
  at: moment,
});

/** What is known of a failure's past. */
export const past = {
  /** ISO 8601, UTC: start of the first failing cycle. */
  since: moment,
  /** Failing cycles before this one; 0: new in this cycle. */
  failingCycles: count,
  /** How often it went away and came back. */
  returns: count,
  /** The change of version shortly before it began; null if none was seen. */
  deployment: v.nullable(deployment),
};

/** Something that has failed for several cycles. */
export const ongoing = v.object({
  /** The incident's id, existing or future. */
  incident: v.string(),
  ...past,
  /** The latest diagnosis of its cause; empty if nothing explained it. */
  causes: listOf(hypothesisId),
  /** Ids of all requests that have failed because of it. */
  affected: ids,
  /** Everything that it affected has passed since it last failed. Absent in reports of earlier versions. */
  recovered: v.exactOptional(v.boolean()),
});

/** What earlier cycles say about this one. */
export const history = v.object({
  /** ISO 8601, UTC: end of the previous cycle. */
  until: moment,
  /** The platform's version at that time; null if it was never named. */
  version: v.nullable(v.string()),
  /** The last change of the platform's version, however long ago. */
  deployment: v.nullable(deployment),
  ongoing: v.array(ongoing),
});
