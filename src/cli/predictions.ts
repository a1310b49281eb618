import { placedVariants } from '../diagnose/placed-variants.ts';
import { predict } from '../diagnose/predict.ts';
import { type ProbedRequest, probedRequestOf, probedRequestOfStep } from '../diagnose/probed-request.ts';
import type { Predictions, Symptom } from '../model/hypothesis.ts';
import type { Target } from '../model/target.ts';
import { stepIds } from '../platform/flow-steps.ts';
import type { HostRole } from '../platform/hosts.ts';
import type { HypothesisId } from '../platform/hypotheses.ts';
import { percent } from '../wording/probability.ts';

/** Requests of which a hypothesis says the same. */
export interface PredictionGroup {
  /** What they show, the likeliest first; `passes` alone: it does not concern them. */
  readonly shows: string;
  /** Per host, and for the flow, the names of its requests, or that it is all of them. */
  readonly parts: readonly { readonly host: string; readonly names: readonly string[] | 'all' }[];
}

/** A symptom that is less likely is left out of the table. */
const worthShowing = 0.05;

/** What each request would show, over all ways in which the hypothesis can be true; `host`: the one that it concerns, where it is a matter of hosts. */
export const predictionsOf = (
  id: HypothesisId,
  host: HostRole,
  targets: readonly Target[],
): readonly PredictionGroup[] => {
  const own = placedVariants.filter(
    ({ hypothesis, hosts }) => hypothesis === id && (hosts === null || (hosts.length === 1 && hosts[0] === host)),
  );
  const whole = own.reduce((sum, { share }) => sum + share, 0);
  const symptomsOf = (request: ProbedRequest): string => {
    const shares = new Map<Symptom, number>();
    for (const one of own) {
      const shows: Predictions = predict(one, request)?.shows ?? { pass: 1 };
      for (const [symptom, share] of Object.entries(shows) as [Symptom, number][])
        shares.set(symptom, (shares.get(symptom) ?? 0) + (share * one.share) / whole);
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

/** The steps of the flow are a group of their own, beside the probes of the host that they go by. */
const groupOf = ({ id }: ProbedRequest): string => id.split('.')[0] ?? id;

const nameIn = (group: string, id: string): string => (id.startsWith(`${group}.`) ? id.slice(group.length + 1) : id);

const unaffected = 'passes';

const words = (shares: ReadonlyMap<Symptom, number>): string => {
  const sorted = [...shares].filter(([, share]) => share >= worthShowing).toSorted(([, a], [, b]) => b - a);
  const [first, ...more] = sorted;
  if (first?.[0] === 'pass' && more.length === 0) return unaffected;
  return sorted.map(([symptom, share]) => `${symptom === 'pass' ? unaffected : symptom} ${percent(share)}`).join(', ');
};
