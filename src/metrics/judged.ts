import { isFailure } from '../model/predicates.ts';
import type { Request } from '../model/requests.ts';

/** A request or the whole flow, as far as success and duration go. */
export type Judged = Pick<Request, 'status' | 'known' | 'durationMs'>;

/** 1 or 0; a known deviation is as it should be; null: nothing is known. */
const success = (judged: Judged): number | null => {
  if (judged.status === 'inconclusive' || judged.status === 'skipped') return null;
  return isFailure(judged) ? 0 : 1;
};

export const successes = (judged: readonly Judged[]): readonly number[] => judged.flatMap((one) => success(one) ?? []);

/** Of what is unknown, the time says nothing. */
export const durations = (judged: readonly Judged[]): readonly number[] =>
  judged.filter((one) => success(one) !== null).flatMap(({ durationMs }) => durationMs ?? []);
