import type { Status } from '../platform/report.ts';

/** What counts as a failure for whoever asks. */
export interface Strictness {
  /** What works, but not as it should. */
  readonly degraded: boolean;
  /** What failed in the baseline in the same way. */
  readonly known: boolean;
}

/** Fails under these rules. */
export const isFailure = (
  { status, known }: { readonly status: Status; readonly known: boolean },
  strictness: Strictness,
): boolean => (!known || strictness.known) && (status === 'fail' || (status === 'degraded' && strictness.degraded));
