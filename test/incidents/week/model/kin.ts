import type { Sighting } from '../../../../src/model/incident.ts';
import { causesOf, type Incident, lastSighting } from './incident.ts';

const inCommon = (some: readonly string[], others: ReadonlySet<string>): number =>
  some.filter((one) => others.has(one)).length;

/** How a sighting and an incident belong together: the higher the better; null: not at all. */
const kinship = (sighting: Sighting, before: Sighting, ever: ReadonlySet<string>): number | null => {
  const ids = sighting.affected.map(({ id }) => id);
  const requests = inCommon(ids, ever);
  const sharesCause = inCommon(causesOf(sighting), new Set(causesOf(before))) > 0;
  const isSamePlace = requests > 0 || sighting.hosts === null || before.hosts === null;
  if (sharesCause && isSamePlace) return 1_000 + requests;
  return requests > 0 && requests >= ids.length / 2 ? requests : null;
};

/** Every sighting to its incident, the closest kin first; one each. */
export const kinOf = (
  sightings: readonly Sighting[],
  incidents: readonly Incident[],
): ReadonlyMap<Incident, Sighting> => {
  const pairs = incidents.flatMap((incident) => {
    const before = lastSighting(incident);
    return sightings.flatMap((sighting) => {
      const kin = kinship(sighting, before, incident.everAffected);
      return kin === null ? [] : [{ sighting, incident, kin }];
    });
  });
  const chosen = new Map<Incident, Sighting>();
  for (const { sighting, incident } of pairs.toSorted((a, b) => b.kin - a.kin))
    if (!chosen.has(incident) && ![...chosen.values()].includes(sighting)) chosen.set(incident, sighting);
  return chosen;
};

/** In how far causes are others than those that were told; null: no news. */
export const differs = (causes: readonly string[], told: readonly string[]): 'moved' | 'narrowed' | null => {
  if (causes.length === 0 && told.length === 0) return null;
  const common = inCommon(causes, new Set(told));
  if (common === 0) return 'moved';
  return common === causes.length && causes.length < told.length ? 'narrowed' : null;
};
