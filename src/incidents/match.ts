import type { IncidentView, Sighting } from '../model/incident.ts';
import type { Tracked } from './state.ts';

/** The incident that each sighting belongs to, in the order of the sightings. Null: a new incident. */
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

/**
 * 0: unrelated. A shared cause at the same place outranks shared requests; otherwise more shared requests rank higher.
 */
const likeness = (sighting: Sighting, view: IncidentView): number => {
  const common = requestsInCommon(sighting, view);
  const isSamePlace = common > 0 || sighting.hosts === null || view.hosts === null;
  if (sharesCause(sighting, view) && isSamePlace) return beforeAnyRequests + common;
  return common >= sighting.affected.length * mostOfThem ? common : 0;
};

/** Larger than any number of requests. */
const beforeAnyRequests = 1e6;

const mostOfThem = 1 / 2;

const sharesCause = (sighting: Sighting, view: IncidentView): boolean =>
  sighting.causes.some(({ id }) => view.causes.some((cause) => cause.id === id));

const requestsInCommon = ({ affected }: Sighting, { everAffected }: IncidentView): number =>
  affected.filter(({ id }) => everAffected.includes(id)).length;
