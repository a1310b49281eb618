import type { HopOnPath } from '../model/diagnosis.ts';
import type { PathHop } from '../model/incident.ts';

/** The hops of a request as shown to people. Unseen hops are split into those before and those behind the broken hop. */
export const shownPath = (hops: readonly HopOnPath[]): readonly PathHop[] => {
  const firstBroken = hops.findIndex(({ state, suspect }) => state === 'broken' || suspect);
  return hops.flatMap(({ hop, state, suspect, partly }, place): readonly PathHop[] => {
    if (state === 'not-on-path') return [];
    if (suspect) return [{ hop, state: 'suspect' }];
    if (state === 'unknown') return [{ hop, state: place > firstBroken ? 'not-reached' : 'unseen' }];
    return [{ hop, state, ...(partly === true ? { partly } : {}) }];
  });
};
