import type { Verdict } from '../platform/report.ts';

/** Fixed: pipelines depend on them. */
export const exitCodes = {
  /** Healthy; degraded too, unless asked otherwise. */
  fine: 0,
  /** A target fails. */
  failing: 1,
  /** The monitor itself, its configuration or its call; or not enough was seen to tell. */
  monitor: 2,
} as const;

export const exitCodeOf = (verdict: Verdict, failOnDegraded: boolean): number => {
  switch (verdict) {
    case 'healthy':
      return exitCodes.fine;
    case 'degraded':
      return failOnDegraded ? exitCodes.failing : exitCodes.fine;
    case 'failing':
      return exitCodes.failing;
    case 'inconclusive':
      return exitCodes.monitor;
  }
};
