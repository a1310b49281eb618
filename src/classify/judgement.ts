import type { Answerer } from '../model/answerers.ts';
import type { FailureMode } from '../model/failure-modes.ts';
import type { Dependency, Status } from '../model/report.ts';

/** The verdict on one attempt, before it is put into words. */
export interface Judgement {
  readonly status: Status;
  readonly failureMode: FailureMode | null;
  /** A clause saying what is wrong; empty if nothing is or the response speaks for itself. */
  readonly why: string;
  /** The version that the response names. */
  readonly version: string | null;
  /** Dependencies that a health route names. */
  readonly dependencies: readonly Dependency[];
  /** Who decided on what is wrong, if not the one that passed it on. */
  readonly by?: Answerer;
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
