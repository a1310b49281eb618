import type { FailureMode } from '../model/failure-modes.ts';
import type { AttemptOutcome } from '../model/report.ts';
import type { Request } from '../model/requests.ts';
import type { Heard } from './sender.ts';

/**
 * Milliseconds that a balancer waits for a connection before it gives up, at least. Varnish waits 3.5 s, Envoy 5 s, AWS's
 * balancer 10 s. HAProxy takes 3 s to report a refused connection, because it tries again each second.
 */
const connectTimeoutMs = 3_300;

/** What balancers report of a target that does not answer, apart from a time-out. */
const unreached: readonly (FailureMode | null)[] = ['lb-bad-gateway', 'lb-no-target'];

/**
 * Some balancers report a connection that timed out as any other failure, with 502 or 503. They had to wait for it, while a
 * refusal comes at once.
 */
export const afterWaiting = (heard: Heard, request: Request): Heard => {
  const attempts = request.kind === 'target' || request.kind === 'follow-up' ? request.attempts : [request];
  const hasWaited = ({ failureMode, timingsMs }: AttemptOutcome): boolean =>
    failureMode === request.failureMode && (timingsMs.processing ?? 0) >= connectTimeoutMs;
  return unreached.includes(heard.failureMode) && attempts.length > 0 && attempts.every(hasWaited)
    ? { ...heard, failureMode: 'lb-gateway-timeout' }
    : heard;
};
