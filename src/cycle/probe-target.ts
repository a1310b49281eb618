import { setTimeout as pause } from 'node:timers/promises';
import { markKnown, outcomeOf, withNormal } from '../classify/outcome.ts';
import type { Baseline } from '../model/baseline.ts';
import { defectOutcome } from '../model/blank.ts';
import type { Observation } from '../model/observation.ts';
import { isFailure } from '../model/predicates.ts';
import type { Outcome } from '../model/report.ts';
import { aspectOf, type Target } from '../model/target.ts';
import { askedOf } from '../probe/asked.ts';
import { probe } from '../probe/probe.ts';
import type { ProbeTools } from '../probe/tools.ts';
import { keepText } from '../raw/keep.ts';
import { createLimiter, createPacer } from './schedule.ts';

interface Probing {
  /** One target, with a retry if it fails. Never rejects. */
  readonly probeTarget: (target: Target) => Promise<Outcome>;
  /** One target, without a retry. Never rejects. */
  readonly probeOnce: (target: Target) => Promise<Outcome>;
  readonly judged: (target: Target, observations: readonly [Observation, ...Observation[]]) => Outcome;
}

/** The probes of one cycle, which share its concurrency limit and its pace. */
export const createProbing = (baseline: Baseline, tools: ProbeTools): Probing => {
  const limited = createLimiter(tools.limits.concurrency);
  const paced = createPacer();
  const attempt = (target: Target): Promise<Observation> =>
    limited(async () => {
      await paced();
      return probe(target, tools);
    });
  const judged: Probing['judged'] = (target, observations) =>
    markKnown(
      target.id,
      withNormal(withAsked(target, outcomeOf(target, observations, tools.limits), tools), baseline),
      baseline,
    );
  const withRetry = async (target: Target): Promise<Outcome> => {
    const first = await attempt(target);
    const outcome = judged(target, [first]);
    if (!needsRetry(outcome, tools)) return outcome;
    // If interrupted, skip the retry and keep the first outcome.
    await pause(tools.limits.confirmPauseMs, undefined, { signal: tools.stop }).catch(() => undefined);
    if (tools.stop.aborted) return outcome;
    return judged(target, [first, await attempt(target)]);
  };
  const safely =
    (work: (target: Target) => Promise<Outcome>) =>
    (target: Target): Promise<Outcome> =>
      work(target).catch((error) => defectOf(target, error, tools));
  return {
    judged,
    probeTarget: safely(withRetry),
    probeOnce: safely(async (target) => judged(target, [await attempt(target)])),
  };
};

/** What was asked belongs to a failure: a person may want to ask it again. */
const withAsked = (target: Target, outcome: Outcome, tools: ProbeTools): Outcome =>
  outcome.failureMode === null || outcome.attempts.length === 0
    ? outcome
    : { ...outcome, asked: askedOf(target, tools, outcome.address) };

/**
 * A failure is retried once, on a fresh connection, if there is time for as long as it took. A known failure is not
 * retried.
 */
const needsRetry = (outcome: Outcome, { cycleEndsAt, limits, stop }: ProbeTools): boolean => {
  if (stop.aborted) return false;
  const leftMs = cycleEndsAt - performance.now() - limits.confirmPauseMs;
  return isFailure(outcome) && leftMs > (outcome.timingsMs.total ?? 0);
};

/** A defect that one target's response triggers costs only that target's outcome. */
const defectOf = (target: Target, error: unknown, { keep }: ProbeTools): Outcome => {
  const outcome = defectOutcome(error, keepText(keep, 'detail'));
  return {
    target: target.id,
    host: target.host,
    aspect: aspectOf(target),
    ...outcome,
    attempts: [outcome],
    known: false,
  };
};
