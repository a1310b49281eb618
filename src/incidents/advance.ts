import type { IncidentEvent, Mute, Sighting } from '../platform/incident.ts';
import type { Cycle, IncidentRules } from './cycle.ts';
import { incidentId } from './identity.ts';
import { incidentLimits } from './limits.ts';
import { matchSightings } from './match.ts';
import { watchMutes, watchSight } from './monitor.ts';
import { inForce, isMuted } from './mutes.ts';
import { isOpen, type State, type Tracked } from './state.ts';
import { type News, tellOpen, tellResolved, tellReturned } from './tell.ts';
import { begin, isAbsent, isForgotten, opens, patience, seeAbsent, seePresent } from './track.ts';
import { seeVersion } from './version-seen.ts';

export interface Advance {
  readonly state: State;
  readonly events: readonly IncidentEvent[];
}

/** What a cycle changes, and what of it is news (docs/incidents.md). The outbox is not touched. */
export const advance = (before: State, cycle: Cycle, rules: IncidentRules): Advance => {
  if (!counts(before, cycle)) return { state: before, events: [] };
  const at = new Date(cycle.startedAtMs).toISOString();
  const all = [...rules.mutes, ...before.mutes];
  const mutes = inForce(all, cycle.startedAtMs);
  const version = seeVersion(before.version, cycle.version, at);
  const sight = watchSight(before, cycle, at, rules);
  const seen = { ...before, version };
  const incidents = cycle.kind === 'seen' ? see(seen, cycle, at, rules, mutes) : unseen(seen);
  const muted = watchMutes(before, all, cycle.startedAtMs, (mute) => silencedBy(mute, before.tracked));
  return {
    state: {
      ...seen,
      ...incidents.kept,
      lastCycle: { runId: cycle.runId, startedAt: at, endedAt: new Date(cycle.endedAtMs).toISOString() },
      blind: sight.blind,
      mutes: inForce(before.mutes, cycle.startedAtMs),
      mutesInForce: muted.mutesInForce,
    },
    events: [...sight.events, ...muted.events, ...incidents.events],
  };
};

/** What overlaps the last one that counted, or is the same again, is no further evidence. */
const counts = ({ lastCycle }: State, { runId, startedAtMs }: Cycle): boolean => {
  if (lastCycle === null) return true;
  if (lastCycle.runId === runId) return false;
  const sinceEndMs = startedAtMs - Date.parse(lastCycle.endedAt);
  return sinceEndMs >= 0 || sinceEndMs < -incidentLimits.clockSetBackMs;
};

interface Seen {
  readonly kept: Pick<State, 'tracked' | 'past'>;
  readonly events: readonly IncidentEvent[];
}

const unseen = ({ tracked, past }: State): Seen => ({ kept: { tracked, past }, events: [] });

const see = (state: State, cycle: Cycle, at: string, rules: IncidentRules, mutes: readonly Mute[]): Seen => {
  const owners = matchSightings(cycle.sightings, state.tracked);
  const sightings = new Map(
    owners.flatMap((owner, index) => (owner === null ? [] : [[owner, cycle.sightings[index]]])),
  );
  const news = [
    ...state.tracked.flatMap((incident) => step(incident, sightings.get(incident) ?? null, cycle, at, rules, mutes)),
    ...startedBy(
      cycle.sightings.filter((_, index) => owners[index] === null),
      state,
      cycle,
      at,
      rules,
      mutes,
    ),
  ];
  const over = news.filter(({ incident }) => isOver(incident, cycle.startedAtMs)).map(({ incident }) => incident.view);
  return {
    kept: {
      tracked: news.map(({ incident }) => incident).filter((incident) => !isOver(incident, cycle.startedAtMs)),
      past: [...state.past, ...over].slice(-incidentLimits.past),
    },
    events: news.flatMap(({ events }) => events),
  };
};

const startedBy = (
  sightings: readonly Sighting[],
  state: State,
  cycle: Cycle,
  at: string,
  rules: IncidentRules,
  mutes: readonly Mute[],
): readonly News[] => {
  const taken = new Set([...state.tracked.map(({ view }) => view.id), ...state.past.map(({ id }) => id)]);
  return sightings.map((sighting) => {
    const id = incidentId(cycle.startedAtMs, sighting.affected, taken);
    taken.add(id);
    return afterPresent(begin(sighting, id, at, state), sighting, at, rules, mutes);
  });
};

/** An incident after a cycle; nothing: it was pending, and is forgotten. */
const step = (
  incident: Tracked,
  sighting: Sighting | null,
  cycle: Cycle,
  at: string,
  rules: IncidentRules,
  mutes: readonly Mute[],
): readonly News[] => {
  if (sighting !== null) return [afterPresent(seePresent(incident, sighting, at, rules), sighting, at, rules, mutes)];
  // Hidden, or not asked: it may be there still.
  if (!isAbsent(incident, cycle)) return [tellOpen(incident, cycle.startedAtMs, rules, mutes)];
  return afterAbsent(seeAbsent(incident, rules), at, rules, mutes);
};

const afterPresent = (
  incident: Tracked,
  sighting: Sighting,
  at: string,
  rules: IncidentRules,
  mutes: readonly Mute[],
): News => {
  const { view, marks } = incident;
  const atMs = Date.parse(at);
  if (isOpen(incident)) return tellOpen(incident, atMs, rules, mutes);
  if (!opens(marks, rules.open) && !opensAtOnce(sighting, rules)) return { incident, events: [] };
  if (view.openedAt === null) return tellOpen({ ...incident, view: { ...view, openedAt: at } }, atMs, rules, mutes);
  const returned = { ...incident, view: { ...view, resolvedAt: null, returns: view.returns + 1 } };
  return tellReturned(returned, view.resolvedAt ?? at, atMs, mutes);
};

const afterAbsent = (incident: Tracked, at: string, rules: IncidentRules, mutes: readonly Mute[]): readonly News[] => {
  const { view, marks, absentCycles } = incident;
  if (view.openedAt === null) return isForgotten(marks, rules.open) ? [] : [{ incident, events: [] }];
  if (view.resolvedAt !== null) return [{ incident, events: [] }];
  if (absentCycles < patience(incident, rules)) return [tellOpen(incident, Date.parse(at), rules, mutes)];
  const resolved = { ...incident, view: { ...view, resolvedAt: at }, marks: [], drift: null, worseCycles: 0 };
  return [tellResolved(resolved, Date.parse(at))];
};

/** Resolved, and too long ago to return; one that is about to return is waited for. */
const isOver = ({ view, marks }: Tracked, nowMs: number): boolean =>
  view.resolvedAt !== null &&
  !marks.includes('present') &&
  nowMs - Date.parse(view.resolvedAt) > incidentLimits.returnsWithinMs;

const opensAtOnce = ({ affected }: Sighting, { openAtOnce }: IncidentRules): boolean =>
  affected.some(
    ({ id, host, status }) =>
      status === 'fail' && openAtOnce.some((what) => what === id || what === host || id.startsWith(`${what}.`)),
  );

const silencedBy = (mute: Mute, tracked: readonly Tracked[]): readonly string[] =>
  tracked
    .filter(
      ({ view, told }) => view.openedAt !== null && view.resolvedAt === null && told === null && isMuted(view, [mute]),
    )
    .map(({ view }) => view.id);
