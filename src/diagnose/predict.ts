import { always } from '../model/grades.ts';
import type { Effect, Predictions } from '../model/hypothesis.ts';
import { type Hop, paths } from '../platform/hops.ts';
import { scoring } from './constants.ts';
import { type PlacedVariant, placedVariants } from './placed-variants.ts';
import { holds, isAmong, isBarePath, type ProbedRequest } from './probed-request.ts';

/** What a request shows under a case, and who answers if that is telling. */
export interface Prediction {
  readonly shows: Predictions;
  /** Probability left for any other failure. */
  readonly open: number;
  readonly by: Effect['by'];
  readonly says: Effect['says'];
  readonly aloud: boolean;
  readonly ofOneAddress: boolean;
  /** The hop at which it fails. */
  readonly hop: Hop;
  /** How far along the request's path that is. It meets the first of several faults. */
  readonly place: number;
}

/**
 * What a request shows if this case is true; null: it passes, because it does not cross the fault, or not in this way.
 * It gets no small chance of failing instead, because that would hide a second fault.
 */
export const predict = (one: PlacedVariant, request: ProbedRequest): Prediction | null => {
  const found = predictAlong(one, request);
  const failsThere = found !== null && (found.shows.pass ?? 0) < always;
  if (!isBarePath(request) || failsThere) return found;
  const passedOn = predictAlong(one, { ...request, hops: paths.proxyToMlflow });
  return passedOn === null ? found : perhaps(passedOn, scoring.barePathPassedOn);
};

/** A request that meets it with this probability, and passes otherwise. */
const perhaps = (found: Prediction, share: number): Prediction => ({
  ...found,
  shows: {
    ...Object.fromEntries(Object.entries(found.shows).map(([mode, part]) => [mode, part * share])),
    pass: (found.shows.pass ?? 0) * share + 1 - share,
  },
  open: found.open * share,
  aloud: false,
});

const predictAlong = (one: PlacedVariant, request: ProbedRequest): Prediction | null => {
  const { hop } = one;
  if (one.hosts !== null && !isAmong(one.hosts, request.host)) return null;
  if (one.through !== null && !request.hops.includes(one.through)) return null;
  if (one.past !== null && request.hops.includes(one.past)) return null;
  const found = request.hops.indexOf(hop);
  const effect = one.effects.find(({ when, elsewhere }) => (found >= 0 || elsewhere === true) && holds(when, request));
  if (effect === undefined) return null;
  const met = effect.at === undefined ? found : request.hops.indexOf(effect.at);
  // A fault that a request only hears of comes after all hops that it crosses.
  const seen = seenBy(request, effect.shows);
  const stated = Object.values(seen).reduce((sum, share) => sum + share, 0);
  const unstated = Math.max(0, 1 - stated);
  // A request that may pass is as sound as any other where it does: what is not stated belongs to its failures.
  const { pass = 0 } = seen;
  const passing = pass === 0 ? 0 : pass / stated;
  const shows = pass === 0 ? seen : { ...seen, pass: pass + unstated * passing };
  return {
    shows,
    open: unstated * (1 - passing),
    by: effect.by,
    says: effect.says,
    aloud: effect.aloud === true,
    ofOneAddress: effect.ofOneAddress === true,
    hop,
    place: met === -1 ? request.hops.length : met,
  };
};

/** A failure that a request does not notice looks healthy to it. */
const seenBy = ({ blindTo }: ProbedRequest, shows: Predictions): Predictions => {
  if (blindTo.every((mode) => shows[mode] === undefined)) return shows;
  const unseen = blindTo.reduce((sum, mode) => sum + (shows[mode] ?? 0), 0);
  const seen = Object.entries(shows).filter(([mode]) => !blindTo.some((blind) => blind === mode));
  return { ...Object.fromEntries(seen), pass: (shows.pass ?? 0) + unseen };
};

interface Predicted {
  readonly all: readonly (Prediction | null)[];
  /** The indexes of the cases that affect the request. */
  readonly touching: readonly number[];
}

/** Each cycle sends the same requests, and a diagnosis asks for each of them often. */
const byKind = new Map<string, Predicted>();
const byRequest = new WeakMap<ProbedRequest, Predicted>();

/** More kinds of requests than any configuration has. */
const kindsLimit = 2_000;

const predictedOf = (request: ProbedRequest): Predicted => {
  const known = byRequest.get(request);
  if (known !== undefined) return known;
  const { id: _, ...what } = request;
  const kind = JSON.stringify(what);
  const found = byKind.get(kind) ?? newlyPredicted(request);
  if (byKind.size >= kindsLimit) byKind.clear();
  byKind.set(kind, found);
  byRequest.set(request, found);
  return found;
};

const newlyPredicted = (request: ProbedRequest): Predicted => {
  const all = placedVariants.map((one) => predict(one, request));
  return { all, touching: all.flatMap((one, index) => (one === null ? [] : [index])) };
};

/** The predictions of all cases for a request, in the order of `placedVariants`. */
export const predictions = (request: ProbedRequest): Predicted['all'] => predictedOf(request).all;

export const casesTouching = (request: ProbedRequest): Predicted['touching'] => predictedOf(request).touching;
