import type { Answerer } from '../model/answerers.ts';
import { type FailureMode, failureModes } from '../model/failure-modes.ts';
import type { Hop } from '../platform/hops.ts';

/**
 * The hop that a failure points at, as far as this one answer can tell: the one that spoke, or the first that kept silent.
 * Which of the hops behind it is at fault is for several outcomes together to say.
 */
export const hopOf = (mode: FailureMode, answeredBy: Answerer | null, hops: readonly Hop[]): Hop | null => {
  if (hops.includes('internet')) return 'internet';
  const place = failureModes[mode].hop;
  const candidates = place.orMlflow && answeredBy === 'mlflow' ? (['mlflow'] as const) : place.hops;
  return candidates.find((hop) => hops.includes(hop)) ?? null;
};
