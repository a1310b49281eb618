import type { FailureMode } from '../platform/failure-modes.ts';
import type { Outcome } from '../platform/report.ts';

/**
 * Failures that mean: the API was reached, and what it asks behind it fails or keeps it waiting. A health route that asks
 * the same things would then hold the API's only event loop for minutes, and every other request with it.
 */
const behindTheApi: readonly FailureMode[] = [
  'upstream-unreachable',
  'upstream-timeout',
  'upstream-unavailable',
  'response-timeout',
  'transfer-timeout',
  'connection-closed',
  'lb-gateway-timeout',
  'server-error',
  'database-error',
];

/** Whether this outcome of a dependency forbids to ask a route that depends on it. That a failure is known does not make it harmless. */
export const mayBlock = ({ status, failureMode }: Outcome): boolean =>
  status === 'inconclusive' || (failureMode !== null && behindTheApi.includes(failureMode));
