import type { Cycle, IncidentRules } from './cycle.ts';
import { contradicts } from './kin.ts';
import { incidentLimits } from './limits.ts';
import type { Mark, Tracked } from './state.ts';

/**
 * Every request that it ever took down passes or is not probed any more. Once it has recovered or is contradicted, one
 * that fails for another known cause counts as well. For incidents without a sighting.
 */
export const isAbsent = (incident: Tracked, cycle: Pick<Cycle, 'sightings' | 'passed' | 'probed'>): boolean => {
  const { sightings, passed, probed } = cycle;
  const known = sightings.filter(({ causes }) => causes.length > 0);
  const yields = incident.absentCycles > 0 || known.some((one) => contradicts(one, incident, cycle));
  const taken = new Set(yields ? known.flatMap(({ affected }) => affected.map(({ id }) => id)) : []);
  return incident.view.everAffected.every((id) => passed.has(id) || !probed.has(id) || taken.has(id));
};

export const opens = (marks: readonly Mark[], { failures }: IncidentRules['open']): boolean =>
  marks.at(-1) === 'present' && marks.filter((mark) => mark === 'present').length >= failures;

export const isForgotten = (marks: readonly Mark[], { of }: IncidentRules['open']): boolean =>
  marks.length >= of && marks.every((mark) => mark === 'absent');

/** Consecutive healthy cycles that resolve it. A flapping incident needs more each time. */
export const patience = ({ view }: Tracked, { resolveAfter }: IncidentRules): number =>
  resolveAfter * Math.min(2 ** view.returns, incidentLimits.mostPatience);
