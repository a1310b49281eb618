import { databaseCauseOf } from '../classify/database-cause.ts';
import type { Answerer } from '../platform/answerers.ts';
import type { DatabaseCause } from '../platform/database-causes.ts';
import type { Symptom } from '../platform/hypothesis.ts';
import type { AttemptOutcome, Report } from '../platform/report.ts';
import type { Target } from '../platform/target.ts';
import { type Crossing, crossingOf, crossingOfStep } from './crossing.ts';

/** A request with what it showed. */
export interface Observed {
  readonly crossing: Crossing;
  readonly symptom: Symptom;
  readonly answeredBy: Answerer | null;
  /** Of a database error, what its words are about. */
  readonly cause: DatabaseCause | null;
  /** It failed once and passed once. */
  readonly flaps: boolean;
}

/** What of a cycle is evidence. */
export type SeenInCycle = Pick<Report, 'outcomes' | 'registration'>;

type Seen = Pick<AttemptOutcome, 'status' | 'failureMode' | 'answeredBy'> & { readonly known: boolean };

/** What is unknown says nothing: skipped, inconclusive, and what failed in the same way on the day of the baseline. */
const symptomOf = ({ status, failureMode, known }: Seen): Symptom | null => {
  if (known || status === 'skipped' || status === 'inconclusive') return null;
  return status === 'pass' ? 'pass' : failureMode;
};

const causeOf = ({ failureMode, evidence }: Pick<AttemptOutcome, 'failureMode' | 'evidence'>): DatabaseCause | null =>
  failureMode === 'database-error' ? databaseCauseOf(evidence.body ?? evidence.summary) : null;

/** What a cycle has seen, as evidence. */
export const evidenceOf = (
  { outcomes, registration }: SeenInCycle,
  targets: readonly Target[],
): readonly Observed[] => {
  const crossings = new Map(targets.map((target) => [target.id, crossingOf(target)]));
  const probed = outcomes.flatMap((outcome): readonly Observed[] => {
    const crossing = crossings.get(outcome.target);
    const symptom = symptomOf(outcome);
    if (crossing === undefined || symptom === null) return [];
    const flaps = outcome.status === 'degraded' && outcome.attempts.some(({ status }) => status === 'pass');
    return [{ crossing, symptom, answeredBy: outcome.answeredBy, cause: causeOf(outcome), flaps }];
  });
  const form = registration?.facts.credentialForms.bearer === null ? 'bearer' : 'x-api-key';
  const flow = (registration?.steps ?? []).flatMap((step): readonly Observed[] => {
    const symptom = symptomOf(step);
    if (symptom === null) return [];
    return [
      {
        crossing: crossingOfStep(step.id, form),
        symptom,
        answeredBy: step.answeredBy,
        cause: causeOf(step),
        flaps: false,
      },
    ];
  });
  return [...probed, ...flow];
};
