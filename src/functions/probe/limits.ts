import { keptAfterMs } from './time-plan.ts';

/** Every limit of the Lambda around the cycle. Milliseconds unless the name says otherwise. */
export const lambdaLimits = {
  /** Kept back from the function's time-out, so that what is known by then is logged and published. */
  publishReserveMs: keptAfterMs('cycle'),
  /** What earlier cycles told is read while the cycle runs, and not waited for longer than this from its start. */
  historyMs: 3_000,
  /** Before the time-out, when nothing else has ended it: the invocation fails with a reason instead of being killed. */
  lastWordMs: 500,
} as const;
