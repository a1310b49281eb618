import type { Candidate } from '../model/diagnosis.ts';
import { hypotheses } from '../platform/hypotheses.ts';
import { scoring } from './constants.ts';
import { isOpenToDoubt } from './doubts.ts';
import type { Observed } from './evidence.ts';
import { logSum } from './find-faults.ts';
import type { FoundFault } from './found-fault.ts';
import { isHypothesis, placedVariants } from './placed-variants.ts';
import { predictions } from './predict.ts';
import { probabilityUnder } from './score.ts';

export const isExplained = (observed: Observed, faults: readonly number[]): boolean =>
  probabilityUnder(observed, faults) >= scoring.explained;

/** The probability reserved for causes outside the catalogue. */
export interface Reserve {
  /** Log-evidence for an unknown cause in place of a single fault, or its probability in place of several. */
  readonly other: { readonly log: number } | { readonly share: number };
  /** Something in the cycle is unexplained or cannot be trusted. */
  readonly isDoubted: boolean;
}

interface Context extends Reserve {
  /** Index of the fault. */
  readonly fault: number;
  /** The other faults. */
  readonly beside: readonly number[];
  readonly evidence: readonly Observed[];
}

/** The hypotheses for a fault beside others: those that tie, and those that are not ruled out. */
export const candidatesOf = ({ ranking, tie }: FoundFault, context: Context): readonly Candidate[] => {
  const { other, isDoubted, evidence } = context;
  const logs = ranking.map(({ logPosterior }) => logPosterior);
  const total = 'log' in other ? logSum([...logs, other.log]) : logSum(logs) - Math.log(1 - other.share);
  return ranking
    .flatMap(({ id, logPosterior, fit, best }) =>
      isHypothesis(id) ? [{ id, fit, best, probability: Math.exp(logPosterior - total) }] : [],
    )
    .filter(({ id, probability }) => tie.includes(id) || probability >= scoring.worthNaming)
    .map((one) => {
      const found = candidate(one, context);
      // Only priors, which are estimates, tell it from another.
      const hasLookAlike = ranking.some(({ id, fit }) => id !== one.id && one.fit - fit < scoring.tieNats);
      const isThin =
        isDoubted ||
        hasLookAlike ||
        placedVariants[one.best]?.isVague === true ||
        found.contradicts.length > 0 ||
        isOpenToDoubt(one, evidence);
      return { ...found, probability: Math.min(found.probability, isThin ? scoring.doubted : 1) };
    });
};

const candidate = (
  { id, best, probability }: Pick<Candidate, 'id' | 'probability'> & { readonly best: number },
  { fault, beside, evidence }: Context,
): Candidate => {
  const touched = evidence.filter(({ request }) => predictions(request)[best] !== null);
  // Alone: a request that fails earlier at another fault belongs to that one.
  const explained = touched.filter(
    (observed) =>
      observed.symptom !== 'pass' && !observed.late && !observed.isFollowUp && isExplained(observed, [best]),
  );
  const against = touched.filter((observed) => !isExplained(observed, [best, ...beside]));
  return {
    id,
    fault,
    probability,
    explains: explained.map(({ request }) => request.id),
    contradicts: against.map(({ request }) => request.id),
    hop: placedVariants[best]?.hop ?? hypotheses[id].hop,
    hosts: placedVariants[best]?.hosts ?? null,
  };
};
