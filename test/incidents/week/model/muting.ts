import type { Affected, Mute } from '../../../../src/model/incident.ts';
import { causesOf, groupOf, type Incident, lastSighting } from './incident.ts';

const isMutedRequest = ({ id, host }: Affected, { what }: Mute): boolean =>
  ('target' in what && [id, groupOf(id)].includes(what.target)) ||
  ('host' in what && [host, groupOf(id)].includes(what.host));

export const isMuted = (incident: Incident, mutes: readonly Mute[]): boolean => {
  const sighting = lastSighting(incident);
  const causes = causesOf(sighting);
  const isMutedCause = (id: string): boolean =>
    mutes.some(({ what }) => 'hypothesis' in what && what.hypothesis === id);
  if (causes.length > 0 && causes.every(isMutedCause)) return true;
  return sighting.affected.every((one) => mutes.some((mute) => isMutedRequest(one, mute)));
};

/** Which of these mutes it is that keeps it silent: alone, or with others that would not do without it. */
export const silencersOf = (incident: Incident, mutes: readonly Mute[]): readonly Mute[] =>
  mutes.filter(
    (mute) =>
      isMuted(incident, [mute]) ||
      (isMuted(incident, mutes) &&
        !isMuted(
          incident,
          mutes.filter((other) => other !== mute),
        )),
  );
