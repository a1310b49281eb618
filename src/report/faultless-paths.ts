import type { Diagnosis, Slowness, Way } from '../model/diagnosis.ts';
import { isAnswered, isSymptom } from '../model/predicates.ts';
import { cameThrough, eachHop, furthest, wayOf } from '../model/request-path.ts';
import type { RoutedRequest } from '../model/requests.ts';

/** The request path to show when no fault is known: the path of the failing requests, or of an answered one if nothing fails. */
export const faultlessPaths = (
  { status, slowness }: Pick<Diagnosis, 'status' | 'slowness'>,
  all: readonly RoutedRequest[],
): readonly Way[] => {
  if (status === 'healthy') return workingPath(all);
  if (status !== 'no-match') return [];
  const isOnlySlow = all.every((one) => !isSymptom(one) || one.failureMode === 'slow');
  return slowness === undefined || !isOnlySlow ? suspectedPath(all) : slowPath(slowness, all);
};

/** The hop that a slow response points at is only its sender. */
const slowPath = ({ hop, requests }: Slowness, all: readonly RoutedRequest[]): readonly Way[] => {
  if (hop === null) return [];
  const slow = all.filter(({ id }) => requests.includes(id));
  const way = wayOf(slow, all, [{ hop, hosts: null, isSure: false, isPartly: false }], []);
  return way.request === null ? [] : [way];
};

/** Suspects the hop that most failing requests point at. */
export const suspectedPath = (
  all: readonly RoutedRequest[],
  failing: readonly RoutedRequest[] = all.filter(isSymptom),
): readonly Way[] => {
  const counts = [...Map.groupBy(failing, ({ hop }) => hop)].toSorted(([, a], [, b]) => b.length - a.length);
  const [hop = null, alike = []] = counts.find(([one]) => one !== null) ?? [];
  const way = hop === null ? null : wayOf(alike, all, [{ hop, hosts: null, isSure: false, isPartly: false }], []);
  return way === null || way.request === null ? [] : [way];
};

const workingPath = (all: readonly RoutedRequest[]): readonly Way[] => {
  const longest = furthest(all.filter(isAnswered));
  if (longest === undefined) return [];
  const hops = eachHop(longest.hops, (hop) => (cameThrough(longest, hop) ? 'works' : 'unknown'));
  return [{ request: longest.id, hops }];
};
