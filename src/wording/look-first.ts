import { type FailureMode, failureModes } from '../model/failure-modes.ts';
import type { Hop } from '../platform/hops.ts';

/** Where to look first for a failure that was placed at this hop. */
export const lookFirst = (mode: FailureMode, hop: Hop | null): string => {
  const { hop: usual, look } = failureModes[mode];
  if (hop === null) return look;
  // MLflow answers from behind the hop that usually does.
  if (hop === 'mlflow' && usual.orMlflow && usual.hops.indexOf(hop) > 0) return ofMlflow;
  return usual.hops.includes(hop) ? look : (elsewhere[hop] ?? look);
};

const ofMlflow = "MLflow's log about this request, and its database";

/** Where another hop than the usual one answers (diagnose/senders.ts). */
const elsewhere: Readonly<Partial<Record<Hop, string>>> = {
  rule: 'what answers in front of the application: a rule of the balancer, a gateway, a firewall',
  'service-discovery': "the API's proxy, and what it forwards to: which of the two answers so",
};
