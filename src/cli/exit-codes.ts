import { isFailingVerdict, isFailure, type Strictness } from '../model/predicates.ts';
import type { Report } from '../model/report.ts';
import { requests } from '../model/requests.ts';

/** Fixed: pipelines depend on them. */
export const exitCodes = {
  /** Healthy; degraded too, unless asked otherwise. */
  fine: 0,
  /** A target fails. */
  failing: 1,
  /** The monitor itself, its configuration or its call; or not enough was seen to tell. */
  monitor: 2,
} as const;

/** Inconclusive is `monitor`: a pipeline must take "not enough was seen" neither for healthy nor for broken. */
export const exitCodeOf = (report: Report, strictness: Strictness): number => {
  // The verdict, too: of a saved report, the request that made it may not be readable.
  const fails =
    isFailingVerdict(report.verdict, strictness) || requests(report).some((one) => isFailure(one, strictness));
  if (fails) return exitCodes.failing;
  return report.verdict === 'inconclusive' ? exitCodes.monitor : exitCodes.fine;
};
