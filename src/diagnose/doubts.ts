import type { Hop } from '../platform/hops.ts';
import { type HypothesisId, hypotheses } from '../platform/hypotheses.ts';
import { scoring } from './constants.ts';
import type { Observed } from './evidence.ts';
import { placedVariants } from './placed-variants.ts';
import { predictions } from './predict.ts';
import { isBarePath } from './probed-request.ts';
import { probabilityUnder } from './score.ts';

/** A hypothesis, in its most probable case. */
interface Named {
  readonly id: HypothesisId;
  readonly best: number;
}

type Doubt = (named: Named, evidence: readonly Observed[]) => boolean;

const hopOf = ({ id, best }: Named): Hop => placedVariants[best]?.hop ?? hypotheses[id].hop;

/** It makes none of the failures likely. */
const makesNoneLikely = ({ best }: Named, evidence: readonly Observed[]): boolean =>
  !evidence.some((one) => one.symptom !== 'pass' && probabilityUnder(one, [best]) > scoring.rare);

/**
 * Some paths of a host are not found, and the application answers others of the same place: a release without these routes, or
 * one rule of several, looks the same as a host that leads elsewhere.
 */
const mayBeOwnRoute = ({ id, best }: Named, evidence: readonly Observed[]): boolean => {
  if (hopOf({ id, best }) !== 'rule') return false;
  const touched = evidence.filter(({ request }) => predictions(request)[best] !== null);
  return touched.some(isOfUnknown) && touched.some(isOfApplication);
};

/** A health route that passes may be the right application's, even if most of the host's paths are not found. */
const isOfApplication = ({ symptom, isOwn, request, answeredBy }: Observed): boolean =>
  symptom === 'pass' && (isOwn || (request.health && answeredBy === 'application'));

/**
 * It is behind the API, and the failures may be those of the API's own tasks: several dependencies fail together, or whatever
 * gets to the dependency past the API passes, and the same request fails and passes, or it is the auth service.
 */
const mayBeTask = ({ id, best }: Named, evidence: readonly Observed[]): boolean => {
  const hop = hopOf({ id, best });
  if (!behindApi.includes(hop) || id === 'rate-limited') return false;
  const itself = hop === 'auth-service' ? 'auth' : hop;
  const past = evidence.filter(({ request: { hops } }) => hops.includes(itself) && !hops.includes('api'));
  const worksPast = past.every(({ symptom }) => symptom === 'pass');
  const flaps = evidence.some(
    (one) => one.flaps && predictions(one.request)[best] !== null && one.request.hops.includes('api'),
  );
  // It checks keys for others: whatever keeps the API from it may keep the API from everything.
  const checksKeys =
    itself === 'auth' &&
    past.some(({ request }) => request.key !== 'none') &&
    !evidence.some(({ cause, request }) => cause === 'names-auth' && request.health);
  return evidence.some((one) => one.namesSeveral) || (worksPast && (flaps || checksKeys));
};

/** Health routes that name different dependencies are not one route that is wrong: several tasks answer, or several things fail. */
const healthDisagrees = ({ id }: Named, evidence: readonly Observed[]): boolean =>
  id === 'health-check-mismatch' &&
  new Set(evidence.filter(({ request, cause }) => request.health && cause !== null).map(({ cause }) => cause)).size > 1;

const behindApi: readonly Hop[] = ['key-check', 'auth-service', 'service-discovery', 'mlflow', 'database'];

/** A page that does not show the API as its sender: the API's proxy may pass on the 404 of another place. */
const isOfStranger = ({ id }: Named, evidence: readonly Observed[]): boolean => {
  if (id !== 'proxy-routes-missing') return false;
  const missing = evidence.filter(
    ({ symptom, request }) => symptom === 'route-not-found' && request.hops.includes('proxy-route'),
  );
  return missing.length > 0 && missing.every(({ answeredBy }) => answeredBy === 'unknown');
};

/** An error without words on the proxy's bare path as well: the key check may have it, before anything of the proxy. */
const mayBeKeyCheck = ({ id }: Named, evidence: readonly Observed[]): boolean =>
  id === 'env-vars-missing' &&
  evidence.some(({ symptom, cause, request }) => symptom === 'server-error' && cause === null && isBarePath(request));

/** A 404 that another server than the balancer may have sent, even one with the same name. */
const isOfUnknown = ({ symptom, answeredBy }: Observed): boolean =>
  (symptom === 'route-not-found' && answeredBy !== 'mlflow') || (symptom === 'lb-no-route' && answeredBy === 'unknown');

/** Each is a way in which something else, without a place in the catalogue, shows the same. */
const doubts: readonly Doubt[] = [
  makesNoneLikely,
  mayBeOwnRoute,
  isOfStranger,
  mayBeTask,
  mayBeKeyCheck,
  healthDisagrees,
];

/** Whether what was seen does not justify confidence, however well it fits. */
export const isOpenToDoubt: Doubt = (named, evidence) => doubts.some((doubt) => doubt(named, evidence));
