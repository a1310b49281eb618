import type { Candidate } from '../model/diagnosis.ts';
import type { Hop } from '../platform/hops.ts';
import { type HypothesisId, hypotheses } from '../platform/hypotheses.ts';
import { scoring } from './constants.ts';
import type { Observed } from './evidence.ts';
import { logSum } from './find-faults.ts';
import type { FoundFault } from './found-fault.ts';
import { isHypothesis, placedVariants } from './placed-variants.ts';
import { predictions } from './predict.ts';
import { probabilityUnder } from './score.ts';

export const isExplained = (observed: Observed, faults: readonly number[]): boolean =>
  probabilityUnder(observed, faults) >= scoring.explained;

/** The probability reserved for causes outside the catalogue. */
export interface Reserve {
  /** Log-evidence for an unknown cause in place of a single fault, or its probability in place of several. */
  readonly other: { readonly log: number } | { readonly share: number };
  /** Something in the cycle is unexplained or cannot be trusted. */
  readonly isDoubted: boolean;
}

interface Context extends Reserve {
  /** Index of the fault. */
  readonly fault: number;
  /** The other faults. */
  readonly beside: readonly number[];
  readonly evidence: readonly Observed[];
}

/** The hypotheses for a fault beside others: those that tie, and those that are not ruled out. */
export const candidatesOf = ({ ranking, tie }: FoundFault, context: Context): readonly Candidate[] => {
  const { other, isDoubted, evidence } = context;
  const logs = ranking.map(({ logPosterior }) => logPosterior);
  const total = 'log' in other ? logSum([...logs, other.log]) : logSum(logs) - Math.log(1 - other.share);
  return ranking
    .flatMap(({ id, logPosterior, fit, best }) =>
      isHypothesis(id) ? [{ id, fit, best, probability: Math.exp(logPosterior - total) }] : [],
    )
    .filter(({ id, probability }) => tie.includes(id) || probability >= scoring.worthNaming)
    .map((one) => {
      const found = candidate(one, context);
      // Only priors, which are estimates, tell it from another.
      const hasLookAlike = ranking.some(({ id, fit }) => id !== one.id && one.fit - fit < scoring.tieNats);
      const isThin =
        isDoubted ||
        hasLookAlike ||
        placedVariants[one.best]?.isVague === true ||
        found.contradicts.length > 0 ||
        mayBeOwnRoute(one.id, one.best, evidence) ||
        (one.id === 'proxy-routes-missing' && isOfStranger(evidence)) ||
        mayBeTask(one, evidence) ||
        (one.id === 'health-check-mismatch' && healthDisagrees(evidence)) ||
        !makesLikely(one.best, evidence);
      return { ...found, probability: Math.min(found.probability, isThin ? scoring.doubted : 1) };
    });
};

/** Whether the hypothesis makes any of the failures likely. */
const makesLikely = (best: number, evidence: readonly Observed[]): boolean =>
  evidence.some((one) => one.symptom !== 'pass' && probabilityUnder(one, [best]) > scoring.rare);

/**
 * Some paths of a host are not found, and the application answers others of the same place: a release without these routes, or
 * one rule of several, looks the same as a host that leads elsewhere.
 */
const mayBeOwnRoute = (id: HypothesisId, best: number, evidence: readonly Observed[]): boolean => {
  if ((placedVariants[best]?.hop ?? hypotheses[id].hop) !== 'rule') return false;
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
const mayBeTask = (
  { id, best }: { readonly id: HypothesisId; readonly best: number },
  evidence: readonly Observed[],
): boolean => {
  const hop = placedVariants[best]?.hop ?? hypotheses[id].hop;
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
const healthDisagrees = (evidence: readonly Observed[]): boolean =>
  new Set(evidence.filter(({ request, cause }) => request.health && cause !== null).map(({ cause }) => cause)).size > 1;

const behindApi: readonly Hop[] = ['key-check', 'auth-service', 'service-discovery', 'mlflow', 'database'];

/** A page that does not show the API as its sender: the API's proxy may pass on the 404 of another place. */
const isOfStranger = (evidence: readonly Observed[]): boolean => {
  const missing = evidence.filter(
    ({ symptom, request }) => symptom === 'route-not-found' && request.hops.includes('proxy-route'),
  );
  return missing.length > 0 && missing.every(({ answeredBy }) => answeredBy === 'unknown');
};

/** A 404 that another server than the balancer may have sent, even one with the same name. */
const isOfUnknown = ({ symptom, answeredBy }: Observed): boolean =>
  (symptom === 'route-not-found' && answeredBy !== 'mlflow') || (symptom === 'lb-no-route' && answeredBy === 'unknown');

const candidate = (
  { id, best, probability }: Pick<Candidate, 'id' | 'probability'> & { readonly best: number },
  { fault, beside, evidence }: Context,
): Candidate => {
  const touched = evidence.filter(({ request }) => predictions(request)[best] !== null);
  // Alone: a request that fails earlier at another fault belongs to that one.
  const explained = touched.filter(
    (observed) =>
      observed.symptom !== 'pass' && !observed.late && !observed.isFollowUp && isExplained(observed, [best]),
  );
  const against = touched.filter((observed) => !isExplained(observed, [best, ...beside]));
  return {
    id,
    fault,
    probability,
    explains: explained.map(({ request }) => request.id),
    contradicts: against.map(({ request }) => request.id),
    hop: placedVariants[best]?.hop ?? hypotheses[id].hop,
    hosts: placedVariants[best]?.hosts ?? null,
  };
};
