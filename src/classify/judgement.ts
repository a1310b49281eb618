import type { FailureMode } from '../platform/failure-modes.ts';
import type { Status } from '../platform/report.ts';

/** What one attempt amounts to, before it is put into words. */
export interface Judgement {
  readonly status: Status;
  readonly failureMode: FailureMode | null;
  /** What was wrong, as a clause; empty when nothing was, or when the answer speaks for itself. */
  readonly why: string;
  /** The version that the answer names. */
  readonly version: string | null;
}

export const passed: Judgement = { status: 'pass', failureMode: null, why: '', version: null };

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
