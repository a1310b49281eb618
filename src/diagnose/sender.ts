import type { Answerer } from '../model/answerers.ts';
import type { FailureMode } from '../model/failure-modes.ts';
import { isSymptom } from '../model/predicates.ts';
import type { AttemptOutcome } from '../model/report.ts';
import type { Hop } from '../platform/hops.ts';
import { pastKeyCheck } from './behind-api.ts';
import { type Routed, responseOf } from './routed.ts';

/** What a response says and who says it, after a comparison with the other responses of the same report. */
export interface Heard {
  readonly answeredBy: Answerer | null;
  readonly failureMode: FailureMode | null;
  /**
   * Something in front of the application sent it: a balancer, a gateway, a firewall. It is no evidence about what only
   * the application decides.
   */
  readonly isForeign: boolean;
  /** The application that other requests show to be the right one sent it: no rule leads elsewhere. */
  readonly isOwn: boolean;
  /** Something between the API's proxy and MLflow sent it. */
  readonly isBehindApi: boolean;
}

/** Servers that name themselves in every response of the application that they run. */
const applicationServers = /\b(uvicorn|gunicorn|hypercorn|daphne|waitress|werkzeug)\b/;

/** Answerers that one response alone does not prove. */
const unproven: readonly (Answerer | null)[] = ['application', 'nginx', 'cdn', 'login-page', 'unknown'];

const withPagesOfTheirOwn: readonly (Answerer | null)[] = ['nginx', 'cdn'];

const applications: readonly Hop[] = ['api', 'auth', 'platform', 'mlflow'];

/** Statuses of a key check. An application refuses all keys in one media type. */
const refusals: readonly (number | null)[] = [401, 403];

/** How the classifier names these when it knows that no application sent them (classify/status.ts). */
const inFront: Readonly<Partial<Record<FailureMode, FailureMode>>> = {
  'upstream-unreachable': 'lb-bad-gateway',
  'upstream-unavailable': 'lb-no-target',
  'upstream-timeout': 'lb-gateway-timeout',
};

/** The same about what is behind the API, which passes a gateway's page on. */
const behindApi: Readonly<Partial<Record<FailureMode, FailureMode>>> = {
  'lb-bad-gateway': 'upstream-unreachable',
  'lb-no-target': 'upstream-unavailable',
  'lb-gateway-timeout': 'upstream-timeout',
};

/** Decides who sent each response of a report. Without a response to compare with, the classifier's word stays. */
export const comparing = (all: readonly Routed[]): ((one: Routed) => Heard) => {
  const goodOnes = Map.groupBy(all.filter(isGood), serviceOf);
  const isBeforeBoth = beforeApiAndMlflow(all);
  const isOfAnotherHost = ofAnotherHost(all);
  const isOtherFlask = ofOtherFlask(all);
  const isOwn = ofRightApplication(all);
  const pastKey = pastKeyCheck(all);
  const isOfBalancer = ofBalancer(all);
  const isNamedAlone = namedAlone(goodOnes, isOfBalancer);
  return (one) => {
    const { answeredBy, failureMode } = one.request;
    const asClassified: Heard = {
      answeredBy,
      failureMode,
      isForeign: false,
      isOwn: isOwn(one) && !isOfAnotherHost(one),
      isBehindApi: false,
    };
    const own = goodOnes.get(serviceOf(one)) ?? [];
    const passedOn = failureMode === null || !isPassedOn(one, own) ? undefined : behindApi[failureMode];
    if (passedOn !== undefined) return { ...asClassified, answeredBy: 'application', failureMode: passedOn };
    if (isOtherFlask(one)) return { ...asClassified, answeredBy: 'application' };
    const byUnknown: Heard = { ...asClassified, answeredBy: answeredBy === 'application' ? 'unknown' : answeredBy };
    const { isPast, isBehindApi } = pastKey(one);
    // The API passes it on, and may put its own server's name on it.
    if (isBehindApi && isUnproven(one)) return { ...byUnknown, isOwn: false, isBehindApi };
    if (!isUnproven(one) || applicationServers.test(serverOf(one)) || isPast) return asClassified;
    if (isOfAnotherHost(one)) return { ...asClassified, answeredBy: 'application' };
    if (lacksMarks(one, own))
      return {
        ...byUnknown,
        failureMode:
          failureMode === 'route-not-found' && isOfBalancer(one)
            ? 'lb-no-route'
            : failureMode && (inFront[failureMode] ?? failureMode),
        isForeign: true,
        isOwn: false,
      };
    if (failsLikeGoodOnes(one, own, isNamedAlone)) return { ...asClassified, answeredBy: 'application' };
    if (refusesOtherwise(one, own) || isBeforeBoth(one)) return { ...byUnknown, isForeign: true, isOwn: false };
    // A balancer's default page looks the same as an application that does not name its server.
    return own.length === 0 && failureMode === 'route-not-found' && serverOf(one) === '' ? byUnknown : asClassified;
  };
};

/** It went through the API: it carries the name of the API's own server, or two servers' names where the API's has one. */
const isPassedOn = (one: Routed, own: readonly Routed[]): boolean =>
  one.probed.hops.includes('proxy-route') &&
  (applicationServers.test(serverOf(one)) ||
    (one.request.relayed && own.length > 0 && own.every(({ request }) => !request.relayed)));

/** The application's responses with nothing wrong but their time. Port 80 only redirects. */
const isGood = ({ request, probed }: Routed): boolean =>
  (request.status === 'pass' || request.failureMode === 'slow') &&
  request.httpStatus !== null &&
  probed.port !== 80 &&
  (request.answeredBy === 'application' || request.answeredBy === 'mlflow');

const isUnproven = ({ request: { answeredBy, fingerprint } }: Routed): boolean =>
  fingerprint !== null && unproven.includes(answeredBy);

/** Equal for requests to one application on one host. */
const serviceOf = (one: Routed): string => `${one.probed.host} ${applicationOf(one) ?? ''}`;

/** The first that it reaches. */
export const applicationOf = ({ probed: { hops } }: Routed): Hop | undefined =>
  hops.find((hop) => applications.includes(hop));

const serverOf = ({ request }: Routed): string => request.marks?.server ?? '';
const typeOf = ({ request }: Routed): string => request.marks?.type ?? '';

/**
 * It names a server that no good response names, or none where all of them name one; or it is a page of their server's own.
 */
const lacksMarks = (one: Routed, good: readonly Routed[]): boolean => {
  const marks = good.map(serverOf);
  if (marks.length === 0) return false;
  const isNamedOtherwise = !marks.includes(serverOf(one)) && (serverOf(one) !== '' || !marks.includes(''));
  return isNamedOtherwise || (!marks.includes('') && withPagesOfTheirOwn.includes(one.request.answeredBy));
};

/**
 * The application's own page for an error, with the server marks of the good responses. A balancer or gateway has 502, 503
 * and 504 for what is behind it, and its 500 carries its own name. Both limit the size and form of requests, and have
 * pages for what they do not find, so there a name has to tell whose page it is.
 */
const failsLikeGoodOnes = (one: Routed, good: readonly Routed[], isNamedAlone: (one: Routed) => boolean): boolean => {
  const { answeredBy, httpStatus } = one.request;
  const servers = good.map(serverOf);
  if (answeredBy !== 'unknown' || httpStatus === null || !servers.includes(serverOf(one))) return false;
  // One task of several may be another service's. Deletions may go past the API.
  const isOfAll = good.every((other) => other.request.answeredBy === 'mlflow' || serverOf(other) === serverOf(one));
  return [405, 500].includes(httpStatus) || (ofAnyServer.includes(httpStatus) && isOfAll && isNamedAlone(one));
};

/** Nothing is found, or the request is too large or has the wrong form. */
const ofAnyServer: readonly number[] = [400, 404, 406, 411, 413, 414, 415, 422, 431];

/** Its server's name is that of its own service alone: neither the balancer nor another service has it. */
const namedAlone = (good: ReadonlyMap<string, readonly Routed[]>, isOfBalancer: (one: Routed) => boolean) => {
  const servicesOf = Map.groupBy([...good.values()].flat(), serverOf);
  return (one: Routed): boolean =>
    serverOf(one) !== '' &&
    !isOfBalancer(one) &&
    servicesOf.get(serverOf(one))?.every((other) => applicationOf(other) === applicationOf(one)) === true;
};

const refusesOtherwise = (one: Routed, good: readonly Routed[]): boolean => {
  const types = good.filter(({ request }) => refusals.includes(request.httpStatus)).map(typeOf);
  return refusals.includes(one.request.httpStatus) && types.length > 0 && !types.includes(typeOf(one));
};

/** It names the server that redirects from port 80, which a balancer does by itself. */
const ofBalancer = (all: readonly Routed[]): ((one: Routed) => boolean) => {
  const redirecting = new Set(
    all.filter(({ request, probed }) => request.status === 'pass' && probed.port === 80).map(namedServerOf),
  );
  return (one) => serverOf(one) !== '' && redirecting.has(namedServerOf(one));
};

const namedServerOf = (one: Routed): string => `${one.probed.host} ${serverOf(one)}`;

/**
 * It looks like what exactly one other host of the platform serves as its own, or is a page that names the server of that host alone, and
 * not that of its own host's balancer: that host's application sent it.
 */
const ofAnotherHost = (all: readonly Routed[]): ((one: Routed) => boolean) => {
  const isNamedThere = ofServerElsewhere(all);
  const kindOf = ({ httpStatus, fingerprint }: AttemptOutcome): string => `${httpStatus} ${fingerprint}`;
  const served = all
    .filter(({ probed }) => probed.host !== null && probed.port !== 80)
    .flatMap(({ request, probed: { host } }) =>
      (request.kind === 'target' ? request.attempts : [request])
        .filter(({ status }) => status === 'pass')
        .map((attempt) => ({ host, kind: kindOf(attempt) })),
    );
  const hostsBy = Map.groupBy(served, ({ kind }) => kind);
  return (one) => {
    const hosts = new Set(hostsBy.get(kindOf(one.request))?.map(({ host }) => host));
    hosts.delete(one.probed.host);
    return hosts.size === 1 || isNamedThere(one);
  };
};

const ofServerElsewhere = (all: readonly Routed[]): ((one: Routed) => boolean) => {
  const passing = all.filter(
    ({ request, probed }) => request.status === 'pass' && request.httpStatus !== null && probed.host !== null,
  );
  const hostsOf = Map.groupBy(passing, serverOf);
  const isOfBalancer = ofBalancer(all);
  return (one) => {
    const hosts = new Set((hostsOf.get(serverOf(one)) ?? []).map(({ probed: { host } }) => host));
    hosts.delete(one.probed.host);
    // Balancers have pages of their own for errors, and servers that run applications are common to many.
    const isPage = one.request.failureMode === 'unexpected-body' && serverOf(one) !== '';
    const isTelling = isPage && !applicationServers.test(serverOf(one));
    return isTelling && hosts.size === 1 && !isOfBalancer(one);
  };
};

/**
 * MLflow is not the only Flask application. This response names the server of another host's application, which neither
 * MLflow's good responses name nor those of the API, which may set its own on what it passes on.
 */
const ofOtherFlask = (all: readonly Routed[]): ((one: Routed) => boolean) => {
  const [ours = [], others = []] = [true, false].map((isOurs) =>
    all
      .filter(isGood)
      .filter(({ request, probed }) => (request.answeredBy === 'mlflow' || probed.hops.includes('api')) === isOurs),
  );
  const known = new Set(ours.map(serverOf));
  return (one) =>
    one.request.answeredBy === 'mlflow' &&
    ours.some(({ request }) => request.answeredBy === 'mlflow') &&
    !known.has(serverOf(one)) &&
    others.some((other) => serverOf(other) === serverOf(one));
};

/**
 * A healthy response of the application on this path, or a failure that looks like those which no other application sends:
 * about dependencies, or about a key. Every application has a root. A host that answers most requests with 404 may be
 * another application with a health route of its own. Deletions may take MLflow's own path, so steps prove nothing.
 */
const ofRightApplication = (all: readonly Routed[]): ((one: Routed) => boolean) => {
  const lookOf = (one: Routed): string => `${serviceOf(one)} ${serverOf(one)} ${typeOf(one)}`;
  const ofLook = Map.groupBy(all.filter(isOfApplication), (one) => `${one.probed.host} ${lookOf(one)}`);
  const mostlyMissing = new Set(
    [...ofLook.values()]
      .filter((some) => some.filter(isNotFound).length * 2 > some.length)
      .flatMap(([first]) => (first === undefined ? [] : [lookOf(first)])),
  );
  const looks = new Set(
    all
      .filter((one) => isGood(one) && isOfApplication(one))
      .filter(({ probed: { health, hops } }) => health || hops.includes('key-check'))
      .map(lookOf)
      .filter((look) => !mostlyMissing.has(look)),
  );
  return (one) => one.request.kind !== 'step' && isOfApplication(one) && (isGood(one) || looks.has(lookOf(one)));
};

const isNotFound = ({ request }: Routed): boolean => request.failureMode === 'route-not-found';

/** MLflow's own routes have its marks. */
const isOfApplication = (one: Routed): boolean =>
  one.request.answeredBy === 'application' &&
  typeOf(one) !== '' &&
  (one.probed.hops.includes('api') || !one.probed.hops.includes('mlflow'));

/** The same response, without a server's name, to what the API answers itself and to what MLflow answers itself. */
const beforeApiAndMlflow = (all: readonly Routed[]): ((one: Routed) => boolean) => {
  const nameless = (one: Routed): boolean => isSymptom(one.request) && isUnproven(one) && serverOf(one) === '';
  const kinds = (isOne: (hops: readonly Hop[]) => boolean): ReadonlySet<string> =>
    new Set(all.filter((one) => isOne(one.probed.hops) && nameless(one)).map(responseOf));
  const ofApi = kinds((hops) => hops.includes('api') && !hops.includes('proxy-route'));
  const ofMlflow = kinds((hops) => hops.includes('mlflow') && !hops.includes('api'));
  return (one) => ofApi.has(responseOf(one)) && ofMlflow.has(responseOf(one));
};
