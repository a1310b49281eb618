import { apart } from './apart.ts';
import { scoring } from './constants.ts';
import type { Observed } from './evidence.ts';
import type { FoundFault, RankedCause } from './found-fault.ts';
import { logLikelihoodOfOther } from './other.ts';
import { type PlacedVariant, placedVariants } from './placed-variants.ts';
import { logLikelihood, logLikelihoodsBeside, logPriors, probabilityUnder, type Table } from './score.ts';

/** All causes as a further fault beside some, best first. */
const rank = (table: Table, beside: readonly number[]): readonly RankedCause[] => {
  const likelihoods = logLikelihoodsBeside(table, beside);
  const logs = likelihoods.map((log, index) => log + (logPriors[index] ?? 0));
  return [...casesByCause]
    .map(([id, own]): RankedCause => {
      const logPosterior = logSum(own.map((index) => logs[index] ?? 0));
      const logPrior = logSum(own.map((index) => logPriors[index] ?? 0));
      const best = own.reduce((most, index) => ((logs[index] ?? 0) > (logs[most] ?? 0) ? index : most));
      const fit = own.reduce((most, index) => Math.max(most, likelihoods[index] ?? most), Number.NEGATIVE_INFINITY);
      return { id, logPosterior, logLikelihood: logPosterior - logPrior, fit, best };
    })
    .toSorted((a, b) => b.logPosterior - a.logPosterior);
};

const casesByCause = Map.groupBy(placedVariants.keys(), (index) => (placedVariants[index] as PlacedVariant).cause);

export const logSum = (logs: readonly number[]): number => {
  const most = Math.max(...logs);
  return most + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - most), 0));
};

/** The faults that explain the most for their prior cost. */
export const findFaults = (table: Table): readonly FoundFault[] => {
  const seek = seeking(table);
  const first = seek([]);
  const worth = (faults: readonly FoundFault[]): number => worthOf(table, faults);
  const likeliest = grow(table, [first], seek);
  // If the likeliest leaves nothing unexplained, no other is needed. Only that one can be the answer alone.
  const others = explainsAll(table, casesOf(likeliest))
    ? []
    : [...first.ranking.slice(0, scoring.starts).map(({ best }) => best), ...likeliestCases(table)];
  const found = [...new Set(others)]
    .filter((best) => best !== first.best)
    .map((best) => grow(table, [{ ...first, best }], seek))
    .filter(({ length }) => length > 1)
    .reduce((most, faults) => (worth(faults) > worth(most) ? faults : most), likeliest);
  if (worth(found) - logLikelihood(table, []) < scoring.firstFaultNats) return [];
  // A cause outside the catalogue may explain it better: one cause where these are several.
  return worth(found) > logOther(table) ? found : apart(table, found, nameAlone);
};

/** The fault behind these failures, if it is a single one. */
const nameAlone = (part: Table): FoundFault | null => {
  const [only, ...more] = findFaults(part);
  return only === undefined || more.length > 0 ? null : { ...only, logOtherAlone: logOther(part) };
};

/** Includes the same hypothesis at other places: the widest place explains most alone, but may be too wide beside another. */
const likeliestCases = (table: Table): readonly number[] => {
  const logs = logLikelihoodsBeside(table, []).map((log, index) => log + (logPriors[index] ?? 0));
  return [...logs.keys()].toSorted((a, b) => (logs[b] ?? 0) - (logs[a] ?? 0)).slice(0, scoring.startCases);
};

/** Adds faults one at a time while each explains more than it costs, and refines the earlier ones after each. */
const grow = (table: Table, start: readonly FoundFault[], seek: Seek): readonly FoundFault[] => {
  let found = start;
  let score = scoreOf(table, found);
  while (found.length < scoring.faults) {
    const more = [...found, seek(casesOf(found))];
    // A fault that explains less than it costs is not refined.
    const refined = scoreOf(table, more) < score ? more : refine(more, seek);
    const reached = scoreOf(table, refined);
    if (reached - score < scoring.furtherFaultNats) break;
    found = refined;
    score = reached;
  }
  return found;
};

/** Log-evidence for a fault outside the catalogue. */
export const logOther = (table: Table): number => logLikelihoodOfOther(table) + Math.log(scoring.otherPrior);

/** Log-evidence for these faults, minus the cost of supposing several. */
const worthOf = (table: Table, faults: readonly FoundFault[]): number =>
  scoreOf(table, faults) - (faults.length - 1) * scoring.furtherFaultNats;

/** Probability that one cause outside the catalogue is behind everything that several faults explain. */
export const probabilityOfOther = (table: Table, faults: readonly FoundFault[]): number =>
  1 / (1 + Math.exp(worthOf(table, faults) - logOther(table)));

/**
 * Whether it explains the failures that the other faults do not explain better than an unknown cause of these. A fault that
 * explains much rules out an unknown cause of everything, but not one beside it.
 */
export const isLikeliestAlone = (table: Table, fault: FoundFault, others: readonly FoundFault[]): boolean => {
  const rows = table.rows.filter(
    ({ observed }) => observed.symptom === 'pass' || !isExplainedBy(observed, casesOf(others)),
  );
  return scoreOf({ ...table, rows }, [fault]) > logOther({ ...table, rows });
};

const casesOf = (faults: readonly FoundFault[]): readonly number[] => faults.map(({ best }) => best);

const scoreOf = (table: Table, faults: readonly FoundFault[]): number =>
  casesOf(faults).reduce((sum, index) => sum + (logPriors[index] ?? 0), logLikelihood(table, casesOf(faults)));

/** The likeliest fault beside others. */
type Seek = (beside: readonly number[]) => FoundFault;

/** Caches the search for each set of faults. */
const seeking = (table: Table): Seek => {
  const sought = new Map<string, FoundFault>();
  return (beside) => {
    const key = beside.toSorted((a, b) => a - b).join();
    const fault = sought.get(key) ?? faultBeside(table, beside);
    sought.set(key, fault);
    return fault;
  };
};

const explainsAll = ({ rows }: Table, faults: readonly number[]): boolean =>
  rows.every(({ observed }) => observed.symptom === 'pass' || isExplainedBy(observed, faults));

const isExplainedBy = (observed: Observed, faults: readonly number[]): boolean =>
  probabilityUnder(observed, faults) >= scoring.explained;

const faultBeside = (table: Table, beside: readonly number[]): FoundFault => {
  const ranking = rank(table, beside);
  const [best] = ranking;
  if (best === undefined) throw new Error('the catalogue is empty');
  const most = Math.max(...ranking.map((one) => one.logLikelihood));
  const tie = ranking
    .filter(
      ({ logLikelihood: likelihood, logPosterior }) =>
        best.logPosterior - logPosterior <
        -Math.log(most - likelihood < scoring.tieNats ? scoring.tieLeast : scoring.tieShare),
    )
    .map(({ id }) => id);
  return { best: best.best, tie, ranking };
};

const refine = (faults: readonly FoundFault[], seek: Seek): readonly FoundFault[] =>
  faults.reduce<readonly FoundFault[]>(
    (refined, _, index) => refined.with(index, seek(casesOf(refined.filter((__, i) => i !== index)))),
    faults,
  );
