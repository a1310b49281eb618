import { isAnswered } from '../model/predicates.ts';
import type { RoutedRequest } from '../model/requests.ts';
import { type Hop, hopLabels } from '../platform/hops.ts';
import type { HopState, PathHop } from '../platform/incident.ts';

/** What another fault breaks. */
export interface BrokenHop {
  readonly hop: Hop;
  /** Null: it is not a matter of hosts. */
  readonly hosts: readonly string[] | null;
}

/** Hops that each host has of its own: that another host's works says nothing. */
const ofOneHost: ReadonlySet<Hop> = new Set(['dns', 'listener', 'tls', 'rule', 'target-group']);

/** The way of the failing request that would have gone furthest, with what is known of each hop; empty: none crosses what is broken. */
export const requestPath = (
  failing: readonly RoutedRequest[],
  all: readonly RoutedRequest[],
  suspects: ReadonlySet<Hop>,
  brokenToo: readonly BrokenHop[],
): readonly PathHop[] => {
  const crossing = failing.filter(({ hops }) => hops.some((hop) => suspects.has(hop)));
  const [longest] = crossing.toSorted((a, b) => b.hops.length - a.hops.length);
  if (longest === undefined) return [];
  const { destination, hops } = longest;
  const isBrokenToo = (hop: Hop): boolean =>
    brokenToo.some((one) => one.hop === hop && (!ofOneHost.has(hop) || (one.hosts?.includes(destination) ?? true)));
  const firstBroken = hops.findIndex((hop) => suspects.has(hop) || isBrokenToo(hop));
  return hops.map((hop, place): PathHop => {
    if (suspects.has(hop)) return { hop, state: suspects.size === 1 ? 'broken' : 'suspect' };
    if (isBrokenToo(hop)) return { hop, state: 'broken' };
    const witnesses = all.filter((one) => one.destination === destination || !ofOneHost.has(hop));
    if (witnesses.some((one) => cameThrough(one, hop))) return { hop, state: 'works' };
    return { hop, state: place > firstBroken ? 'not-reached' : 'unseen' };
  });
};

/** Where nothing is known to explain them, the hops that most of the failing requests point at are suspects. */
export const suspectedPath = (failing: readonly RoutedRequest[], all: readonly RoutedRequest[]): readonly PathHop[] => {
  const counts = [...Map.groupBy(failing, ({ hop }) => hop)].toSorted(([, a], [, b]) => b.length - a.length);
  const [hop = null, alike = []] = counts.find(([one]) => one !== null) ?? [];
  if (hop === null) return [];
  return requestPath(alike, all, new Set([hop]), []).map((one) =>
    one.state === 'broken' ? { ...one, state: 'suspect' } : one,
  );
};

/** The way of the request that goes furthest, of those that were answered; empty: none was. */
export const workingPath = (all: readonly RoutedRequest[]): readonly PathHop[] => {
  const [longest] = all.filter(isAnswered).toSorted((a, b) => b.hops.length - a.hops.length);
  return (longest?.hops ?? []).map((hop) => ({ hop, state: 'works' }));
};

/** Answered, or failed further on its way. */
const cameThrough = (request: RoutedRequest, hop: Hop): boolean => {
  const place = request.hops.indexOf(hop);
  if (place === -1) return false;
  return isAnswered(request) || (request.hop !== null && request.hops.indexOf(request.hop) > place);
};

const marks: Readonly<Record<HopState, string>> = {
  works: '✓',
  broken: '✗',
  suspect: '✗?',
  unseen: '?',
  'not-reached': '?',
};

/** A hop as the path shows it: told apart without colour. */
export const hopWords = ({ hop, state }: PathHop): string => `${marks[state]} ${hopLabels[hop]}`;
