import type { AwsFinding, AwsVerdict } from '../model/aws-confirmation.ts';
import type { Candidate, Diagnosis } from '../model/diagnosis.ts';
import { faultPaths } from '../model/request-path.ts';
import { type Results, requests, withRoutes } from '../model/requests.ts';
import type { Target } from '../model/target.ts';
import { hypotheses as hypothesisInfo } from '../platform/hypotheses.ts';
import { scoring } from './constants.ts';

/** Odds that an answer of AWS speaks for or against a hypothesis. It can be about another part, or out of date. */
const odds: Readonly<Record<AwsVerdict, number>> = {
  confirmed: scoring.answerOdds,
  unknown: 1,
  refuted: 1 / scoring.answerOdds,
};

interface Weighed {
  readonly tie: readonly Candidate[];
  readonly all: readonly Candidate[];
}

/** The diagnosis with what AWS says. A refuted leader loses, a tie splits; what was not decided stays as it was. */
export const withFindings = (
  { diagnosis, ...results }: Results & { readonly diagnosis: Diagnosis },
  targets: readonly Target[],
  findings: readonly AwsFinding[],
): Diagnosis => {
  if (findings.every(({ verdict }) => verdict === 'unknown')) return diagnosis;
  const weighed = diagnosis.faults.map((ids, fault) => weigh(diagnosis, ids, fault, findings));
  const kept = weighed.filter(({ tie }) => tie.length > 0);
  const isNamed = (one: Candidate, tie: readonly Candidate[]): boolean =>
    tie.includes(one) || one.probability >= scoring.worthNaming;
  const numbered = kept.map(({ all, tie }, fault) =>
    all.filter((one) => isNamed(one, tie)).map((one) => ({ ...one, fault })),
  );
  const explained = new Set(kept.flatMap(({ tie }) => tie.flatMap(({ explains }) => explains)));
  const lost = weighed
    .filter(({ tie }) => tie.length === 0)
    .flatMap(({ all }) => all.flatMap(({ explains }) => explains))
    .filter((id) => !explained.has(id));
  const found = {
    ...diagnosis,
    status: statusOf(kept.map(({ tie }) => tie)),
    hypotheses: numbered.flat(),
    faults: kept.map(({ tie }) => tie.map(({ id }) => id)),
    unexplained: [...new Set([...diagnosis.unexplained, ...lost])],
  };
  return { ...found, paths: faultPaths(found, withRoutes(requests(results), targets)) };
};

/** Causes that only AWS shows: they explain what was put down to the leader. */
const namedByAws = (
  suspected: readonly Candidate[],
  fault: number,
  findings: readonly AwsFinding[],
): readonly Candidate[] => {
  const [leader] = suspected;
  if (leader === undefined) return [];
  return findings
    .filter((one) => one.fault === fault && one.verdict === 'confirmed')
    .filter(({ hypothesis }) => !suspected.some(({ id }) => id === hypothesis))
    .map(({ hypothesis: id }) => ({
      ...leader,
      id,
      hop: hypothesisInfo[id].hop,
      contradicts: [],
      probability: scoring.worthNaming,
    }));
};

const statusOf = (ties: readonly (readonly Candidate[])[]): Diagnosis['status'] => {
  if (ties.length === 0) return 'no-match';
  return ties.some((tie) => tie.length > 1) ? 'ambiguous' : 'match';
};

const weigh = (
  { hypotheses }: Diagnosis,
  ids: readonly string[],
  fault: number,
  findings: readonly AwsFinding[],
): Weighed => {
  const suspected = hypotheses.filter((one) => one.fault === fault);
  const own = [...suspected, ...namedByAws(suspected, fault, findings)];
  const verdictOf = ({ id }: Candidate): AwsVerdict =>
    findings.find((one) => one.fault === fault && one.hypothesis === id)?.verdict ?? 'unknown';
  const weights = own.map((one) => one.probability * odds[verdictOf(one)]);
  const other = Math.max(0, 1 - own.reduce((sum, { probability }) => sum + probability, 0));
  const total = weights.reduce((sum, weight) => sum + weight, other);
  const all = own
    .map((one, index) => ({ ...one, probability: (weights[index] ?? 0) / total }))
    .toSorted((a, b) => b.probability - a.probability);
  const saying = (verdict: AwsVerdict): readonly Candidate[] => all.filter((one) => verdictOf(one) === verdict);
  const confirmed = saying('confirmed');
  if (confirmed.length > 0) return { all, tie: confirmed };
  const open = saying('unknown');
  const tied = open.filter(({ id }) => ids.includes(id));
  if (tied.length > 0) return { all, tie: tied };
  // Every member of the tie is refuted. What was not ruled out takes over, unless an unknown cause is likelier.
  const [next] = open;
  return { all, tie: next !== undefined && next.probability > other / total ? [next] : [] };
};
