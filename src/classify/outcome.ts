import { type Baseline, type KnownEntry, normalState } from '../model/baseline.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import type { Limits } from '../model/limits.ts';
import type { Observation } from '../model/observation.ts';
import { isStillFailing, withStatus } from '../model/predicates.ts';
import type { AttemptOutcome, Outcome, Status, Verdict } from '../model/report.ts';
import { type Results, requests } from '../model/requests.ts';
import { aspectOf, type Target } from '../model/target.ts';
import { registrationHost } from '../platform/flow-steps.ts';
import { classify } from './classify.ts';

/**
 * One outcome from all attempts on a target (at least one). The first failing attempt is the evidence. If a later one
 * passes, the target flaps: it is degraded and keeps its mode, which is typical of one bad node behind a balancer.
 */
export const outcomeOf = (
  target: Target,
  observations: readonly [Observation, ...(readonly Observation[])],
  limits: Limits,
): Outcome => {
  const [first, ...more] = observations;
  const attempts: readonly [AttemptOutcome, ...AttemptOutcome[]] = [
    classify(target, first, limits),
    ...more.map((observation) => classify(target, observation, limits)),
  ];
  const decisive = attempts.find(({ status }) => status === 'fail') ?? attempts[0];
  const flaps = decisive.status === 'fail' && attempts.some(({ status }) => status === 'pass' || status === 'degraded');
  return {
    target: target.id,
    host: target.host,
    aspect: aspectOf(target),
    ...decisive,
    status: flaps ? 'degraded' : decisive.status,
    evidence: flaps
      ? { ...decisive.evidence, summary: `intermittent: ${decisive.evidence.summary}` }
      : decisive.evidence,
    attempts: attempts.filter((_, i) => observations[i]?.kind === 'attempted'),
    known: false,
  };
};

/** Adds how long the target took in the baseline, for comparison. */
export const withNormal = (outcome: Outcome, baseline: Baseline): Outcome => {
  const normalMs = baseline.find(({ target }) => target === outcome.target)?.timingsMs?.total ?? null;
  return normalMs === null ? outcome : { ...outcome, normalMs };
};

type Comparable = Pick<Outcome, 'status' | 'failureMode' | 'answeredBy' | 'marks' | 'known' | 'stillFailing'>;

/**
 * Marks what fails exactly as in the baseline: same mode, same answerer. A healthy day accepts a target's deviation, but
 * never a flow that fails: then models cannot be registered.
 */
export const markKnown = <T extends Comparable>(target: string, outcome: T, baseline: Baseline): T => {
  if (outcome.status !== 'fail' && outcome.status !== 'degraded') return outcome;
  const same = baseline.filter(
    (entry) =>
      entry.target === target &&
      entry.failureMode === outcome.failureMode &&
      isSameAnswerer(entry, outcome) &&
      entry.status === outcome.status,
  );
  if (same.length === 0) return outcome;
  const isOfFlow = target.startsWith(`${registrationHost}.`) && outcome.status === 'fail';
  const isAccepted = !isOfFlow && normalState(same).length > 0;
  return { ...outcome, known: true, ...(isAccepted ? {} : { stillFailing: true }) };
};

/** An answerer that the look of its responses no longer shows, or shows now, is the same if it names the same server. */
const isSameAnswerer = (before: KnownEntry, now: Comparable): boolean => {
  if (before.answeredBy === now.answeredBy) return true;
  const isUnsure = [before, now].some(({ answeredBy }) => answeredBy === 'unknown');
  const server = now.marks?.server ?? '';
  return isUnsure && server !== '' && before.marks?.server === server;
};

/** Ids of the requests that failed in the baseline and pass now. */
export const recoveredSince = (results: Results, baseline: Baseline): readonly string[] =>
  requests(results).flatMap(({ id, status }) => {
    // The later state counts: that before the change, if there is one.
    const before = baseline.findLast(({ target }) => target === id);
    return status === 'pass' && (before?.status === 'fail' || before?.status === 'degraded') ? [id] : [];
  });

/**
 * The verdict on a cycle. Unknown is never healthy, and a cycle that saw nothing is inconclusive. One that saw enough to
 * name a fault is not: then at least one request is degraded or fails, whatever the others would have shown.
 */
export const verdictOf = (results: Results, { faults }: Pick<Diagnosis, 'faults'>): Verdict => {
  const all = requests(results);
  const has = (status: Status): boolean => withStatus(all, status).length > 0;
  if (has('fail')) return 'failing';
  const isUnknown = has('inconclusive') || all.every(({ status }) => status === 'skipped');
  if (isUnknown && faults.length === 0) return 'inconclusive';
  if (all.some(isStillFailing)) return 'still-failing';
  return has('degraded') ? 'degraded' : 'healthy';
};
