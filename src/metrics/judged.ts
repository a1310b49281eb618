import { isFailure } from '../model/predicates.ts';
import type { Request } from '../model/requests.ts';

/** The parts of a request, or of the whole flow, that success and duration need. */
export type Judged = Pick<Request, 'status' | 'known' | 'durationMs'>;

/** 1 or 0; 1 for a known deviation; null: unknown. */
const success = (judged: Judged): number | null => {
  if (judged.status === 'inconclusive' || judged.status === 'skipped') return null;
  return isFailure(judged) ? 0 : 1;
};

export const successes = (judged: readonly Judged[]): readonly number[] => judged.flatMap((one) => success(one) ?? []);

/** The duration of an unknown result means nothing. */
export const durations = (judged: readonly Judged[]): readonly number[] =>
  judged.filter((one) => success(one) !== null).flatMap(({ durationMs }) => durationMs ?? []);
