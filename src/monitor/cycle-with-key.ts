import type { CycleInput } from '../cycle/input.ts';
import { isFailure } from '../model/predicates.ts';
import type { Report } from '../model/report.ts';
import { requests } from '../model/requests.ts';

/** Reads the key past every cache; null: it is still the same, or cannot be read. */
export type RenewKey = () => Promise<string | null>;

/**
 * A cycle. If the platform rejects the key and its store has another one by now, a second cycle with that key takes its place:
 * a rotated key is no outage. Once only, and only if the time that is left suffices for as long a cycle.
 */
export const cycleWithKey = async (
  cycle: CycleInput,
  renewKey: RenewKey | undefined,
  run: (cycle: CycleInput) => Promise<Report>,
): Promise<Report> => {
  const began = performance.now();
  const report = await run(cycle);
  if (renewKey === undefined || !rejectsKey(report)) return report;
  const apiKey = await renewKey();
  const deadlineMs = cycle.deadlineMs - (performance.now() - began);
  return apiKey === null || deadlineMs <= report.durationMs ? report : run({ ...cycle, apiKey, deadlineMs });
};

const rejectsKey = (report: Report): boolean =>
  requests(report).some((request) => request.failureMode === 'auth-rejected' && isFailure(request));
