import type { Candidate } from '../model/diagnosis.ts';
import { hypotheses } from '../platform/hypotheses.ts';
import { scoring } from './constants.ts';
import type { Observed } from './evidence.ts';
import { type FoundFault, logSum } from './find-faults.ts';
import { placedVariants } from './placed-variants.ts';
import { predictions } from './predict.ts';
import { probabilityUnder } from './score.ts';

export const isExplained = (observed: Observed, faults: readonly number[]): boolean =>
  probabilityUnder(observed, faults) >= scoring.explained;

interface Context {
  /** Index of the fault. */
  readonly fault: number;
  /** The other faults. */
  readonly beside: readonly number[];
  readonly evidence: readonly Observed[];
  readonly logOther: number | null;
}

/** The hypotheses for a fault, beside others: those that tie, and those that are not ruled out. */
export const candidatesOf = ({ ranking, tie }: FoundFault, context: Context): readonly Candidate[] => {
  const { logOther } = context;
  const logs = ranking.map(({ logPosterior }) => logPosterior);
  const total = logSum(logOther === null ? logs : [...logs, logOther]);
  return ranking
    .map(({ id, logPosterior, best }) => ({ id, best, probability: Math.exp(logPosterior - total) }))
    .filter(({ id, probability }) => tie.includes(id) || probability >= scoring.worthNaming)
    .map((one) => candidate(one, context));
};

const candidate = (
  { id, best, probability }: Pick<Candidate, 'id' | 'probability'> & { readonly best: number },
  { fault, beside, evidence }: Context,
): Candidate => {
  const touched = evidence.filter(({ request }) => predictions(request)[best] !== null);
  // By itself: what fails at another fault before it is that one's.
  const explained = touched.filter(
    (observed) => observed.symptom !== 'pass' && !observed.isFollowUp && isExplained(observed, [best]),
  );
  const against = touched.filter((observed) => !isExplained(observed, [best, ...beside]));
  return {
    id,
    fault,
    probability,
    explains: explained.map(({ request }) => request.id),
    contradicts: against.map(({ request }) => request.id),
    hop: hypotheses[id].hop,
    hosts: placedVariants[best]?.hosts ?? null,
  };
};
