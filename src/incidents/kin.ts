import type { Cycle, CycleSighting } from './cycle.ts';
import type { Tracked } from './state.ts';

/*
 * How a sighting and an incident can be related (docs/incidents.md).
 */

export const requestsInCommon = ({ affected }: CycleSighting, { view }: Tracked): number =>
  affected.filter(({ id }) => view.everAffected.includes(id)).length;

export const haveSameCause = (sighting: CycleSighting, incident: Tracked): boolean => {
  const { view } = incident;
  if (sighting.causes.length === 0 && view.causes.length === 0) return shareMostRequests(sighting, incident);
  const shared = sighting.causes.some(({ id }) => names(view.causes, id));
  return shared && (sighting.hosts === null || view.hosts === null || requestsInCommon(sighting, incident) > 0);
};

/** The incident's failure goes on under another diagnosis, or the sighting says the same words. */
export const goesOn = (sighting: CycleSighting, incident: Tracked, cycle: Pick<Cycle, 'passed'>): boolean =>
  saySame(sighting, incident) ||
  (incident.absentCycles === 0 && shareMostRequests(sighting, incident) && !contradicts(sighting, incident, cycle));

/** Only the diagnosis can tell apart two known causes that say the same. */
export const saySame = ({ causes, says }: CycleSighting, incident: Tracked): boolean =>
  (causes.length === 0 || incident.view.causes.length === 0) &&
  says.length > 0 &&
  says.every((one) => incident.says.includes(one));

/** The diagnosis has ruled out the incident's cause, and the failures are others now. */
export const contradicts = (
  { causes, notRuledOut, affected }: CycleSighting,
  { view }: Tracked,
  { passed }: Pick<Cycle, 'passed'>,
): boolean => {
  if (causes.length === 0 || view.causes.length === 0) return false;
  if ([...causes, ...notRuledOut].some(({ id }) => names(view.causes, id))) return false;
  const recovered = view.everAffected.filter((id) => passed.has(id)).length;
  const isNew = affected.some(({ id }) => !view.everAffected.includes(id));
  return recovered > (isNew ? 0 : view.everAffected.length * mostOfThem);
};

const shareMostRequests = (sighting: CycleSighting, incident: Tracked): boolean => {
  const common = requestsInCommon(sighting, incident);
  return common > 0 && common >= sighting.affected.length * mostOfThem;
};

const mostOfThem = 1 / 2;

const names = (causes: CycleSighting['causes'], id: string): boolean => causes.some((one) => one.id === id);
