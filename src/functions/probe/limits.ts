import { keptAfterMs } from './time-plan.ts';

/** Every limit of the Lambda function around the cycle. Milliseconds unless the name says otherwise. */
export const lambdaLimits = {
  /** Reserved before the function's time-out for logging and publishing the results. */
  publishReserveMs: keptAfterMs('cycle'),
  /** The history is read while the cycle runs. The cycle waits for it no longer than this, from its start. */
  historyMs: 3_000,
  /** Time left before the time-out when the invocation fails with a reason, so that Lambda does not kill it. */
  lastWordMs: 500,
  /** Looks end this long after the invocation began, because the template's fastest schedule starts the next cycle. */
  looksEndMs: 60_000,
  /** An incident this old gets no more looks: its length is known to a minute, and it must not use up all that there are. */
  youngMs: 6 * 3_600_000,
} as const;
