import type { Report } from '../platform/report.ts';
import { isFailure, type Strictness } from '../report/strictness.ts';

/** Fixed: pipelines depend on them. */
export const exitCodes = {
  /** Healthy; degraded too, unless asked otherwise. */
  fine: 0,
  /** A target fails. */
  failing: 1,
  /** The monitor itself, its configuration or its call; or not enough was seen to tell. */
  monitor: 2,
} as const;

export const exitCodeOf = ({ verdict, outcomes, registration }: Report, strictness: Strictness): number => {
  if (strictness.known && [...outcomes, ...(registration?.steps ?? [])].some((one) => isFailure(one, strictness)))
    return exitCodes.failing;
  switch (verdict) {
    case 'healthy':
      return exitCodes.fine;
    case 'degraded':
      return strictness.degraded ? exitCodes.failing : exitCodes.fine;
    case 'failing':
      return exitCodes.failing;
    case 'inconclusive':
      return exitCodes.monitor;
  }
};
