import { isStale } from '../model/baseline-doubt.ts';
import { defectWords } from '../model/blank.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import type { History } from '../model/history.ts';
import { idsOf, isSymptom } from '../model/predicates.ts';
import { faultPaths } from '../model/request-path.ts';
import { requests, type Seen, withRoutes } from '../model/requests.ts';
import type { Target } from '../model/target.ts';
import { limited } from '../model/text-limits.ts';
import { doubtOf } from './baseline-doubt.ts';
import { candidatesOf, isExplained, type Reserve } from './candidates.ts';
import { scoring } from './constants.ts';
import { evidenceOf, type Observed } from './evidence.ts';
import { isLikeliestAlone, logOther, probabilityOfOther } from './find-faults.ts';
import type { FoundFault } from './found-fault.ts';
import { type Onset, onsetOf } from './onset.ts';
import { isHypothesis } from './placed-variants.ts';
import { predictions } from './predict.ts';
import { weigh } from './weigh.ts';

/**
 * Names what explains the outcomes of a cycle: one hypothesis, several that cannot be told apart, several faults, or none.
 * Never throws: a defect here costs the diagnosis, not the outcomes, which are then reported as unexplained.
 */
export const diagnose = (report: Seen, targets: readonly Target[], history: History | null = null): Diagnosis => {
  try {
    if (report.blind !== null) return { ...nothing('monitor-blind'), paths: [] };
    const all = requests(report);
    // Reports of earlier versions do not have it.
    const { baselineDoubt = doubtOf(report, targets, []) } = report;
    const { observed, slowness } = evidenceOf({ ...report, baselineDoubt }, targets);
    const found = diagnoseEvidence(observed, onsetOf(all, targets, history), isStale(baselineDoubt));
    return {
      ...found,
      paths: faultPaths(found, withRoutes(all, targets)),
      ...(slowness === null ? {} : { slowness }),
    };
  } catch (error) {
    return {
      ...nothing('inconclusive'),
      paths: [],
      unexplained: idsOf(requests(report).filter(isSymptom)),
      defect: limited(defectWords('making a diagnosis', error), 'detail'),
    };
  }
};

/** A tie, or a single answer below `doubtful`: more evidence may decide. */
export const isDoubtful = ({ faults, hypotheses }: Diagnosis): boolean =>
  faults.some(
    (tie, fault) =>
      tie.length > 1 ||
      hypotheses.every((one) => one.fault !== fault || one.id !== tie[0] || one.probability < scoring.doubtful),
  );

/** Beside other faults, it explains nothing but one slow response, which any network has. */
const isOneSlowResponse = (best: number, faults: readonly FoundFault[], failing: readonly Observed[]): boolean => {
  const others = faults.filter((one) => one.best !== best).map((one) => one.best);
  const own = failing.filter((one) => isExplained(one, [best]) && !isExplained(one, others));
  return others.length > 0 && own.length === 1 && own.every(isSlow);
};

/** The diagnosis without the request paths. */
type Found = Omit<Diagnosis, 'paths'>;

export const diagnoseEvidence = (all: readonly Observed[], onset: Onset, isBaselineStale: boolean): Found => {
  const failing = all.filter(isFailing);
  if (all.length === 0) return nothing('inconclusive');
  if (failing.length === 0) return nothing('healthy');
  // The catalogue's causes make requests slower than the limit.
  if (failing.every((one) => one.isRelativelySlow))
    return { ...nothing('no-match'), unexplained: failing.map(({ request }) => request.id) };

  const evidence = all.filter((one) => !one.isRelativelySlow && !isAnotherMatter(one, all));
  const { table, faults: likeliest } = weigh(evidence, onset);
  // A case that only makes a failure less improbable does not explain it.
  const effectOf = (best: number): number => failing.filter((one) => isExplained(one, [best])).length;
  // The largest effect first.
  const faults = likeliest
    .filter(({ best }) => effectOf(best) > 0 && !isOneSlowResponse(best, likeliest, failing))
    .toSorted((a, b) => effectOf(b.best) - effectOf(a.best));
  const found = faults.map(({ best }) => best);
  const residue = failing.filter((one) => !isExplained(one, found));
  const named = faults.filter(isNamed);
  const namedCases = named.map(({ best }) => best);
  const unexplained = failing.filter((one) => !isExplained(one, namedCases)).map(({ request }) => request.id);
  const seenOutside = faults.flatMap(({ ranking: [first] }) =>
    first === undefined || isHypothesis(first.id) ? [] : [first.id],
  );
  const outside = seenOutside.length === 0 ? {} : { outside: seenOutside };
  // The catalogue has few causes for pure slowness.
  const isDoubted =
    isBaselineStale || residue.some((one) => !one.flaps && evidence.includes(one)) || failing.every(isSlow);
  const shareOfOther = probabilityOfOther(table, likeliest);
  const reserveOf = (fault: FoundFault): Reserve => {
    const { logOtherAlone: alone } = fault;
    if (alone !== undefined) return { other: { log: alone }, isDoubted: true };
    if (likeliest.length === 1) return { other: { log: logOther(table) }, isDoubted };
    const others = likeliest.filter((one) => one !== fault);
    return { other: { share: shareOfOther }, isDoubted: isDoubted || !isLikeliestAlone(table, fault, others) };
  };
  if (named.length === 0) return { ...nothing(isNoise(failing) ? 'healthy' : 'no-match'), unexplained, ...outside };
  const ties = named.map(({ tie }) => tie.filter(isHypothesis));
  return {
    status: ties.some((tie) => tie.length > 1) ? 'ambiguous' : 'match',
    hypotheses: named.flatMap((fault, index) => {
      const beside = found.filter((one) => one !== fault.best);
      return candidatesOf(fault, { fault: index, beside, evidence, ...reserveOf(fault) });
    }),
    faults: ties,
    unexplained,
    ...outside,
  };
};

/** The likeliest cause has a name in the catalogue. */
const isNamed = ({ ranking: [first] }: FoundFault): boolean => first !== undefined && isHypothesis(first.id);

const isFailing = ({ symptom, late, isFollowUp }: Observed): boolean => symptom !== 'pass' && !late && !isFollowUp;

const isSlow = ({ symptom }: Observed): boolean => symptom === 'slow';

const nothing = (status: Diagnosis['status']): Found => ({ status, hypotheses: [], faults: [], unexplained: [] });

/**
 * A failure of a host outside the platform that no known fault concerns: it would only make an unknown fault likelier. If
 * the platform fails in the same way, both may have one cause. The control shows whether our own network works.
 */
const isAnotherMatter = ({ symptom, request }: Observed, all: readonly Observed[]): boolean =>
  symptom !== 'pass' &&
  request.elsewhere !== null &&
  !request.hops.includes('internet') &&
  predictions(request).every((prediction) => prediction === null) &&
  !all.some((other) => other.symptom === symptom && other.request.elsewhere === null);

/** A single request that failed once and then passed is nobody's fault. */
const isNoise = (failing: readonly Observed[]): boolean => failing.length === 1 && failing[0]?.flaps === true;
