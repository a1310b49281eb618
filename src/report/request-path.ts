import { type Hop, hopLabels } from '../platform/hops.ts';
import { isAnswered, type Request } from './requests.ts';

/** `works`: it was seen to; `broken`: it or another fault's hop; `suspect`: one of several that could be broken; `unknown`: nothing that came through it was seen. */
type HopState = 'works' | 'broken' | 'suspect' | 'unknown';

export interface PathHop {
  readonly hop: Hop;
  readonly state: HopState;
}

/** Hops that each host has of its own: that another host's works says nothing. */
const ofOneHost: ReadonlySet<Hop> = new Set(['dns', 'listener', 'tls', 'rule', 'target-group']);

/** The way of the failing request that would have gone furthest, with what is known of each hop; empty: none crosses what is broken. */
export const requestPath = (
  failing: readonly Request[],
  all: readonly Request[],
  suspects: ReadonlySet<Hop>,
  brokenToo: ReadonlySet<Hop>,
): readonly PathHop[] => {
  const crossing = failing.filter(({ hops }) => hops.some((hop) => suspects.has(hop)));
  const [longest] = crossing.toSorted((a, b) => b.hops.length - a.hops.length);
  if (longest === undefined) return [];
  const { host, hops } = longest;
  return hops.map((hop): PathHop => {
    if (suspects.has(hop)) return { hop, state: suspects.size === 1 ? 'broken' : 'suspect' };
    if (brokenToo.has(hop)) return { hop, state: 'broken' };
    const witnesses = all.filter((one) => one.host === host || !ofOneHost.has(hop));
    return { hop, state: witnesses.some((one) => cameThrough(one, hop)) ? 'works' : 'unknown' };
  });
};

/** Answered, or failed further on its way. */
const cameThrough = (request: Request, hop: Hop): boolean => {
  const place = request.hops.indexOf(hop);
  if (place === -1) return false;
  return isAnswered(request) || (request.hop !== null && request.hops.indexOf(request.hop) > place);
};

const marks: Readonly<Record<HopState, string>> = { works: '✓', broken: '✗', suspect: '✗?', unknown: '?' };

/** A hop as the path shows it: told apart without colour. */
export const hopWords = ({ hop, state }: PathHop): string => `${marks[state]} ${hopLabels[hop]}`;
