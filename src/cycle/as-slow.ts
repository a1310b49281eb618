import { hopOf } from '../classify/hop.ts';
import { answererLabels } from '../model/answerers.ts';
import { failureModes } from '../model/failure-modes.ts';
import type { AttemptOutcome } from '../model/report.ts';
import type { Hop } from '../platform/hops.ts';

/** A response that is correct, but later than normal. @param took how late, in words */
export const asSlow =
  (hops: readonly Hop[], took: (attempt: AttemptOutcome) => string) =>
  (attempt: AttemptOutcome): AttemptOutcome => {
    const { httpStatus, answeredBy, evidence } = attempt;
    const who = answeredBy === null ? '' : ` by ${answererLabels[answeredBy]}`;
    return {
      ...attempt,
      status: 'degraded',
      failureMode: 'slow',
      phase: failureModes.slow.phase,
      hop: hopOf('slow', answeredBy, hops),
      evidence: { ...evidence, summary: `${httpStatus ?? ''}${who}: ${took(attempt)}` },
    };
  };
