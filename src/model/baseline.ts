import type { Status } from './report.ts';

/** A target's result in the baseline: the part of a saved report that is compared. */
export interface BaselineEntry {
  readonly target: string;
  readonly status: Status;
  readonly failureMode: string | null;
  readonly answeredBy: string | null;
}

export type Baseline = readonly BaselineEntry[];
