import type { HopOnPath } from '../model/diagnosis.ts';
import type { PathHop } from '../model/incident.ts';

/** The hops that the request crosses, as people are shown them: what nobody saw is told apart by whether it lies behind what is broken. */
export const shownPath = (hops: readonly HopOnPath[]): readonly PathHop[] => {
  const firstBroken = hops.findIndex(({ state, suspect }) => state === 'broken' || suspect);
  return hops.flatMap(({ hop, state, suspect }, place): readonly PathHop[] => {
    if (state === 'not-on-path') return [];
    if (suspect) return [{ hop, state: 'suspect' }];
    if (state === 'unknown') return [{ hop, state: place > firstBroken ? 'not-reached' : 'unseen' }];
    return [{ hop, state }];
  });
};
