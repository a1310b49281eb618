import { type Answerer, answererLabels } from '../model/answerers.ts';
import type { AttemptOutcome, Registration } from '../model/report.ts';
import type { Results } from '../model/requests.ts';
import type { Target } from '../model/target.ts';
import { limited } from '../model/text-limits.ts';
import { stepTarget } from '../platform/flow-steps.ts';
import type { Hop } from '../platform/hops.ts';
import { type Routed, routedIn } from './routed.ts';
import { applicationOf, comparing, type Heard } from './sender.ts';

/** Something between these and the application may have answered; the rule is the last of them that decides who does. */
const place: Hop = 'rule';

/** Behind the API's proxy, which reached what answered. Whether that is MLflow's own address is not known. */
const behindProxy: Hop = 'service-discovery';

/**
 * The results, with failures that something in front of the application reports placed there. One response alone does
 * not show this, so the classifier places them at the application.
 */
export const withSenders = <T extends Results>(seen: T, targets: readonly Target[]): T => {
  try {
    return placed(seen, targets);
  } catch {
    // A defect that one target triggers. The diagnosis meets it too, and reports it.
    return seen;
  }
};

const placed = <T extends Results>(seen: T, targets: readonly Target[]): T => {
  const routed = routedIn(seen, targets);
  const hear = comparing(routed);
  const moved = new Map(routed.filter(isJudged).flatMap((one) => movedIn(one, hear(one))));
  if (moved.size === 0) return seen;
  const atSender = <O extends AttemptOutcome>(id: string, one: O): O => {
    const { hop, answeredBy } = moved.get(id) ?? {};
    if (hop === undefined || answeredBy === undefined || one.phase !== 'assertion') return one;
    return { ...one, hop, answeredBy, evidence: { ...one.evidence, summary: saidBy(answeredBy, one) } };
  };
  const { registration } = seen;
  return {
    ...seen,
    outcomes: seen.outcomes.map((one) => ({
      ...atSender(one.target, one),
      attempts: one.attempts.map((attempt) => atSender(one.target, attempt)),
    })),
    registration: registration && {
      ...registration,
      steps: registration.steps.map((step): Registration['steps'][number] => atSender(stepTarget(step.id), step)),
    },
  };
};

/** The summary with the sender that the comparison shows in place of the one that the response alone suggests. */
const saidBy = (sender: Answerer | null, { answeredBy, httpStatus, evidence: { summary } }: AttemptOutcome): string => {
  if (sender === null || answeredBy === null || sender === answeredBy) return summary;
  const [before, after] = [answeredBy, sender].map((one) => `${httpStatus} by ${answererLabels[one]}`);
  return limited(summary.replaceAll(before ?? '', after ?? ''), 'summary');
};

/** It failed because of what the response says. */
const isJudged = ({ request: { phase, status } }: Routed): boolean => phase === 'assertion' && status !== 'pass';

interface Moved {
  readonly hop: Hop;
  readonly answeredBy: Answerer | null;
}

const movedIn = (one: Routed, { isForeign, isBehindApi, answeredBy }: Heard): readonly (readonly [string, Moved])[] => {
  const { request, probed } = one;
  if (isBehindApi) return [[request.id, { hop: behindProxy, answeredBy }]];
  const at = request.hop === null ? -1 : probed.hops.indexOf(request.hop);
  const isBehind = probed.hops.includes(place) && at > probed.hops.indexOf('target-group');
  // MLflow's words from an application of another kind: a rule leads there.
  const isOfAnother = request.answeredBy === 'mlflow' && answeredBy === 'application';
  if (isBehind && (isForeign || isOfAnother || answeredBy === 'unknown'))
    return [[request.id, { hop: place, answeredBy }]];
  // Nobody in particular seemed to send it, so it was placed at the rule.
  const application = applicationOf(one);
  const isOwnPage = request.answeredBy === 'unknown' && answeredBy === 'application' && request.hop === place;
  return isOwnPage && application !== undefined ? [[request.id, { hop: application, answeredBy }]] : [];
};
