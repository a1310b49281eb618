import type { IncidentRules } from '../../../../src/incidents/cycle.ts';
import type { Affected, Mute } from '../../../../src/model/incident.ts';
import { causesOf, groupOf, type Incident, lastSighting, shownSighting } from './incident.ts';

const isMutedRequest = ({ id, host }: Affected, { what }: Mute): boolean =>
  ('target' in what && [id, groupOf(id)].includes(what.target)) ||
  ('host' in what && [host, groupOf(id)].includes(what.host));

export const isMuted = (incident: Incident, mutes: readonly Mute[], rules: IncidentRules): boolean => {
  const causes = causesOf(shownSighting(incident, rules));
  const isMutedCause = (id: string): boolean =>
    mutes.some(({ what }) => 'hypothesis' in what && what.hypothesis === id);
  if (causes.length > 0 && causes.every(isMutedCause)) return true;
  return lastSighting(incident).affected.every((one) => mutes.some((mute) => isMutedRequest(one, mute)));
};

/** Which of these mutes it is that keeps it silent: alone, or with others that would not do without it. */
export const silencersOf = (incident: Incident, mutes: readonly Mute[], rules: IncidentRules): readonly Mute[] =>
  mutes.filter(
    (mute) =>
      isMuted(incident, [mute], rules) ||
      (isMuted(incident, mutes, rules) &&
        !isMuted(
          incident,
          mutes.filter((other) => other !== mute),
          rules,
        )),
  );
