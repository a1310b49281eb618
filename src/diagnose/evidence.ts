import { toldCauseOf } from '../classify/told-cause.ts';
import type { Answerer } from '../platform/answerers.ts';
import type { FailureMode } from '../platform/failure-modes.ts';
import type { Symptom } from '../platform/hypothesis.ts';
import { stepTarget } from '../platform/registration.ts';
import type { AttemptOutcome, Outcome, Report } from '../platform/report.ts';
import type { Target } from '../platform/target.ts';
import type { ToldCause } from '../platform/told-causes.ts';
import { type Crossing, crossingOf, crossingOfStep } from './crossing.ts';

/** A request with what it showed. */
export interface Observed {
  readonly crossing: Crossing;
  readonly symptom: Symptom;
  /** How it failed the second time, where that was in another way. */
  readonly second: FailureMode | null;
  readonly answeredBy: Answerer | null;
  /** What its words say is behind it. */
  readonly cause: ToldCause | null;
  /** It failed once and passed once. */
  readonly flaps: boolean;
}

/** What of a cycle is evidence. */
export type SeenInCycle = Pick<Report, 'blind' | 'outcomes' | 'registration'>;

type Seen = Pick<AttemptOutcome, 'status' | 'failureMode' | 'answeredBy'> & { readonly known: boolean };

/** What is unknown says nothing: skipped, inconclusive, and what failed in the same way on the day of the baseline. */
const symptomOf = ({ status, failureMode, known }: Seen): Symptom | null => {
  if (known || status === 'skipped' || status === 'inconclusive') return null;
  return status === 'pass' ? 'pass' : failureMode;
};

/** Ids of what fails or is degraded, and is news. */
export const symptomsIn = ({ outcomes, registration }: SeenInCycle): readonly string[] => [
  ...outcomes.filter(isUnwell).map(({ target }) => target),
  ...(registration?.steps ?? []).filter(isUnwell).map(({ id }) => stepTarget(id)),
];

const isUnwell = (seen: Seen): boolean => symptomOf(seen) !== null && symptomOf(seen) !== 'pass';

const causeOf = ({ failureMode, evidence }: Pick<AttemptOutcome, 'failureMode' | 'evidence'>): ToldCause | null =>
  failureMode === null ? null : toldCauseOf(failureMode, wordsOf(failureMode, evidence));

const secondOf = ({ failureMode, attempts }: Outcome): FailureMode | null =>
  attempts.find((attempt) => attempt.failureMode !== null && attempt.failureMode !== failureMode)?.failureMode ?? null;

/** Which dependency it is stands in the summary, wherever in the body it stood. */
const wordsOf = (mode: FailureMode, { body, summary }: AttemptOutcome['evidence']): string =>
  mode === 'dependency-unhealthy' ? summary : (body ?? summary);

/** What fails as it always did tells nothing but that who says so can still be heard: of MLflow that is worth knowing. */
const heardAsEver = (crossing: Crossing, { answeredBy }: Seen): readonly Observed[] => {
  const place = crossing.hops.indexOf('mlflow');
  if (answeredBy !== 'mlflow' || place === -1) return [];
  const asFar = { ...crossing, hops: crossing.hops.slice(0, place + 1) };
  return [{ crossing: asFar, symptom: 'pass', second: null, answeredBy, cause: null, flaps: false }];
};

/** What a cycle has seen, as evidence. */
export const evidenceOf = (
  { outcomes, registration }: Pick<SeenInCycle, 'outcomes' | 'registration'>,
  targets: readonly Target[],
): readonly Observed[] => {
  const crossings = new Map(targets.map((target) => [target.id, crossingOf(target)]));
  const probed = outcomes.flatMap((outcome): readonly Observed[] => {
    const crossing = crossings.get(outcome.target);
    if (crossing === undefined) return [];
    if (outcome.known) return heardAsEver(crossing, outcome);
    const symptom = symptomOf(outcome);
    if (symptom === null) return [];
    const flaps = outcome.status === 'degraded' && outcome.attempts.some(({ status }) => status === 'pass');
    return [
      { crossing, symptom, second: secondOf(outcome), answeredBy: outcome.answeredBy, cause: causeOf(outcome), flaps },
    ];
  });
  const form = registration?.facts.credentialForms.bearer === null ? 'bearer' : 'x-api-key';
  const flow = (registration?.steps ?? []).flatMap((step): readonly Observed[] => {
    const symptom = symptomOf(step);
    if (symptom === null) return [];
    return [
      {
        crossing: crossingOfStep(step.id, form),
        symptom,
        second: null,
        answeredBy: step.answeredBy,
        cause: causeOf(step),
        flaps: false,
      },
    ];
  });
  return [...probed, ...flow];
};
