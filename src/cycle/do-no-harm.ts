import { failureModes } from '../model/failure-modes.ts';
import type { Outcome } from '../model/report.ts';

/**
 * Whether this outcome of a dependency forbids a request to the route that depends on it. A health route makes the same
 * checks behind the API; it would block the API's only event loop, and with it every other request, for minutes. A
 * known failure does the same harm as a new one.
 */
export const mayBlock = ({ status, failureMode }: Outcome): boolean =>
  status === 'inconclusive' || (failureMode !== null && failureModes[failureMode].behindApi);
