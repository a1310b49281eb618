import { checkFails } from '../model/check-fails.ts';
import { isPartlyUnseen, type Strictness } from '../model/predicates.ts';
import type { Report } from '../model/report.ts';
import { requests } from '../model/requests.ts';

/** Fixed: pipelines depend on them. */
export const exitCodes = {
  /** Healthy; also degraded, unless --fail-on degraded. */
  fine: 0,
  /** A target fails, or the version that --wait-for names never came. */
  failing: 1,
  /** An error of the monitor, its configuration or its command line; or it saw too little to judge. */
  monitor: 2,
} as const;

/** What was not seen is `monitor`, also beside a degraded request: a pipeline must not read it as healthy or as broken. */
export const exitCodeOf = (report: Report, strictness: Strictness): number => {
  if (checkFails(report, strictness)) return exitCodes.failing;
  return report.verdict === 'inconclusive' || isPartlyUnseen(requests(report)) ? exitCodes.monitor : exitCodes.fine;
};
