import type { FailureMode } from '../platform/failure-modes.ts';
import type { Status } from '../platform/report.ts';

/** What a target, a step and the flow have in common: a verdict, and how long it took to come to it. */
export interface Judged {
  readonly status: Status;
  readonly failureMode: FailureMode | null;
  readonly known: boolean;
  /** Milliseconds; null: nothing was asked. */
  readonly ms: number | null;
}

/** 1 or 0; a known deviation is as it should be; null: nothing is known. */
const success = ({ status, known }: Judged): number | null => {
  if (status === 'inconclusive' || status === 'skipped') return null;
  return known || status !== 'fail' ? 1 : 0;
};

export const successes = (judged: readonly Judged[]): readonly number[] => judged.flatMap((one) => success(one) ?? []);

/** Of what is unknown, the time says nothing. */
export const durations = (judged: readonly Judged[]): readonly number[] =>
  judged.filter((one) => success(one) !== null).flatMap(({ ms }) => ms ?? []);

/** What is news, and no good one. */
export const isTrouble = ({ status, known }: Judged): boolean =>
  !known && (status === 'fail' || status === 'degraded' || status === 'inconclusive');
