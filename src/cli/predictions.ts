import { placedVariants } from '../diagnose/placed-variants.ts';
import { predict } from '../diagnose/predict.ts';
import { type ProbedRequest, probedRequestOf, probedRequestOfStep } from '../diagnose/probed-request.ts';
import type { Predictions, Symptom } from '../model/hypothesis.ts';
import type { Target } from '../model/target.ts';
import { stepIds } from '../platform/flow-steps.ts';
import type { HostRole } from '../platform/hosts.ts';
import { type HypothesisId, hypotheses } from '../platform/hypotheses.ts';
import { percent } from '../wording/probability.ts';

/** Requests with the same predictions. */
export interface PredictionGroup {
  /** Their symptoms, likeliest first; only `passes`: the hypothesis does not affect them. */
  readonly shows: string;
  /** The names of the requests, or `all`, for each host and for the flow. */
  readonly parts: readonly { readonly host: string; readonly names: readonly string[] | 'all' }[];
}

/** Probability below which a symptom is left out. */
const worthShowing = 0.05;

/**
 * The symptoms of each request, over all variants of the hypothesis; `host`: the affected host, if it affects one. A fault of
 * the API affects its other host too.
 */
export const predictionsOf = (
  id: HypothesisId,
  host: HostRole,
  targets: readonly Target[],
): readonly PredictionGroup[] => {
  const isOfApi = hypotheses[id].hop === 'api';
  const own = placedVariants.filter(
    ({ cause, hosts }) => cause === id && (hosts === null || (hosts.includes(host) && (hosts.length === 1 || isOfApi))),
  );
  const whole = own.reduce((sum, { prior }) => sum + prior, 0);
  const symptomsOf = (request: ProbedRequest): string => {
    const shares = new Map<Symptom, number>();
    for (const one of own) {
      const shows: Predictions = predict(one, request)?.shows ?? { pass: 1 };
      for (const [symptom, share] of Object.entries(shows) as [Symptom, number][])
        shares.set(symptom, (shares.get(symptom) ?? 0) + (share * one.prior) / whole);
    }
    return words(shares);
  };
  const probedRequests = [
    ...targets.filter(({ enabled }) => enabled).map(probedRequestOf),
    ...stepIds.map((step) => probedRequestOfStep(step, 'bearer')),
  ];
  const groups = [...Map.groupBy(probedRequests, symptomsOf)].map(
    ([shows, alike]): PredictionGroup => ({ shows, parts: partsOf(alike, probedRequests) }),
  );
  return groups.toSorted((a, b) => Number(a.shows === unaffected) - Number(b.shows === unaffected));
};

const partsOf = (some: readonly ProbedRequest[], all: readonly ProbedRequest[]): PredictionGroup['parts'] => {
  const totals = Map.groupBy(all, groupOf);
  return [...Map.groupBy(some, groupOf)].map(([host, own]) => ({
    host,
    names: own.length === totals.get(host)?.length ? 'all' : own.map(({ id }) => nameIn(host, id)),
  }));
};

/** The flow's steps are a separate group, not part of their host. */
const groupOf = ({ id }: ProbedRequest): string => id.split('.')[0] ?? id;

const nameIn = (group: string, id: string): string => (id.startsWith(`${group}.`) ? id.slice(group.length + 1) : id);

const unaffected = 'passes';

const words = (shares: ReadonlyMap<Symptom, number>): string => {
  const sorted = [...shares].filter(([, share]) => share >= worthShowing).toSorted(([, a], [, b]) => b - a);
  const [first, ...more] = sorted;
  if (first?.[0] === 'pass' && more.length === 0) return unaffected;
  return sorted.map(([symptom, share]) => `${symptom === 'pass' ? unaffected : symptom} ${percent(share)}`).join(', ');
};
