import type { FailureMode } from '../model/failure-modes.ts';
import type { Dependency, Status } from '../model/report.ts';

/** What one attempt amounts to, before it is put into words. */
export interface Judgement {
  readonly status: Status;
  readonly failureMode: FailureMode | null;
  /** What was wrong, as a clause; empty when nothing was, or when the answer speaks for itself. */
  readonly why: string;
  /** The version that the answer names. */
  readonly version: string | null;
  /** Those that a health route names. */
  readonly dependencies: readonly Dependency[];
}

export const passed: Judgement = { status: 'pass', failureMode: null, why: '', version: null, dependencies: [] };

export const failed = (failureMode: FailureMode, why = ''): Judgement => ({
  ...passed,
  status: 'fail',
  failureMode,
  why,
});

export const isDegraded = (failureMode: FailureMode, why: string): Judgement => ({
  ...passed,
  status: 'degraded',
  failureMode,
  why,
});
