import type { FailureMode } from '../model/failure-modes.ts';
import type { AttemptOutcome } from '../model/report.ts';
import type { Request } from '../model/requests.ts';
import type { ToldCause } from '../model/told-causes.ts';
import type { Heard } from './sender.ts';

/**
 * Milliseconds that a balancer or an API waits for a connection before it gives up, at least. Varnish waits 3.5 s, Envoy
 * 5 s, AWS's balancer 10 s. HAProxy takes 3 s to report a refused connection, because it tries again each second.
 */
const connectTimeoutMs = 3_300;

/** What is reported of something that does not answer, apart from a time-out, and the time-out that it is. */
const unreached: Readonly<Partial<Record<FailureMode, FailureMode>>> = {
  'lb-bad-gateway': 'lb-gateway-timeout',
  'lb-no-target': 'lb-gateway-timeout',
  'upstream-unreachable': 'upstream-timeout',
};

/** Words that give another reason. A resolver may be slow, too. */
const otherReasons: readonly (ToldCause | null)[] = ['name-not-found', 'connection-refused', 'tls-mismatch'];

/**
 * Some balancers and APIs report a connection that timed out as any other failure, with 502 or 503. They had to wait for
 * it, while a refusal comes at once.
 */
export const afterWaiting = (heard: Heard, request: Request): Heard => {
  const timedOut = heard.failureMode === null ? undefined : unreached[heard.failureMode];
  if (timedOut === undefined || otherReasons.includes(request.cause)) return heard;
  const attempts = request.kind === 'target' || request.kind === 'follow-up' ? request.attempts : [request];
  const hasWaited = ({ failureMode, timingsMs }: AttemptOutcome): boolean =>
    failureMode === request.failureMode && (timingsMs.processing ?? 0) >= connectTimeoutMs;
  return attempts.length > 0 && attempts.every(hasWaited) ? { ...heard, failureMode: timedOut } : heard;
};
