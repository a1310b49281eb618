import type { OutputOf } from './output-of.ts';
import type { baselineEntry } from './report-schema/baseline.ts';

export type BaselineEntry = OutputOf<typeof baselineEntry>;

/** An entry, and whether it is the platform's normal state. */
export interface KnownEntry extends BaselineEntry {
  /**
   * It shows the state before a change (`--baseline`), perhaps a broken one. Absent: an accepted deviation of a healthy
   * day (the configured baseline).
   */
  readonly isBefore?: true;
}

export type Baseline = readonly KnownEntry[];

/** What `--baseline` adds to the configured baseline: both are known. */
export const asBefore = (entries: Baseline): Baseline => entries.map((entry) => ({ ...entry, isBefore: true }));

/** The platform's normal state. */
export const normalState = (baseline: Baseline): Baseline => baseline.filter(({ isBefore }) => isBefore !== true);
