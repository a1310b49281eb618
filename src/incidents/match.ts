import type { IncidentView, Sighting } from '../platform/incident.ts';
import type { Tracked } from './state.ts';

/** Which incident a sighting belongs to; null: a new one. In the order of the sightings. */
export const matchSightings = (
  sightings: readonly Sighting[],
  tracked: readonly Tracked[],
): readonly (Tracked | null)[] => {
  const pairs = sightings
    .flatMap((sighting, index) =>
      tracked.map((incident) => ({ index, incident, likeness: likeness(sighting, incident.view) })),
    )
    .filter((pair) => pair.likeness > 0)
    .toSorted((a, b) => b.likeness - a.likeness);
  const found = new Map<number, Tracked>();
  const taken = new Set<Tracked>();
  for (const { index, incident } of pairs) {
    if (found.has(index) || taken.has(incident)) continue;
    found.set(index, incident);
    taken.add(incident);
  }
  return sightings.map((_, index) => found.get(index) ?? null);
};

/** 0: another thing. A cause in common, at the same place, goes before requests in common. */
const likeness = (sighting: Sighting, view: IncidentView): number => {
  const share = sharedRequests(sighting, view);
  if (sharesCause(sighting, view) && (share > 0 || sighting.hosts === null || view.hosts === null)) return 1 + share;
  return share >= mostOfThem ? share : 0;
};

const mostOfThem = 1 / 2;

const sharesCause = (sighting: Sighting, view: IncidentView): boolean =>
  sighting.causes.some(({ id }) => view.causes.some((cause) => cause.id === id));

const sharedRequests = ({ affected }: Sighting, { everAffected }: IncidentView): number =>
  affected.length === 0 ? 0 : affected.filter(({ id }) => everAffected.includes(id)).length / affected.length;
