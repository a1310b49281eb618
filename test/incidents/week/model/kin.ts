import type { CycleSighting, IncidentRules } from '../../../../src/incidents/cycle.ts';
import { severities } from '../../../../src/model/severities.ts';
import { inCommon } from './causes.ts';
import { absentInARow, causesOf, type Incident, shownSighting } from './incident.ts';

export interface Look {
  readonly sightings: readonly CycleSighting[];
  readonly passed: ReadonlySet<string>;
  readonly probed: ReadonlySet<string>;
  readonly rules: IncidentRules;
}

const idsOf = ({ affected }: CycleSighting): readonly string[] => affected.map(({ id }) => id);

const sharesHalf = (sighting: CycleSighting, { everAffected }: Incident): boolean => {
  const common = inCommon(idsOf(sighting), everAffected);
  return common > 0 && common * 2 >= sighting.affected.length;
};

const sameCause = (sighting: CycleSighting, incident: Incident, { rules }: Look): boolean => {
  const before = shownSighting(incident, rules);
  const [now, then] = [causesOf(sighting), causesOf(before)];
  if (now.length === 0 && then.length === 0) return sharesHalf(sighting, incident);
  const isSamePlace =
    inCommon(idsOf(sighting), incident.everAffected) > 0 || sighting.hosts === null || before.hosts === null;
  return inCommon(now, new Set(then)) > 0 && isSamePlace;
};

/** The cause that the incident had is ruled out by what this sighting and the passing requests show. */
const contradicts = (sighting: CycleSighting, incident: Incident, { passed, rules }: Look): boolean => {
  const then = causesOf(shownSighting(incident, rules));
  const now = [...causesOf(sighting), ...sighting.notRuledOut.map(({ id }) => id)];
  if (then.length === 0 || sighting.causes.length === 0 || inCommon(now, new Set(then)) > 0) return false;
  const passing = inCommon([...incident.everAffected], passed);
  const fewerFail = passing * 2 > incident.everAffected.size;
  return fewerFail || (passing > 0 && idsOf(sighting).some((id) => !incident.everAffected.has(id)));
};

const sameWords = (sighting: CycleSighting, incident: Incident, { rules }: Look): boolean => {
  const isUnknown = sighting.causes.length === 0 || shownSighting(incident, rules).causes.length === 0;
  return isUnknown && sighting.says.length > 0 && sighting.says.every((one) => incident.said.has(one));
};

const goesOn = (sighting: CycleSighting, incident: Incident, look: Look): boolean =>
  sameWords(sighting, incident, look) ||
  (sharesHalf(sighting, incident) && absentInARow(incident) === 0 && !contradicts(sighting, incident, look));

/** The number of the rule by which a sighting belongs to an incident; null: it does not. */
const ruleOf = (sighting: CycleSighting, incident: Incident, look: Look): number | null => {
  const { phase } = incident;
  if (sameCause(sighting, incident, look)) return phase === 'resolved' ? 3 : 1;
  if (phase === 'resolved' || !goesOn(sighting, incident, look)) return null;
  return phase === 'open' ? 2 : 4;
};

/** Every sighting to its incident, rule by rule; one each. What says the words of an incident that is there is added. */
export const kinOf = (incidents: readonly Incident[], look: Look): ReadonlyMap<Incident, CycleSighting> => {
  const pairs = look.sightings.flatMap((sighting) =>
    incidents.flatMap((incident) => {
      const rule = ruleOf(sighting, incident, look);
      const common = inCommon(idsOf(sighting), incident.everAffected);
      return rule === null ? [] : [{ sighting, incident, rule, common }];
    }),
  );
  const chosen = new Map<Incident, CycleSighting>();
  for (const { sighting, incident } of pairs.toSorted((a, b) => a.rule - b.rule || b.common - a.common))
    if (!chosen.has(incident) && ![...chosen.values()].includes(sighting)) chosen.set(incident, sighting);
  return chosen;
};

/** Unexplained sightings that have no incident of their own, each with the one whose words it says. */
export const remaindersOf = (
  incidents: readonly Incident[],
  chosen: ReadonlyMap<Incident, CycleSighting>,
  look: Look,
): ReadonlyMap<CycleSighting, Incident> => {
  const left = look.sightings.filter((one) => one.causes.length === 0 && ![...chosen.values()].includes(one));
  return new Map(
    left.flatMap((sighting) => {
      const kin = incidents.filter(
        (one) => one.phase !== 'resolved' && chosen.has(one) && sameWords(sighting, one, look),
      );
      const most = kin.toSorted(
        (a, b) => inCommon(idsOf(sighting), b.everAffected) - inCommon(idsOf(sighting), a.everAffected),
      );
      return most[0] === undefined ? [] : [[sighting, most[0]] as const];
    }),
  );
};

/** The pending incident, if any, that was the beginning of this return. */
export const beginningOf = (
  sighting: CycleSighting,
  incidents: readonly Incident[],
  chosen: ReadonlyMap<Incident, CycleSighting>,
  look: Look,
): Incident | undefined =>
  incidents
    .filter((one) => one.phase === 'pending' && !chosen.has(one) && goesOn(sighting, one, look))
    .toSorted((a, b) => inCommon(idsOf(sighting), b.everAffected) - inCommon(idsOf(sighting), a.everAffected))[0];

/** Whether everything of an incident that the cycle has no sighting of works, or fails for another known cause. */
export const isAbsent = (incident: Incident, look: Look): boolean => {
  const known = look.sightings.filter(({ causes }) => causes.length > 0);
  const isAnothers = (id: string): boolean =>
    known.some((one) => idsOf(one).includes(id)) &&
    (absentInARow(incident) > 0 || known.some((one) => contradicts(one, incident, look)));
  return [...incident.everAffected].every((id) => look.passed.has(id) || !look.probed.has(id) || isAnothers(id));
};

export const added = (sighting: CycleSighting, more: readonly CycleSighting[]): CycleSighting => {
  const all = [sighting, ...more];
  const affected = all.flatMap((one) => one.affected);
  const severity = severities.find((one) => all.some((other) => other.severity === one)) ?? sighting.severity;
  return { ...sighting, affected, affectedCount: affected.length, says: all.flatMap(({ says }) => says), severity };
};
