import type { HypothesisInfo } from '../model/hypothesis.ts';
import { hypotheses } from '../platform/hypotheses.ts';
import { scoring } from './constants.ts';
import type { Observed } from './evidence.ts';
import { passingOf, probabilityOf } from './likelihood.ts';
import type { Onset } from './onset.ts';
import { type PlacedVariant, placedVariants } from './placed-variants.ts';
import { type Prediction, predictions } from './predict.ts';

/** Requests with the same path and the same result, under every case: log-probabilities, weighted by their number. */
export interface Row {
  readonly observed: Observed;
  readonly weight: number;
  /** Its share of the requests that differ only in the tables that they need. */
  readonly part: number;
  readonly predictions: readonly (Prediction | null)[];
  /** Its probability when nothing is wrong … */
  readonly sound: number;
  /** … and under each case alone. */
  readonly alone: readonly number[];
}

export interface Table {
  readonly rows: readonly Row[];
  /** Log Bayes factor of the onset time of each case, against an onset by chance. */
  readonly onset: readonly number[];
}

/** Everything that the scorer needs of a cycle, computed once. Faults are indexes of `placedVariants`. */
const rowOf = (observed: Observed, weight: number, part: number): Row => {
  const predicted = predictions(observed.request);
  const sound = probabilityOf(observed, null);
  const alone = predicted.map((one) => (one === null ? sound : probabilityOf(observed, one)));
  return { observed, weight, part, predictions: predicted, sound, alone };
};

/** The probability of one request under these faults. */
export const probabilityUnder = (observed: Observed, faults: readonly number[]): number =>
  probabilityIn(rowOf(observed, 1, 1), faults);

export const tableOf = (evidence: readonly Observed[], onset: Onset): Table => {
  const groups = Map.groupBy(
    evidence,
    ({ request: { id: _, tables: __, ...what }, answeredBy, isFollowUp: ___, late: ____, ...seen }) =>
      // Who answered a healthy request says nothing about the fault.
      JSON.stringify([what, seen, seen.symptom === 'pass' ? null : answeredBy]),
  );
  const rows = [...groups.values()].flatMap((group) => {
    // Requests for the same tables are as dependent as others: those of a group share its weight.
    const byTables = Map.groupBy(group, ({ request }) => request.tables.join());
    return [...byTables.values()].flatMap((same): readonly Row[] => {
      const [observed] = same;
      const part = same.length / group.length;
      return observed === undefined ? [] : [rowOf(observed, part * group.length ** scoring.dependence, part)];
    });
  });
  return { rows, onset: logOnsets[onset] };
};

/** Log-probability of the whole evidence if exactly these faults are present. */
export const logLikelihood = (table: Table, faults: readonly number[]): number => {
  let sum = 0;
  for (const fault of faults) sum += table.onset[fault] ?? 0;
  for (const row of table.rows) sum += row.weight * Math.log(probabilityIn(row, faults));
  return sum;
};

/** The same for each case as a further fault beside these. Only the requests that it touches are scored again. */
export const logLikelihoodsBeside = (table: Table, beside: readonly number[]): readonly number[] => {
  const before = table.rows.map((row) => Math.log(probabilityIn(row, beside)));
  const whole = logLikelihood(table, beside);
  return placedVariants.map((_, index) => {
    const faults = [...beside, index];
    let sum = whole + (table.onset[index] ?? 0);
    table.rows.forEach((row, place) => {
      if (row.predictions[index] === null) return;
      sum += row.weight * (Math.log(probabilityIn(row, faults)) - (before[place] ?? 0));
    });
    return sum;
  });
};

/** A request meets the first fault on its path, and if it gets past that, the next. */
const probabilityIn = ({ observed, predictions: predicted, sound, alone }: Row, faults: readonly number[]): number => {
  // Usually there are one or two faults, and most requests meet at most one: build no list for these.
  const [first = 0, second] = faults;
  if (faults.length === 1) return alone[first] ?? sound;
  if (faults.length === 2 && second !== undefined) {
    if (predicted[first] === null) return alone[second] ?? sound;
    if (predicted[second] === null) return alone[first] ?? sound;
  }
  const met = faults.filter((fault) => predicted[fault] !== null);
  const [only] = met;
  if (only === undefined) return sound;
  if (met.length === 1) return alone[only] ?? sound;
  if (observed.symptom === 'pass') return met.reduce((product, fault) => product * (alone[fault] ?? 1), 1);
  const inOrder = met.toSorted((a, b) => placeOf(predicted[a]) - placeOf(predicted[b]));
  let probability = 0;
  let reaching = 1;
  for (const fault of inOrder) {
    const prediction = predicted[fault];
    probability += reaching * (alone[fault] ?? 0);
    if (prediction !== null && prediction !== undefined) reaching *= passingOf(prediction);
  }
  return probability;
};

const placeOf = (prediction: Prediction | null | undefined): number => prediction?.place ?? 0;

const allPriors = Object.values(hypotheses).reduce((sum, { prior }) => sum + prior, 0) / (1 - scoring.otherPrior);

/** Log-priors, in the order of `placedVariants`. */
export const logPriors: readonly number[] = placedVariants.map(({ hypothesis, share }: PlacedVariant) =>
  Math.log((hypotheses[hypothesis].prior / allPriors) * share),
);

/** Log Bayes factor of the onset time, if a case is true, against chance. */
const logOnset = ({ hypothesis }: PlacedVariant, onset: Onset): number => {
  const { withDeployment }: HypothesisInfo = hypotheses[hypothesis];
  const chance = scoring.deploymentByChance;
  if (withDeployment === undefined || onset === 'unknown') return 0;
  return onset === 'after-deployment'
    ? Math.log(withDeployment / chance)
    : Math.log((1 - withDeployment) / (1 - chance));
};

const logOnsets: Readonly<Record<Onset, readonly number[]>> = {
  'after-deployment': placedVariants.map((one) => logOnset(one, 'after-deployment')),
  'no-deployment': placedVariants.map((one) => logOnset(one, 'no-deployment')),
  unknown: placedVariants.map(() => 0),
};
