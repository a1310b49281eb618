import { hopOf } from '../classify/hop.ts';
import { answererLabels } from '../model/answerers.ts';
import { type FailureMode, failureModes } from '../model/failure-modes.ts';
import type { AttemptOutcome } from '../model/report.ts';
import type { Hop } from '../platform/hops.ts';

/** A response that passes alone, but not in comparison with others. @param why in words */
export const asDegraded =
  (failureMode: FailureMode, hops: readonly Hop[], why: (attempt: AttemptOutcome) => string) =>
  <T extends AttemptOutcome>(attempt: T): T => {
    const { httpStatus, answeredBy, evidence } = attempt;
    const who = answeredBy === null ? '' : ` by ${answererLabels[answeredBy]}`;
    return {
      ...attempt,
      status: 'degraded',
      failureMode,
      phase: failureModes[failureMode].phase,
      hop: hopOf(failureMode, answeredBy, hops),
      evidence: { ...evidence, summary: `${httpStatus ?? ''}${who}: ${why(attempt)}` },
    };
  };
