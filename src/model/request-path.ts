import { type Hop, hopLabels } from '../platform/hops.ts';
import { hypotheses } from '../platform/hypotheses.ts';
import type { Diagnosis, HopOnPath, RequestPath, Way } from './diagnosis.ts';
import { isAnswered, isPartly, isSymptom } from './predicates.ts';
import type { RoutedRequest } from './requests.ts';

/** A hop that a fault may break. */
export interface Suspect {
  readonly hop: Hop;
  /** Null: it does not depend on hosts. */
  readonly hosts: readonly string[] | null;
  /** No other hop can be the broken one. */
  readonly isSure: boolean;
  /** The fault stops only some requests, or none. */
  readonly isPartly: boolean;
}

/** Hops that each host has of its own. Another host's working hop says nothing about them. */
const ofOneHost: readonly Hop[] = ['dns', 'listener', 'tls', 'rule', 'target-group'];

const allHops = Object.keys(hopLabels) as readonly Hop[];

export const faultPaths = (
  { faults, hypotheses: candidates }: Omit<Diagnosis, 'paths'>,
  all: readonly RoutedRequest[],
): readonly RequestPath[] => {
  const own = faults.map((ids, fault) => candidates.filter((one) => one.fault === fault && ids.includes(one.id)));
  const failing = own.map((ofFault) => {
    const explained = ofFault.flatMap(({ explains }) => explains);
    return all.filter((one) => isSymptom(one) && explained.includes(one.id));
  });
  const suspects = faults.map((ids, fault): readonly Suspect[] => {
    const hops = ids.map((id) => own[fault]?.find((one) => one.id === id)?.hop ?? hypotheses[id].hop);
    const isSure = hops.every((hop) => hop === hops[0]);
    return hops.map((hop) => ({
      hop,
      isSure,
      isPartly: isPartly(failing[fault] ?? []),
      hosts: own[fault]?.find((one) => one.hop === hop)?.hosts ?? null,
    }));
  });
  return suspects.map((ofFault, fault) => ({
    fault,
    ...wayOf(failing[fault] ?? [], all, ofFault, suspects.toSpliced(fault, 1).flat()),
  }));
};

/** The path of the failing request that would have gone furthest, with what is known about each hop. */
export const wayOf = (
  failing: readonly RoutedRequest[],
  all: readonly RoutedRequest[],
  own: readonly Suspect[],
  ofOthers: readonly Suspect[],
): Way => {
  const longest = furthest(failing.filter(({ hops }) => own.some(({ hop }) => hops.includes(hop))));
  if (longest === undefined) return { request: null, hops: [] };
  const { id, destination, hops } = longest;
  // Another fault's break has a mark on its own path only. Behind this one, nothing shows that its hop works.
  const isHere = ({ hop, hosts }: Suspect): boolean =>
    !ofOneHost.includes(hop) || (hosts?.includes(destination) ?? true);
  const doubted = new Set(ofOthers.filter(isHere).map(({ hop }) => hop));
  const suspects = new Map(own.map((one) => [one.hop, one]));
  const firstBroken = hops.findIndex((hop) => suspects.has(hop));
  /**
   * Before the broken hop, any request that crossed the same hop counts. Behind it, only one that took the same path and
   * was answered: a failure behind the broken hop may have been reported from further in front. A host has several rules,
   * so other paths show nothing of what is behind one of them.
   */
  const isSeen = (one: RoutedRequest, hop: Hop, place: number): boolean =>
    place < firstBroken
      ? (one.destination === destination || !ofOneHost.includes(hop)) && cameThrough(one, hop)
      : hops[firstBroken] !== 'rule' &&
        one.destination === destination &&
        hops.slice(0, place + 1).every((each, i) => each === one.hops[i]) &&
        isAnswered(one) &&
        cameThrough(one, hop);
  return {
    request: id,
    hops: eachHop(hops, (hop, place) => {
      const suspect = suspects.get(hop);
      if (suspect !== undefined) return suspect.isSure ? (suspect.isPartly ? 'partly' : 'broken') : 'suspect';
      if (doubted.has(hop) && place > firstBroken) return 'unknown';
      return all.some((one) => isSeen(one, hop, place)) ? 'works' : 'unknown';
    }),
  };
};

/** All hops of the platform, with the states of those on the path. */
export const eachHop = (
  onWay: readonly Hop[],
  stateOf: (hop: Hop, place: number) => HopOnPath['state'] | 'suspect' | 'partly',
): readonly HopOnPath[] =>
  allHops.map((hop) => {
    const place = onWay.indexOf(hop);
    const state = place === -1 ? 'not-on-path' : stateOf(hop, place);
    if (state === 'partly') return { hop, state: 'broken', suspect: false, partly: true };
    const suspect = state === 'suspect';
    return { hop, state: suspect ? 'unknown' : state, suspect };
  });

export const furthest = (all: readonly RoutedRequest[]): RoutedRequest | undefined =>
  all.toSorted((a, b) => b.hops.length - a.hops.length)[0];

/** It was answered, or failed further along its path. */
export const cameThrough = (request: RoutedRequest, hop: Hop): boolean => {
  const { hops, proven, hop: failedAt } = request;
  if (!hops.includes(hop)) return false;
  return isAnswered(request) ? proven.includes(hop) : failedAt !== null && hops.indexOf(failedAt) > hops.indexOf(hop);
};
