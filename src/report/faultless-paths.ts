import type { Diagnosis, Slowness, Way } from '../model/diagnosis.ts';
import { isAnswered, isSymptom } from '../model/predicates.ts';
import { cameThrough, eachHop, furthest, wayOf } from '../model/request-path.ts';
import type { RoutedRequest } from '../model/requests.ts';
import type { Hop } from '../platform/hops.ts';
import { outsideCauses } from '../platform/outside-causes.ts';
import { suspectsAt } from './suspects.ts';

/** The request path to show when no fault is known: the path of the failing requests, or of an answered one if nothing fails. */
export const faultlessPaths = (
  { status, slowness, outside = [] }: Pick<Diagnosis, 'status' | 'slowness' | 'outside'>,
  all: readonly RoutedRequest[],
): readonly Way[] => {
  if (status === 'healthy') return workingPath(all);
  if (status !== 'no-match') return [];
  const [recognised] = outside;
  if (recognised !== undefined) return pathBrokenAt([outsideCauses[recognised].hop], all.filter(isSymptom), all);
  const isOnlySlow = all.every((one) => !isSymptom(one) || one.failureMode === 'slow');
  return slowness === undefined || !isOnlySlow ? suspectedPath(all) : slowPath(slowness, all);
};

/** The hop that a slow response points at is only its sender. */
const slowPath = ({ hop, requests }: Slowness, all: readonly RoutedRequest[]): readonly Way[] => {
  if (hop === null) return [];
  return pathBrokenAt(
    [hop],
    all.filter(({ id }) => requests.includes(id)),
    all,
  );
};

/** Suspects the hop that most failing requests point at, and what else their responses leave open. */
export const suspectedPath = (
  all: readonly RoutedRequest[],
  failing: readonly RoutedRequest[] = all.filter(isSymptom),
): readonly Way[] => {
  const counts = [...Map.groupBy(failing, ({ hop }) => hop)].toSorted(([, a], [, b]) => b.length - a.length);
  const [hop = null, alike = []] = counts.find(([one]) => one !== null) ?? [];
  return hop === null ? [] : pathBrokenAt(suspectsAt(hop, alike, all), alike, all);
};

const pathBrokenAt = (
  suspects: readonly Hop[],
  failing: readonly RoutedRequest[],
  all: readonly RoutedRequest[],
): readonly Way[] => {
  const way = wayOf(
    failing,
    all,
    suspects.map((hop) => ({ hop, hosts: null, isSure: false, isPartly: false })),
    [],
  );
  return way.request === null ? [] : [way];
};

const workingPath = (all: readonly RoutedRequest[]): readonly Way[] => {
  const longest = furthest(all.filter(isAnswered));
  if (longest === undefined) return [];
  const hops = eachHop(longest.hops, (hop) => (cameThrough(longest, hop) ? 'works' : 'unknown'));
  return [{ request: longest.id, hops }];
};
