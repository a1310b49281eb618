import type { FailureMode } from '../model/failure-modes.ts';
import { isAnswered } from '../model/predicates.ts';
import type { RoutedRequest } from '../model/requests.ts';
import type { Hop } from '../platform/hops.ts';

/** The response arrived with what it should not hold. MLflow writes it, and the API's proxy may change it. */
const wrongContents: readonly (FailureMode | null)[] = ['unexpected-body', 'value-mismatch', 'artifact-mismatch'];

/** MLflow's own answer about its state: the hops before it passed it on. */
const ofMlflowsState: readonly (FailureMode | null)[] = ['version-not-ready'];

const timeOuts: readonly (FailureMode | null)[] = ['response-timeout', 'upstream-timeout', 'lb-gateway-timeout'];

/** These have nothing to do with contents: the proxy only looks the name up. */
const withContents = (hops: readonly Hop[]): readonly Hop[] =>
  hops.slice(hops.indexOf('proxy-route')).filter((hop) => hop !== 'service-discovery');

/**
 * The hops that may be behind failures which point at this one, without those that other requests on the same route clear.
 * One response alone points at its sender, which often only passes it on.
 */
export const suspectsAt = (
  hop: Hop,
  failing: readonly RoutedRequest[],
  all: readonly RoutedRequest[],
): readonly Hop[] => {
  const [longest] = failing.toSorted((a, b) => b.hops.length - a.hops.length);
  if (longest === undefined || !failing.every(({ hops }) => hops.includes('proxy-route'))) return [hop];
  const { hops } = longest;
  const isBefore = hops.indexOf(hop) < hops.indexOf('mlflow');
  if (failing.every(({ failureMode }) => ofMlflowsState.includes(failureMode)))
    return isBefore ? hops.slice(hops.indexOf('mlflow')) : [hop];
  if (failing.every(isWrong) && all.some((one) => isAnsweredByApi(one, longest))) return withContents(hops);
  // The API's proxy redirects by itself, or passes a redirect on.
  if (hop === 'service-discovery' && failing.every(({ failureMode }) => failureMode === 'redirect-unexpected'))
    return ['proxy-route', hop];
  if (failing.every(isTimeOut) && all.some((one) => isToldFromBehind(one, longest, hop)))
    return hops.slice(hops.indexOf('service-discovery'));
  return [hop];
};

const isWrong = ({ failureMode, httpStatus }: RoutedRequest): boolean =>
  wrongContents.includes(failureMode) && httpStatus !== null && httpStatus < 300;

const isTimeOut = ({ failureMode }: RoutedRequest): boolean => timeOuts.includes(failureMode);

const isSameWay = (one: RoutedRequest, other: RoutedRequest): boolean =>
  one.destination === other.destination && one.hops.includes('key-check');

/** A rule that answers in the API's place would answer this request too: its path is the same. */
const isAnsweredByApi = (one: RoutedRequest, failing: RoutedRequest): boolean =>
  isSameWay(one, failing) && isAnswered(one) && one.answeredBy === 'application';

/** The API itself reports that what is behind it does not answer in time. */
const isToldFromBehind = (one: RoutedRequest, failing: RoutedRequest, hop: Hop): boolean =>
  isSameWay(one, failing) &&
  one.failureMode === 'upstream-timeout' &&
  one.answeredBy === 'application' &&
  failing.hops.indexOf(hop) <= failing.hops.indexOf('proxy-route');
