import * as v from 'valibot';
import { hypothesisId } from './history.ts';
import { count, moment } from './parts.ts';

/** What AWS says about one hypothesis. */
export const awsFinding = v.object({
  hypothesis: hypothesisId,
  /** Index into the diagnosis's `faults` before AWS was asked. */
  fault: count,
  /** unknown: AWS could not be asked, did not answer, or its answer decides nothing. */
  verdict: v.picklist(['confirmed', 'refuted', 'unknown']),
  /** The evidence in one line, or why there is none. */
  line: v.string(),
  /** The call that it comes from, by its IAM action; empty: no call was made. */
  source: v.string(),
});

/** A change before it began. It proves nothing. */
export const awsChange = v.object({
  /** Null: a note about the changes, such as why some can be missing. */
  at: v.nullable(moment),
  line: v.string(),
  /** The call that it comes from, by its IAM action. */
  source: v.string(),
});

/** What was asked of AWS after a cycle. */
export const awsConfirmation = v.object({
  findings: v.array(awsFinding),
  /** In the half hour before it began, newest first. */
  changes: v.exactOptional(v.array(awsChange)),
  calls: count,
  durationMs: v.number(),
});
