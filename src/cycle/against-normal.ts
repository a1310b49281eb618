import { hopOf } from '../classify/hop.ts';
import { markKnown } from '../classify/outcome.ts';
import { answererLabels } from '../model/answerers.ts';
import type { Baseline } from '../model/baseline.ts';
import { failureModes } from '../model/failure-modes.ts';
import type { AttemptOutcome, Outcome } from '../model/report.ts';
import type { Target } from '../model/target.ts';
import type { Expected, Expecting } from '../normal/judge.ts';
import { ownMs } from '../normal/measure.ts';

/**
 * Compares requests over HTTP with what is normal for them at this hour. One late response may be chance: a request is
 * slow if it is late now and was in one of the two cycles before.
 */
export const againstNormal = (
  outcomes: readonly Outcome[],
  targets: readonly Target[],
  { expecting, baseline }: { readonly expecting: Expecting; readonly baseline: Baseline },
): readonly Outcome[] => {
  const byId = new Map(targets.map((target) => [target.id, target]));
  return outcomes.map((outcome) => {
    const target = byId.get(outcome.target);
    const expected = target?.kind === 'http' ? expecting(outcome.target) : null;
    if (target === undefined || expected === null) return outcome;
    const compared = { ...outcome, normalMs: Math.round(expected.normalMs) };
    const ms = ownMs(outcome);
    const isSlow = outcome.status === 'pass' && ms !== null && ms > expected.lateMs && expected.wasLate;
    if (!isSlow) return compared;
    const slow = slowFor(target, expected);
    return markKnown(target.id, { ...compared, ...slow(outcome), attempts: outcome.attempts.map(slow) }, baseline);
  });
};

const slowFor =
  ({ hops }: Target, { normalMs }: Expected) =>
  (attempt: AttemptOutcome): AttemptOutcome => {
    const { httpStatus, answeredBy, timingsMs, evidence } = attempt;
    const who = answeredBy === null ? '' : ` by ${answererLabels[answeredBy]}`;
    const took = `${Math.round(timingsMs.total ?? 0)} ms, it normally takes ${Math.round(normalMs)} ms at this hour`;
    return {
      ...attempt,
      status: 'degraded',
      failureMode: 'slow',
      phase: failureModes.slow.phase,
      hop: hopOf('slow', answeredBy, hops),
      evidence: { ...evidence, summary: `${httpStatus ?? ''}${who}: ${took}` },
    };
  };
