import type { FailureMode } from '../model/failure-modes.ts';
import type { Routed } from './routed.ts';

/** Where a response came from, as far as the API's own refusals on the same paths show it. */
export interface PastKeyCheck {
  /** The request had passed the API's key check, so nothing in front of the API sent it. */
  readonly isPast: boolean;
  /** Something between the API's proxy and MLflow sent it: a login page, a gateway with a password of its own. */
  readonly isBehindApi: boolean;
}

const notShown: PastKeyCheck = { isPast: false, isBehindApi: false };

/** What a gateway says to requests without a login. The API itself may also miss a route behind its key check. */
const ofGateway: readonly (FailureMode | null)[] = [
  'auth-rejected',
  'auth-missing',
  'forbidden',
  'redirect-unexpected',
  'unexpected-answerer',
];

/** What a balancer reports about the API: it comes from in front, whatever the request had passed. */
const firstOfServer = 500;
const tooMany = 429;

/**
 * Every request with a valid key through the proxy to MLflow fails, while on the same paths the API itself refuses requests
 * without a key and with a made-up one. Something in front of the API would have answered those in the same way.
 */
export const pastKeyCheck = (all: readonly Routed[]): ((one: Routed) => PastKeyCheck) => {
  const proxied = Map.groupBy(
    all.filter((one) => isProxied(one) && one.request.status !== 'skipped'),
    hostOf,
  );
  const refused = Map.groupBy(all.filter(isOwnRefusal), hostOf);
  const beside = Map.groupBy(
    all.filter((one) => !isProxied(one)),
    hostOf,
  );
  return (one) => {
    const own = refused.get(hostOf(one)) ?? [];
    if (!isProxied(one) || !isRefused(one) || !own.some(({ probed }) => probed.key === 'made-up')) return notShown;
    if (proxied.get(hostOf(one))?.every(isRefused) !== true) return notShown;
    // It looks like the API's own words, or like what this host says elsewhere.
    if (own.some((other) => lookOf(other) === lookOf(one))) return notShown;
    if (beside.get(hostOf(one))?.some((other) => kindOf(other) === kindOf(one)) === true) return notShown;
    return { isPast: true, isBehindApi: ofGateway.includes(one.request.failureMode) };
  };
};

const hostOf = ({ probed }: Routed): string => `${probed.host}`;
const lookOf = ({ request: { marks } }: Routed): string => `${marks?.server ?? ''} ${marks?.type ?? ''}`;
const kindOf = ({ request }: Routed): string => `${request.httpStatus} ${request.fingerprint}`;

const isProxied = ({ probed: { hops, key } }: Routed): boolean =>
  hops.includes('proxy-route') && hops.includes('mlflow') && (key === 'bearer' || key === 'x-api-key');

const isRefused = ({ request: { status, httpStatus, fingerprint } }: Routed): boolean =>
  status !== 'pass' &&
  httpStatus !== null &&
  fingerprint !== null &&
  httpStatus < firstOfServer &&
  httpStatus !== tooMany;

const isOwnRefusal = ({ request, probed }: Routed): boolean =>
  probed.refusal &&
  request.status === 'pass' &&
  request.answeredBy === 'application' &&
  request.fingerprint !== null &&
  (probed.key === 'none' || probed.key === 'made-up');
