import type { FaultIds } from '../model/diagnosis.ts';
import type { Answer, PairResult } from '../model/drill.ts';

export type Both<T> = readonly [T, T];

/** The verdict on a pair. Each cause needs its own fault in the diagnosis, because a tie claims only one of its members. */
export const judgePair = (
  causes: Both<readonly string[]>,
  hidden: Both<boolean>,
  answer: Answer,
): Pick<PairResult, 'verdict' | 'named' | 'hidden' | 'besides'> => {
  const named = namedApart(causes, answer.faults);
  const count = named.filter(Boolean).length;
  const all = causes.flat();
  return {
    verdict: hidden[0] || hidden[1] ? 'hidden' : count === 2 ? 'both' : count === 1 ? 'one' : 'none',
    named,
    hidden,
    besides: answer.faults.filter((fault) => !fault.some((id) => all.includes(id))),
  };
};

const namedApart = (causes: Both<readonly string[]>, faults: readonly FaultIds[]): Both<boolean> => {
  const [first, second] = causes.map((own) => faults.filter((fault) => fault.some((id) => own.includes(id))));
  if (first === undefined || second === undefined) return [false, false];
  const apart = first.some((one) => second.some((other) => other !== one));
  return [first.length > 0, second.length > 0 && (first.length === 0 || apart)];
};
