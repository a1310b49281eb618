import type { Answerer } from '../model/answerers.ts';
import type { Symptom } from '../model/hypothesis.ts';
import type { Target } from '../model/target.ts';
import { stepIds } from '../platform/flow-steps.ts';
import type { HostRole } from '../platform/hosts.ts';
import type { HypothesisId } from '../platform/hypotheses.ts';
import { scoring } from './constants.ts';
import type { Observed } from './evidence.ts';
import { isHypothesis, type PlacedVariant, placedVariants } from './placed-variants.ts';
import { predict } from './predict.ts';
import { type ProbedRequest, probedRequestOf, probedRequestOfStep } from './probed-request.ts';
import { logLikelihoodsBeside, type Table, tableOf } from './score.ts';

/** What a cycle asks of the enabled targets and of the flow. */
const requestsOfCycle = (targets: readonly Target[]): readonly ProbedRequest[] => [
  ...targets.filter(({ enabled }) => enabled).map(probedRequestOf),
  ...stepIds.map((id) => probedRequestOfStep(id, 'bearer')),
];

/** A cycle in which each request shows what is likeliest under this case. The flow ends at its first failure. */
const expectedEvidence = (one: PlacedVariant, requests: readonly ProbedRequest[]): readonly Observed[] => {
  let stopped = false;
  return requests.flatMap((request) => {
    const isStep = request.id.startsWith('registration.');
    if (isStep && stopped) return [];
    const prediction = predict(one, request);
    const symptom = likeliest(prediction?.shows ?? { pass: 1 });
    const passes = symptom === 'pass';
    if (isStep && !passes) stopped = true;
    const answeredBy = passes ? null : speakerAmong(prediction?.by ?? [], request);
    const isTold = prediction?.aloud === true || usuallyTold.includes(symptom);
    const cause = isTold ? (prediction?.says?.[0] ?? null) : null;
    const isOfOneAddress = !passes && prediction?.ofOneAddress === true;
    return [{ request, symptom, answeredBy, cause, ...plain, isOfOneAddress }];
  });
};

/** A response as the request got it: nothing beside the prediction is known of it. */
export const plain = {
  second: null,
  namesSeveral: false,
  refuser: null,
  late: false,
  flaps: false,
  isFollowUp: false,
  isRelativelySlow: false,
  isForeign: false,
  isOwn: false,
  isOfOneAddress: false,
} as const;

/** Responses usually pass on a database's error and a health route's state, but seldom why there is no connection. */
const usuallyTold: readonly Symptom[] = ['database-error', 'dependency-unhealthy'];

/** Behind the API, the API answers. */
const speakerAmong = (by: readonly Answerer[], { hops }: ProbedRequest): Answerer | null =>
  hops.includes('api') && by.includes('application') ? 'application' : (by[0] ?? null);

const likeliest = (shows: Readonly<Partial<Record<Symptom, number>>>): Symptom => {
  const sorted = (Object.entries(shows) as [Symptom, number][]).toSorted(([, a], [, b]) => b - a);
  return sorted[0]?.[0] ?? 'pass';
};

/** Another hypothesis beside one, in the cases of both that are most alike. */
export interface LookAlike {
  readonly id: HypothesisId;
  /** The requests that tell them apart, by id; empty: nothing does. */
  readonly toldApartBy: readonly string[];
}

/** A request whose outcome is less than half as likely under the other tells them apart. */
const tellingNats = Math.log(2);

/** The others that fit a cycle which looks as this case predicts; those that look the same come first. */
const lookAlikesOfCase = (
  id: HypothesisId,
  index: number,
  requests: readonly ProbedRequest[],
): readonly LookAlike[] => {
  const one = placedVariants[index];
  const evidence = one === undefined ? [] : expectedEvidence(one, requests);
  const failing = evidence.filter(({ symptom }) => symptom !== 'pass').map(({ request }) => request.id);
  if (one === undefined || failing.length === 0) return [];
  const table = tableOf(evidence, 'unknown');
  const fits = logLikelihoodsBeside(table, []);
  const closest = new Map<HypothesisId, number>();
  placedVariants.forEach(({ cause }, other) => {
    if (!isHypothesis(cause)) return;
    const best = closest.get(cause);
    if (best === undefined || (fits[other] ?? 0) > (fits[best] ?? 0)) closest.set(cause, other);
  });
  // Another way of the same hypothesis may fit even better.
  const fit = fits[closest.get(id) ?? index] ?? 0;
  closest.delete(id);
  return [...closest].flatMap(([near, other]): readonly LookAlike[] => {
    if (fit - (fits[other] ?? 0) < scoring.tieNats) return [{ id: near, toldApartBy: [] }];
    const toldApartBy = telling(table, index, other, evidence);
    // If every failure tells them apart, they have nothing in common.
    return failing.every((each) => toldApartBy.includes(each)) ? [] : [{ id: near, toldApartBy }];
  });
};

const telling = ({ rows }: Table, one: number, other: number, evidence: readonly Observed[]): readonly string[] =>
  rows
    .filter(({ alone }) => Math.log((alone[one] ?? 0) / (alone[other] ?? 0)) > tellingNats)
    .flatMap(({ observed }) => evidence.filter((each) => isSameWay(each, observed)).map(({ request }) => request.id));

const isSameWay = (one: Observed, other: Observed): boolean =>
  JSON.stringify({ ...one, request: { ...one.request, id: '' } }) ===
  JSON.stringify({ ...other, request: { ...other.request, id: '' } });

/**
 * The hypotheses that look like this one, over all ways in which it can show: with the fewest requests that tell them
 * apart. `host`: where it is, if it concerns one host.
 */
export const lookAlikesOf = (id: HypothesisId, targets: readonly Target[], host: HostRole): readonly LookAlike[] => {
  const requests = requestsOfCycle(targets);
  const nearest = new Map<HypothesisId, LookAlike>();
  placedVariants.forEach(({ cause, hosts }, index) => {
    if (cause !== id || (hosts !== null && hosts.join() !== host)) return;
    for (const one of lookAlikesOfCase(id, index, requests)) {
      const known = nearest.get(one.id);
      if (known === undefined || one.toldApartBy.length < known.toldApartBy.length) nearest.set(one.id, one);
    }
  });
  return [...nearest.values()].toSorted((a, b) => a.toldApartBy.length - b.toldApartBy.length);
};
