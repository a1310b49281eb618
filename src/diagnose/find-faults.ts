import type { FaultIds } from '../platform/diagnosis.ts';
import type { HypothesisId } from '../platform/hypotheses.ts';
import { type Case, cases } from './cases.ts';
import { scoring } from './constants.ts';
import { logLikelihood, logLikelihoodOfOther, logPriors, type Table } from './score.ts';

interface Ranked {
  readonly id: HypothesisId;
  /** Of the hypothesis as a whole, its cases together. */
  readonly logLikelihood: number;
  readonly logPosterior: number;
  /** Its most probable case. */
  readonly best: number;
}

/** Something that is broken. Cases are indexes of `cases`. */
export interface Fault {
  readonly best: number;
  readonly tie: FaultIds;
  readonly ranking: readonly Ranked[];
}

/** All hypotheses as a further fault beside some, best first. */
const rank = (table: Table, beside: readonly number[]): readonly Ranked[] => {
  const logs = cases.map((_, index) => logLikelihood(table, [...beside, index]) + (logPriors[index] ?? 0));
  return [...casesByHypothesis]
    .map(([id, own]): Ranked => {
      const logPosterior = logSum(own.map((index) => logs[index] ?? 0));
      const logPrior = logSum(own.map((index) => logPriors[index] ?? 0));
      const best = own.reduce((most, index) => ((logs[index] ?? 0) > (logs[most] ?? 0) ? index : most));
      return { id, logPosterior, logLikelihood: logPosterior - logPrior, best };
    })
    .toSorted((a, b) => b.logPosterior - a.logPosterior);
};

const casesByHypothesis = Map.groupBy(cases.keys(), (index) => (cases[index] as Case).hypothesis);

export const logSum = (logs: readonly number[]): number => {
  const most = Math.max(...logs);
  return most + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - most), 0));
};

/** One fault after the other, each only when it explains more than it costs; each is looked at again when another one has been found. */
export const findFaults = (table: Table): readonly Fault[] => {
  let found: readonly Fault[] = [];
  let score = logLikelihood(table, []);
  while (found.length < scoring.faults) {
    const more = [...found, faultBeside(table, casesOf(found))];
    // What explains less than it costs as it is gets no second look.
    const refined = more.length < 2 || scoreOf(table, more) < score ? more : refine(table, more);
    const reached = scoreOf(table, refined);
    if (reached - score < (found.length === 0 ? scoring.firstFaultNats : scoring.furtherFaultNats)) break;
    found = refined;
    score = reached;
  }
  // What the catalogue does not know may explain it better.
  return score > logOther(table) ? found : [];
};

/** How much what the catalogue does not know has for it. */
export const logOther = (table: Table): number => logLikelihoodOfOther(table) + Math.log(scoring.otherPrior);

const casesOf = (faults: readonly Fault[]): readonly number[] => faults.map(({ best }) => best);

const scoreOf = (table: Table, faults: readonly Fault[]): number =>
  casesOf(faults).reduce((sum, index) => sum + (logPriors[index] ?? 0), logLikelihood(table, casesOf(faults)));

const faultBeside = (table: Table, beside: readonly number[]): Fault => {
  const ranking = rank(table, beside);
  const [best] = ranking;
  if (best === undefined) throw new Error('the catalogue is empty');
  const most = Math.max(...ranking.map((one) => one.logLikelihood));
  const tie = ranking
    .filter(
      ({ logLikelihood: likelihood, logPosterior }) =>
        most - likelihood < scoring.tieNats || best.logPosterior - logPosterior < -Math.log(scoring.tieShare),
    )
    .map(({ id }) => id);
  return { best: best.best, tie, ranking };
};

const refine = (table: Table, faults: readonly Fault[]): readonly Fault[] =>
  faults.reduce<readonly Fault[]>(
    (refined, _, index) => refined.with(index, faultBeside(table, casesOf(refined.filter((__, i) => i !== index)))),
    faults,
  );
