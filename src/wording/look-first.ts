import { type FailureMode, failureModes } from '../model/failure-modes.ts';
import type { Hop } from '../platform/hops.ts';

/** Where to look first for a failure that was placed at this hop (diagnose/senders.ts). */
export const lookFirst = (mode: FailureMode, hop: Hop | null): string => {
  const { hop: usual, look } = failureModes[mode];
  return hop === 'rule' && !usual.hops.includes(hop)
    ? 'what answers in front of the application: a rule of the balancer, a gateway, a firewall'
    : look;
};
