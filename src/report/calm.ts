import { isStillFailing, knownIds, withStatus } from '../model/predicates.ts';
import type { Request } from '../model/requests.ts';
import { plural } from '../wording/count.ts';
import { knownWords, stillFailingWords } from '../wording/status.ts';
import { duration } from '../wording/time.ts';

/** Requests without news in a few words: `6 checks · 2 skipped · slowest 153 ms`. */
export const calmWords = (results: readonly Request[]): string => {
  const slowest = Math.max(0, ...results.map(({ durationMs }) => durationMs ?? 0));
  const still = results.filter(isStillFailing).length;
  const known = knownIds(results).length - still;
  const skipped = withStatus(results, 'skipped').length;
  return [
    plural(results.length, 'check'),
    ...(still > 0 ? [`${still} ${stillFailingWords}`] : []),
    ...(known > 0 ? [`${known} ${knownWords}`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    `slowest ${duration(slowest)}`,
  ].join(' · ');
};
