import type { Baseline, BaselineEntry } from '../platform/baseline.ts';
import { isFailureMode } from '../platform/failure-modes.ts';
import type { Status } from '../platform/report.ts';

/** Reads a saved JSON report as a baseline; throws a sentence that says what is wrong with it. */
export const parseBaseline = (text: string): Baseline => {
  const report = parse(text);
  if (typeof report !== 'object' || report === null || !('outcomes' in report) || !Array.isArray(report.outcomes))
    throw new Error('it is no saved report: there are no outcomes; save one with check --format json --output FILE');
  const version = 'schemaVersion' in report ? report.schemaVersion : undefined;
  if (version !== 1) throw new Error(`its schemaVersion is ${JSON.stringify(version)}, this version reads 1`);
  return report.outcomes.map((outcome: unknown, i) => entryOf(outcome, i));
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new Error(`it is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
};

const statuses: readonly string[] = ['pass', 'degraded', 'fail', 'inconclusive', 'skipped'] satisfies readonly Status[];

const entryOf = (value: unknown, index: number): BaselineEntry => {
  const outcome = (typeof value === 'object' && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
  const { target, status, failureMode = null, answeredBy = null } = outcome;
  const place = `outcomes[${index}]`;
  if (typeof target !== 'string') throw new Error(`${place} names no target`);
  if (typeof status !== 'string' || !statuses.includes(status))
    throw new Error(`${place} (${target}) has no known status`);
  if (failureMode !== null && (typeof failureMode !== 'string' || !isFailureMode(failureMode)))
    throw new Error(`${place} (${target}) has a failure mode that this version does not know: ${String(failureMode)}`);
  return {
    target,
    status: status as Status,
    failureMode,
    answeredBy: typeof answeredBy === 'string' ? answeredBy : null,
  };
};
