import type { FaultIds } from '../model/diagnosis.ts';
import type { History } from '../model/history.ts';
import type { Symptom } from '../model/hypothesis.ts';
import { requests, type Seen } from '../model/requests.ts';
import type { Target } from '../model/target.ts';
import { scoring } from './constants.ts';
import { evidenceOf } from './evidence.ts';
import { logSum } from './find-faults.ts';
import { onsetOf } from './onset.ts';
import { type CauseId, isHypothesis, type PlacedVariant, placedVariants } from './placed-variants.ts';
import { type Prediction, predictions } from './predict.ts';
import { probedRequestOf } from './probed-request.ts';
import { logLikelihoodsBeside, logPriors } from './score.ts';
import { weigh } from './weigh.ts';

/** One way in which one of the hypotheses in question can be true. */
interface Weighted {
  /** Index into `placedVariants`. */
  readonly variant: number;
  readonly probability: number;
}

export interface Question {
  readonly between: FaultIds;
  /** The most telling request first. Those that cannot decide are left out. */
  readonly telling: readonly Target[];
}

/** What is still in doubt, and which of these requests would tell most about it. Null: nothing is in doubt. */
export const questionOf = (
  seen: Seen,
  targets: readonly Target[],
  candidates: readonly Target[],
  history: History | null,
): Question | null => {
  const { table, faults } = weigh(evidenceOf(seen, targets).observed, onsetOf(requests(seen), targets, history));
  for (const [index, fault] of faults.entries()) {
    const between = inDoubt(fault);
    if (between === null) continue;
    const beside = faults.toSpliced(index, 1).map(({ best }) => best);
    const logs = logLikelihoodsBeside(table, beside).map((log, variant) => log + (logPriors[variant] ?? 0));
    const own = [...logs.keys()].filter((variant) => between.some((id) => id === causeOf(variant)));
    const total = logSum(own.map((variant) => logs[variant] ?? 0));
    const weighted = own.map((variant) => ({ variant, probability: Math.exp((logs[variant] ?? 0) - total) }));
    const telling = candidates
      .map((target) => ({ target, nats: informationOf(target, weighted) }))
      .filter(({ nats }) => nats >= scoring.worthAskingNats)
      .toSorted((a, b) => b.nats - a.nats)
      .map(({ target }) => target);
    if (telling.length > 0) return { between, telling };
  }
  return null;
};

const causeOf = (variant: number): CauseId => (placedVariants[variant] as PlacedVariant).cause;

/** The hypotheses of a fault that ties, or whose best is doubtful. */
const inDoubt = ({ tie, ranking }: ReturnType<typeof weigh>['faults'][number]): FaultIds | null => {
  const total = logSum(ranking.map(({ logPosterior }) => logPosterior));
  const likely = ranking.map(({ id, logPosterior }) => ({ id, probability: Math.exp(logPosterior - total) }));
  if (tie.length === 1 && (likely[0]?.probability ?? 0) >= scoring.doubtful) return null;
  const between = likely
    .filter(({ id, probability }) => tie.includes(id) || probability >= scoring.worthNaming)
    .map(({ id }) => id)
    .filter(isHypothesis);
  return between.length > 1 ? between : null;
};

type Answer = readonly [Symptom | 'other', number];

/** How much the answer is expected to tell about which hypothesis is true: their mutual information, in nats. */
const informationOf = (target: Target, weighted: readonly Weighted[]): number => {
  const predicted = predictions(probedRequestOf(target));
  const joint = new Map<Symptom | 'other', Map<CauseId, number>>();
  const shares = new Map<CauseId, number>();
  for (const { variant, probability } of weighted) {
    const id = causeOf(variant);
    shares.set(id, (shares.get(id) ?? 0) + probability);
    for (const [answer, share] of answersOf(predicted[variant] ?? null)) {
      const own = joint.get(answer) ?? new Map<CauseId, number>();
      own.set(id, (own.get(id) ?? 0) + probability * share);
      joint.set(answer, own);
    }
  }
  let nats = 0;
  for (const own of joint.values()) {
    const all = [...own.values()].reduce((sum, one) => sum + one, 0);
    for (const [id, one] of own) if (one > 0) nats += one * Math.log(one / (all * (shares.get(id) ?? 1)));
  }
  return nats;
};

/** Answers with their probabilities, 1 in total. The catalogue's grades are rough, and may exceed it. */
const answersOf = (prediction: Prediction | null): readonly Answer[] =>
  prediction === null
    ? [
        ['pass', 1 - scoring.noise],
        ['other', scoring.noise],
      ]
    : summingTo1([...(Object.entries(prediction.shows) as [Symptom, number][]), ['other', prediction.open]]);

const summingTo1 = (answers: readonly Answer[]): readonly Answer[] => {
  const total = answers.reduce((sum, [, share]) => sum + share, 0);
  return answers.map(([answer, share]) => [answer, share / total]);
};
