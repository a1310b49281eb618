import type { Status } from './report.ts';

/** How a target fared on the day of the baseline: what of a saved report is compared with. */
export interface BaselineEntry {
  readonly target: string;
  readonly status: Status;
  readonly failureMode: string | null;
  readonly answeredBy: string | null;
}

export type Baseline = readonly BaselineEntry[];
