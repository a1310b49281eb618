import { failureModes } from '../model/failure-modes.ts';
import type { Outcome } from '../model/report.ts';
import type { Target } from '../model/target.ts';

type Result = Pick<Outcome, 'status' | 'failureMode'> & Partial<Pick<Outcome, 'attempts'>>;

/** Far below any time-out of an API for what is behind it, and above a slow network. */
const atOnceMs = 1_000;

/** Each attempt got a 500 at once: the API failed without waiting for anything, so nothing holds its workers. */
export const failedAtOnce = ({ failureMode, attempts = [] }: Result): boolean =>
  failureMode === 'server-error' &&
  attempts.length > 0 &&
  attempts.every(({ httpStatus, timingsMs: { total } }) => httpStatus === 500 && total !== null && total < atOnceMs);

/**
 * Whether this outcome of a dependency forbids a request to the route that depends on it. A health route makes the same
 * checks behind the API; it would block the API's only event loop, and with it every other request, for minutes. A
 * known failure does the same harm as a new one.
 */
export const mayBlock = (result: Result): boolean => {
  const { status, failureMode } = result;
  const isBehindApi = failureMode !== null && failureModes[failureMode].behindApi;
  return status === 'inconclusive' || (isBehindApi && !failedAtOnce(result));
};

/**
 * Whether a follow-up can do no harm: a shallow read, and while anything behind the API fails, none that the API passes
 * on.
 */
export const mayAskMore = (target: Target, results: readonly Result[]): boolean => {
  const { hops, after } = target;
  const isPassedOn = hops.includes('api') && hops.includes('mlflow');
  const isRead = target.kind !== 'http' || ['GET', 'HEAD', 'OPTIONS'].includes(target.method);
  return after.length === 0 && isRead && !(isPassedOn && results.some(mayBlock));
};
