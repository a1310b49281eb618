import type { IncidentEvent, Mute, Sighting } from '../model/incident.ts';
import type { Cycle, CycleSighting, IncidentRules } from './cycle.ts';
import { incidentId } from './identity.ts';
import { incidentLimits } from './limits.ts';
import { matchSightings } from './match.ts';
import { endedMutes, watchSight } from './monitor.ts';
import { inForce, isKeptSilentBy } from './mutes.ts';
import { isAbsent, isForgotten, opens, patience } from './presence.ts';
import { isOpen, type State, type Tracked } from './state.ts';
import { type News, tellOpen, tellResolved, tellReturned } from './tell.ts';
import { begin, seeAbsent, seePresent } from './track.ts';
import { seeVersion } from './version-seen.ts';

export interface Advance {
  readonly state: State;
  readonly events: readonly IncidentEvent[];
}

/** Applies a cycle to the state and returns the events it causes (docs/incidents.md). Leaves the outbox alone. */
export const advance = (before: State, cycle: Cycle, rules: IncidentRules): Advance => {
  if (cycle.kind === 'unknown' || !counts(before, cycle)) return { state: before, events: [] };
  const at = new Date(cycle.startedAtMs).toISOString();
  const all = [...rules.mutes, ...before.mutes];
  const mutes = inForce(all, cycle.startedAtMs);
  const version = seeVersion(before.version, cycle.version, at);
  const sight = watchSight(before, cycle, at, rules);
  const lastCycle = {
    runId: cycle.runId,
    startedAt: at,
    endedAt: new Date(cycle.endedAtMs).toISOString(),
    flow: cycle.flow,
  };
  const seen = { ...before, version, lastCycle, blind: sight.blind };
  // A blind cycle says nothing about the incidents, so the end of a mute is also reported only once they are seen
  // again.
  if (cycle.kind === 'blind') return { state: seen, events: sight.events };
  const incidents = see(seen, { cycle, at, rules, mutes });
  const opened = incidents.events.flatMap(({ kind, subject }) => (kind === 'opened' ? subject : []));
  const muteEvents = endedMutes(before, cycle.startedAtMs, (mute) =>
    before.tracked
      .filter(
        (one) => isOpen(one) && opened.includes(one.view.id) && isKeptSilentBy(one.view, mute, before.mutesInForce),
      )
      .map(({ view }) => view.id),
  );
  return {
    state: { ...seen, ...incidents.kept, mutes: inForce(before.mutes, cycle.startedAtMs), mutesInForce: mutes },
    events: [...sight.events, ...muteEvents, ...incidents.events],
  };
};

/** A cycle that overlaps the last counted one, or repeats it, adds no evidence. */
const counts = ({ lastCycle }: State, { runId, startedAtMs }: Cycle): boolean => {
  if (lastCycle === null) return true;
  if (lastCycle.runId === runId) return false;
  const sinceEndMs = startedAtMs - Date.parse(lastCycle.endedAt);
  return sinceEndMs >= 0 || sinceEndMs < -incidentLimits.clockSetBackMs;
};

/** A cycle that counts, with what is needed to judge it. */
interface Counted {
  readonly cycle: Cycle;
  /** Start of the cycle, as incidents show it. */
  readonly at: string;
  readonly rules: IncidentRules;
  /** Mutes in force. */
  readonly mutes: readonly Mute[];
}

interface Seen {
  readonly kept: Pick<State, 'tracked' | 'past'>;
  readonly events: readonly IncidentEvent[];
}

const see = (before: State, counted: Counted): Seen => {
  const { cycle } = counted;
  // First, because after a long gap a new failure is not a return.
  const state = withoutOver(before, cycle.startedAtMs);
  const { tracked, others } = matchSightings(cycle, state.tracked);
  const news = [
    ...tracked.flatMap(([incident, sighting]) => step(incident, sighting, counted)),
    ...startedBy(others, state, counted),
  ];
  return {
    kept: { tracked: news.map(({ incident }) => incident), past: state.past },
    events: news.flatMap(({ events }) => events),
  };
};

/** Keeps incidents that may continue or return; moves those that are over for good to `past`. */
const withoutOver = (state: State, nowMs: number): State => {
  const over = state.tracked.filter((incident) => isOver(incident, nowMs));
  return {
    ...state,
    tracked: state.tracked.filter((incident) => !over.includes(incident)),
    past: [...state.past, ...over.map(({ view }) => view)].slice(-incidentLimits.past),
  };
};

const startedBy = (sightings: readonly CycleSighting[], state: State, counted: Counted): readonly News[] => {
  const { cycle, at } = counted;
  const taken = new Set([...state.tracked.map(({ view }) => view.id), ...state.past.map(({ id }) => id)]);
  return sightings.map((sighting) => {
    const id = incidentId(cycle.startedAtMs, sighting.affected, taken);
    taken.add(id);
    return afterPresent(begin(sighting, id, at, state), sighting, counted);
  });
};

/** An incident after a cycle. Empty: it was pending and is dropped. */
const step = (incident: Tracked, sighting: CycleSighting | null, counted: Counted): readonly News[] => {
  const { cycle, at, rules, mutes } = counted;
  if (sighting !== null) return [afterPresent(seePresent(incident, sighting, at, rules), sighting, counted)];
  // Hidden or not asked, so it may still be there.
  if (!isAbsent(incident, cycle)) return [tellOpen(incident, cycle.startedAtMs, rules, mutes)];
  return afterAbsent(seeAbsent(incident, at, rules), counted);
};

const afterPresent = (incident: Tracked, sighting: Sighting, { at, rules, mutes }: Counted): News => {
  const { view, marks } = incident;
  const atMs = Date.parse(at);
  if (isOpen(incident)) return tellOpen(incident, atMs, rules, mutes);
  if (!opens(marks, rules.open) && !opensAtOnce(sighting, rules)) return { incident, events: [] };
  if (view.openedAt === null) return tellOpen({ ...incident, view: { ...view, openedAt: at } }, atMs, rules, mutes);
  const returned = { ...incident, closedAt: null, view: { ...view, resolvedAt: null, returns: view.returns + 1 } };
  return tellReturned(returned, view.resolvedAt ?? at, atMs, mutes);
};

const afterAbsent = (incident: Tracked, { at, rules, mutes }: Counted): readonly News[] => {
  const { view, marks, absentCycles } = incident;
  if (view.openedAt === null) return isForgotten(marks, rules.open) ? [] : [{ incident, events: [] }];
  if (view.resolvedAt !== null) return [{ incident, events: [] }];
  if (absentCycles < patience(incident, rules)) return [tellOpen(incident, Date.parse(at), rules, mutes)];
  // The outage ended when its requests first passed again, not when enough cycles had seen it.
  const resolvedAt = incident.absentSince ?? at;
  const resolved = {
    ...incident,
    view: { ...view, resolvedAt },
    closedAt: at,
    marks: [],
    drift: null,
    worseCycles: 0,
  };
  return [tellResolved(resolved, Date.parse(at))];
};

/** Resolved too long ago to return. One that is about to return is kept. */
const isOver = ({ view, marks, closedAt }: Tracked, nowMs: number): boolean =>
  view.resolvedAt !== null &&
  !marks.includes('present') &&
  nowMs - Date.parse(closedAt ?? view.resolvedAt) > incidentLimits.returnsWithinMs;

const opensAtOnce = ({ affected }: Sighting, { openAtOnce }: IncidentRules): boolean =>
  affected.some(
    ({ id, host, status }) =>
      status === 'fail' && openAtOnce.some((what) => what === id || what === host || id.startsWith(`${what}.`)),
  );
