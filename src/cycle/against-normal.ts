import { markKnown } from '../classify/outcome.ts';
import type { Baseline } from '../model/baseline.ts';
import type { Outcome, Registration } from '../model/report.ts';
import type { Target } from '../model/target.ts';
import { ownMsOfStep, partsOfFlow } from '../normal/flow-parts.ts';
import type { Expecting } from '../normal/judge.ts';
import { ownMs } from '../normal/measure.ts';
import { registrationSteps, stepTarget } from '../platform/flow-steps.ts';
import { withSteps } from '../registration/judge.ts';
import { asDegraded } from './as-degraded.ts';

interface Normal {
  readonly expecting: Expecting;
  readonly baseline: Baseline;
}

interface Asked {
  readonly outcomes: readonly Outcome[];
  readonly registration: Registration | null;
}

/** Compares a cycle with what is normal at this hour. */
export const againstNormal = (
  { outcomes, registration }: Asked,
  targets: readonly Target[],
  normal: Normal,
): Asked => ({
  outcomes: targetsAgainstNormal(outcomes, targets, normal),
  registration: registration && flowAgainstNormal(registration, normal),
});

/**
 * Compares requests over HTTP with what is normal for them at this hour. One late response may be chance: a request is
 * slow if it is late now and was in one of the two cycles before.
 */
const targetsAgainstNormal = (
  outcomes: readonly Outcome[],
  targets: readonly Target[],
  { expecting, baseline }: Normal,
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
    const normally = `it normally takes ${Math.round(expected.normalMs)} ms at this hour`;
    const slow = asDegraded(
      'slow',
      target.hops,
      ({ timingsMs }) => `${Math.round(timingsMs.total ?? 0)} ms, ${normally}`,
    );
    return markKnown(target.id, { ...compared, ...slow(outcome), attempts: outcome.attempts.map(slow) }, baseline);
  });
};

/** The same for the flow: its reads, its writes and its artifacts, each on average. */
const flowAgainstNormal = (flow: Registration, { expecting, baseline }: Normal): Registration => {
  const slow = new Map(
    partsOfFlow(flow.steps).flatMap(({ id, ms, steps }) => {
      const expected = expecting(id);
      if (expected === null || ms === null || ms <= expected.lateMs || !expected.wasLate) return [];
      // The average is above the limit, so at least one step is.
      return steps.filter((step) => ownMsOfStep(step) > expected.lateMs).map((step) => [step.id, expected] as const);
    }),
  );
  if (slow.size === 0) return flow;
  const steps = flow.steps.map((step) => {
    const expected = slow.get(step.id);
    if (expected === undefined || step.status !== 'pass') return step;
    const took = `the step took ${Math.round(step.durationMs)} ms, such a step normally takes ${Math.round(expected.normalMs)} ms at this hour`;
    const late = asDegraded('slow', registrationSteps[step.id].hops, () => took)(step);
    const judged = { ...step, ...late, normalMs: Math.round(expected.normalMs) };
    return markKnown(stepTarget(step.id), judged, baseline);
  });
  return withSteps(flow, steps);
};
