import type { Answer, SingleResult, SingleVerdict } from '../model/drill.ts';
import { isConfident, mostProbable, names } from './answer.ts';

/** The injected state, to compare the diagnosis with. */
export interface Truth {
  readonly causes: readonly string[];
  /** Whether any probe can notice it. */
  readonly canBeSeen: boolean;
}

/** A diagnosis that is not a hypothesis. */
const blind = 'monitor-blind';

export const judgeSingle = (truth: Truth, answer: Answer): Pick<SingleResult, 'verdict' | 'inTopThree' | 'besides'> => {
  const { causes } = truth;
  return {
    verdict: verdictOn(truth, answer),
    inTopThree: causes.length === 0 ? null : isNamedBlind(truth, answer) || names(mostProbable(answer, 3), causes),
    besides: causes.length === 0 ? [] : answer.faults.filter((fault) => !names(fault, causes)),
  };
};

const isNamedBlind = ({ causes }: Truth, { status }: Answer): boolean => causes.includes(blind) && status === blind;

const verdictOn = (truth: Truth, answer: Answer): SingleVerdict => {
  const { causes, canBeSeen } = truth;
  const { faults, status } = answer;
  if (!canBeSeen) return status === 'healthy' ? 'quiet' : 'false-alarm';
  if (causes.length === 0) {
    if (faults.length === 0) return 'rejected';
    return isConfident(answer) ? 'confidently-wrong' : 'doubted';
  }
  if (isNamedBlind(truth, answer)) return 'right';
  if (faults.length === 0) return 'missed';
  const [own] = faults.filter((fault) => names(fault, causes)).toSorted((a, b) => a.length - b.length);
  if (own === undefined) return 'wrong';
  return own.every((id) => causes.some((cause) => cause === id)) ? 'right' : 'in-tie';
};
