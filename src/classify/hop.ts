import type { Answerer } from '../model/answerers.ts';
import { type FailureMode, failureModes } from '../model/failure-modes.ts';
import type { Hop } from '../platform/hops.ts';

/**
 * The hop that a failure points at, as far as one response shows: the one that answered, or the first that stayed
 * silent. Which hop behind it is at fault takes several outcomes to decide.
 */
export const hopOf = (mode: FailureMode, answeredBy: Answerer | null, hops: readonly Hop[]): Hop | null => {
  const [only, ...more] = hops;
  if (more.length === 0 && (only === 'internet' || only === 'artifact-store')) return only;
  const place = failureModes[mode].hop;
  const candidates = place.orMlflow && answeredBy === 'mlflow' ? (['mlflow'] as const) : place.hops;
  return candidates.find((hop) => hops.includes(hop)) ?? null;
};
