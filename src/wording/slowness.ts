import type { Slowness } from '../model/diagnosis.ts';
import { type Hop, hopLabels } from '../platform/hops.ts';
import { plural } from './count.ts';
import { duration } from './time.ts';

/** How many requests are slow, by how much, and what they have in common. */
export const slownessSentence = ({ requests, byMs, hop, withKey }: Slowness): string => {
  const count = requests.length;
  return `${plural(count, 'request')} ${count === 1 ? 'takes' : 'take'} ${duration(byMs)} longer than normal; ${sharedBy(hop, withKey)}.`;
};

const sharedBy = (hop: Hop | null, withKey: boolean): string => {
  if (hop === null) return 'they have no hop of their own in common';
  return withKey
    ? `only requests with a key do, so look at the ${hopLabels[hop]}`
    : `the time is lost at this hop: ${hopLabels[hop]}`;
};
