import type { Candidate } from '../model/diagnosis.ts';
import { type HypothesisId, hypotheses } from '../platform/hypotheses.ts';
import { scoring } from './constants.ts';
import type { Observed } from './evidence.ts';
import { type FoundFault, logSum } from './find-faults.ts';
import { placedVariants } from './placed-variants.ts';
import { predictions } from './predict.ts';
import { probabilityUnder } from './score.ts';

export const isExplained = (observed: Observed, faults: readonly number[]): boolean =>
  probabilityUnder(observed, faults) >= scoring.explained;

/** The hypotheses for a fault, beside others: those that tie, and those that are not ruled out. */
export const candidatesOf = (
  { ranking, tie }: FoundFault,
  fault: number,
  beside: readonly number[],
  evidence: readonly Observed[],
  logOther: number | null,
): readonly Candidate[] => {
  const logs = ranking.map(({ logPosterior }) => logPosterior);
  const total = logSum(logOther === null ? logs : [...logs, logOther]);
  return ranking
    .map(({ id, logPosterior, best }) => ({ id, best, probability: Math.exp(logPosterior - total) }))
    .filter(({ id, probability }) => tie.includes(id) || probability >= scoring.worthNaming)
    .map(({ id, best, probability }) => ({ ...candidate(id, best, probability, beside, evidence), fault }));
};

const candidate = (
  id: HypothesisId,
  best: number,
  probability: number,
  beside: readonly number[],
  evidence: readonly Observed[],
): Omit<Candidate, 'fault'> => {
  const touched = evidence.filter(({ request }) => predictions(request)[best] !== null);
  // By itself: what fails at another fault before it is that one's.
  const explained = touched.filter((observed) => observed.symptom !== 'pass' && isExplained(observed, [best]));
  const against = touched.filter((observed) => !isExplained(observed, [best, ...beside]));
  return {
    id,
    probability,
    explains: explained.map(({ request }) => request.id),
    contradicts: against.map(({ request }) => request.id),
    hop: hypotheses[id].hop,
    hosts: placedVariants[best]?.hosts ?? null,
  };
};
