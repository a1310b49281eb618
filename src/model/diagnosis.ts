import type { OutputOf } from './output-of.ts';
import type {
  candidate,
  diagnosis,
  faultIds,
  hopOnPath,
  hypothesis,
  onset,
  slowness,
  way,
} from './report-schema/diagnosis.ts';

/* Shapes, and what their fields mean, are written in report-schema/. */

export type Candidate = OutputOf<typeof candidate>;
export type DescribedCandidate = OutputOf<typeof hypothesis>;
export type FaultIds = OutputOf<typeof faultIds>;
export type HopOnPath = OutputOf<typeof hopOnPath>;
export type Slowness = OutputOf<typeof slowness>;
export type Onset = OutputOf<typeof onset>;

type DescribedDiagnosis = OutputOf<typeof diagnosis>;
export type DiagnosisStatus = DescribedDiagnosis['status'];

/** A request path without its fault. */
export type Way = OutputOf<typeof way>;

/** The path of a request that shows a fault. */
export interface RequestPath extends Way {
  /** Index into `faults`. */
  readonly fault: number;
}

/**
 * The diagnosis as the engine makes it. The published one adds texts, and paths that show no fault: they are too large
 * for the function bundles (report/described.ts).
 */
export interface Diagnosis extends Omit<DescribedDiagnosis, 'hypotheses' | 'paths'> {
  /** Grouped by fault, best first. A tie lists all its members, followed by what is not ruled out. */
  readonly hypotheses: readonly Candidate[];
  /** One per fault, in the same order. */
  readonly paths: readonly RequestPath[];
}
