import { failureModes } from '../model/failure-modes.ts';
import type { Request, TargetRequest } from '../model/requests.ts';
import type { ProbedRequest } from './probed-request.ts';

/**
 * Who refused a key. `behind`: a server behind the API, whose response the API passed on; `unlike`: the response has another
 * shape than the API's own refusals. Null: it may be the API's own. A response of the same shape proves nothing, because
 * services of one framework refuse alike.
 */
export type Refuser = 'behind' | 'unlike' | null;

type Origin = (request: Request, probed: ProbedRequest) => Refuser;

/** Compares refusals with those that the same host gives to requests without a valid key, which the API writes itself. */
export const originsIn = (all: readonly Request[], probedOf: (id: string) => ProbedRequest | undefined): Origin => {
  const own = all.filter((one): one is TargetRequest => {
    const probed = one.kind === 'target' ? probedOf(one.id) : undefined;
    return probed?.refusal === true && one.status === 'pass' && one.answeredBy !== null;
  });
  return (request, probed) => {
    if (request.failureMode === null || failureModes[request.failureMode].key !== 'not-accepted') return null;
    const beside = own.filter(({ askedHost }) => askedHost === request.askedHost);
    if (!probed.hops.includes('proxy-route') || beside.length === 0) return null;
    if (request.relayed && beside.every(({ relayed }) => !relayed)) return 'behind';
    const { fingerprint } = request;
    const isComparable = fingerprint !== null && beside.every((one) => one.fingerprint !== null);
    return isComparable && beside.every((one) => one.fingerprint !== fingerprint) ? 'unlike' : null;
  };
};
