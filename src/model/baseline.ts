import type { OutputOf } from './output-of.ts';
import type { baselineEntry } from './report-schema/baseline.ts';

export type BaselineEntry = OutputOf<typeof baselineEntry>;
export type Baseline = readonly BaselineEntry[];
