import type { defaultLimits } from '../model/limits.ts';

/**
 * How long the parts of the sandbox wait for each other: the platform's own times, shortened, in the same order. The
 * prober's limits are scaled in proportion, so that each response is seen, or missed, as on the platform.
 */
export interface SandboxTimes {
  readonly balancerConnectMs: number;
  readonly balancerIdleMs: number;
  readonly apiToMlflowMs: number;
  readonly apiToAuthMs: number;
  readonly apiToRedisMs: number;
  /** For a quick check of Redis that cannot block. */
  readonly apiGlanceMs: number;
  /** One try of the API at its name server. */
  readonly apiLookUpMs: number;
  /** Added by a service that a fault has slowed down. */
  readonly slowAnswerMs: number;
  /** How late MLflow responds when a fault delays it: longer than the API waits. */
  readonly lateAnswerMs: number;
  readonly limits: Partial<Record<keyof typeof defaultLimits, number>>;
}

/** `pace` 1: the fastest at which a busy machine still responds in time. The platform's own times are about ten times as long. */
export const timesAt = (pace: number): SandboxTimes => ({
  balancerConnectMs: 1_000 * pace,
  balancerIdleMs: 7_000 * pace,
  apiToMlflowMs: 3_600 * pace,
  apiToAuthMs: 1_000 * pace,
  apiToRedisMs: 3_300 * pace,
  apiGlanceMs: 100 * pace,
  apiLookUpMs: 500 * pace,
  slowAnswerMs: 2_000 * pace,
  lateAnswerMs: 4_200 * pace,
  limits: {
    resolveMs: 1_500 * pace,
    connectMs: 1_500 * pace,
    tlsMs: 1_500 * pace,
    transferMs: 1_500 * pace,
    totalMs: 3_000 * pace,
    decisiveMs: 5_000 * pace,
    slowMs: 1_500 * pace,
    deadlineMs: 25_000 * pace,
    cleanupReserveMs: 5_000 * pace,
    pendingMs: 500 * pace,
  },
});
