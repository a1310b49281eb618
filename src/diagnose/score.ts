import { hypotheses } from '../platform/hypotheses.ts';
import { scoring } from './constants.ts';
import type { Observed } from './evidence.ts';
import { passingOf, probabilityOf } from './likelihood.ts';
import type { Onset } from './onset.ts';
import { type PlacedVariant, placedVariants } from './placed-variants.ts';
import { casesTouching, type Prediction, predictions } from './predict.ts';

/** Requests with the same path and the same result, under every case: log-probabilities, weighted by their number. */
export interface Row extends Likelihoods {
  readonly observed: Observed;
  readonly weight: number;
  /** Its share of the requests that differ only in the tables that they need. */
  readonly part: number;
}

interface Likelihoods {
  readonly predictions: readonly (Prediction | null)[];
  /** The cases that have a prediction. */
  readonly touching: readonly number[];
  /** Its probability when nothing is wrong … */
  readonly sound: number;
  /** … and under each case alone, also as a logarithm. */
  readonly alone: Float64Array;
  readonly logAlone: Float64Array;
}

export interface Table {
  readonly rows: readonly Row[];
  /** Log Bayes factor of the onset time of each case, against an onset by chance. */
  readonly onset: readonly number[];
}

const likelihoodsOf = (observed: Observed): Likelihoods => {
  const predicted = predictions(observed.request);
  const touching = casesTouching(observed.request);
  const sound = probabilityOf(observed, null);
  const alone = new Float64Array(predicted.length).fill(sound);
  const logAlone = new Float64Array(predicted.length).fill(Math.log(sound));
  for (const index of touching) {
    const probability = probabilityOf(observed, predicted[index] ?? null);
    alone[index] = probability;
    logAlone[index] = Math.log(probability);
  }
  return { predictions: predicted, touching, sound, alone, logAlone };
};

/** Most results are those of the cycle before. */
const known = new Map<string, Likelihoods>();

/** Results to remember: 5 MB. */
const knownLimit = 500;

const knownLikelihoods = (key: string, observed: Observed): Likelihoods => {
  const found = known.get(key) ?? likelihoodsOf(observed);
  if (known.size >= knownLimit) known.clear();
  known.set(key, found);
  return found;
};

/** The probability of one request under these faults. */
export const probabilityUnder = (observed: Observed, faults: readonly number[]): number => {
  const predicted = predictions(observed.request);
  const alone: Record<number, number> = {};
  for (const fault of faults) alone[fault] = probabilityOf(observed, predicted[fault] ?? null);
  return probabilityIn({ observed, predictions: predicted, sound: probabilityOf(observed, null), alone }, faults);
};

export const tableOf = (evidence: readonly Observed[], onset: Onset): Table => {
  const groups = Map.groupBy(
    evidence,
    ({ request: { id: _, tables: __, ...what }, answeredBy, isOwn, isFollowUp: ___, late: ____, ...seen }) =>
      // Who answered a healthy request says nothing about the fault.
      JSON.stringify([what, seen, seen.symptom === 'pass' ? null : [answeredBy, isOwn]]),
  );
  const rows = [...groups].flatMap(([key, group]) => {
    // Requests for the same tables are as dependent as others: those of a group share its weight.
    const byTables = Map.groupBy(group, ({ request }) => request.tables.join());
    return [...byTables].flatMap(([tables, same]): readonly Row[] => {
      const [observed] = same;
      if (observed === undefined) return [];
      const part = same.length / group.length;
      const weight = part * group.length ** scoring.dependence;
      return [{ observed, weight, part, ...knownLikelihoods(`${key} ${tables}`, observed) }];
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
export const logLikelihoodsBeside = ({ rows, onset }: Table, beside: readonly number[]): Float64Array => {
  const sums = new Float64Array(placedVariants.length).fill(logLikelihood({ rows, onset }, beside));
  onset.forEach((log, index) => {
    sums[index] = (sums[index] ?? 0) + log;
  });
  for (const row of rows) {
    const before = Math.log(probabilityIn(row, beside));
    const met = beside.filter((fault) => row.predictions[fault] !== null);
    for (const index of row.touching) {
      const log = met.length === 0 ? (row.logAlone[index] ?? 0) : Math.log(probabilityIn(row, [...met, index]));
      sums[index] = (sums[index] ?? 0) + row.weight * (log - before);
    }
  }
  return sums;
};

/** What the probability of one request depends on. */
interface Single extends Pick<Row, 'observed' | 'predictions' | 'sound'> {
  readonly alone: Readonly<Record<number, number>>;
}

/** A request meets the first fault on its path, and if it gets past that, the next. */
const probabilityIn = (
  { observed, predictions: predicted, sound, alone }: Single,
  faults: readonly number[],
): number => {
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
export const logPriors: readonly number[] = placedVariants.map(({ prior }) => Math.log(prior / allPriors));

/** Log Bayes factor of the onset time, if a case is true, against chance. */
const logOnset = ({ withDeployment }: PlacedVariant, onset: Onset): number => {
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
