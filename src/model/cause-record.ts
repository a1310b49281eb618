import type { HypothesisId } from '../platform/hypotheses.ts';
import type { Judgement } from './incident.ts';

/** How often a hypothesis was right, by people's judgement. */
export interface CauseRecord {
  /** Judged incidents that named it and in which it was it, or nothing that they named was. */
  readonly named: number;
  readonly right: number;
  /** Judged incidents in which it was the cause, and which did not name it. */
  readonly missed: number;
}

/** In a tie, the other member is no error: the incident said that it was one of them. */
export const recordOf = (id: HypothesisId, judgements: readonly Judgement[]): CauseRecord => {
  const claimed = judgements.filter(
    ({ named, verdict, cause }) => named.includes(id) && (verdict === 'wrong' || cause === id),
  );
  return {
    named: claimed.length,
    right: claimed.filter(({ cause }) => cause === id).length,
    missed: judgements.filter(({ named, cause }) => cause === id && !named.includes(id)).length,
  };
};
