import { failureModes } from '../model/failure-modes.ts';
import type { Outcome } from '../model/report.ts';

/**
 * Whether this outcome of a dependency forbids asking a route that depends on it: a health route that asks the same things behind the API
 * would hold the API's only event loop for minutes, and every other request with it. A known failure is no more harmless than a new one.
 */
export const mayBlock = ({ status, failureMode }: Outcome): boolean =>
  status === 'inconclusive' || (failureMode !== null && failureModes[failureMode].behindApi);
