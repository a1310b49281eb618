import { isBroken, isOfCycle } from '../model/predicates.ts';
import { type Request, type Results, requests } from '../model/requests.ts';
import { isResolved, type State, type Tracked } from './state.ts';

/** A quick look between two cycles: it asks again what incidents have taken down. */
export interface Look {
  readonly startedAtMs: number;
  /** By id of what it asked. `unseen`: it had no result. */
  readonly results: ReadonlyMap<string, 'passes' | 'fails' | 'unseen'>;
}

export const lookOf = (startedAtMs: number, results: Results): Look => {
  const all = requests(results).filter(isOfCycle);
  return { startedAtMs, results: new Map(all.map((one) => [one.id, resultOf(one)])) };
};

const resultOf = (request: Request): 'passes' | 'fails' | 'unseen' => {
  if (isBroken(request)) return 'fails';
  return request.status === 'pass' || request.known ? 'passes' : 'unseen';
};

/** What a look asks: the requests of incidents that are not resolved. */
export const idsToLookAt = (tracked: readonly Tracked[]): readonly string[] => [
  ...new Set(tracked.flatMap((incident) => (isResolved(incident) ? [] : incident.view.everAffected))),
];

/**
 * Notes since when an incident's requests pass again. A look is no cycle: it leaves no mark, so it neither opens nor
 * resolves anything, and says nothing.
 */
export const lookAgain = (state: State, look: Look): State => {
  const { lastCycle, tracked } = state;
  // A cycle has begun since, and has seen more.
  if (lastCycle === null || look.startedAtMs < Date.parse(lastCycle.endedAt)) return state;
  const seen = tracked.map((incident) => (isResolved(incident) ? incident : seenBy(look, incident)));
  return seen.every((incident, index) => incident === tracked[index]) ? state : { ...state, tracked: seen };
};

const seenBy = ({ results, startedAtMs }: Look, incident: Tracked): Tracked => {
  const seen = incident.view.everAffected.flatMap((id) => results.get(id) ?? []);
  if (seen.includes('fails')) return incident.absentSince === null ? incident : { ...incident, absentSince: null };
  return seen.length === 0 || seen.includes('unseen') || incident.absentSince !== null
    ? incident
    : { ...incident, absentSince: new Date(startedAtMs).toISOString() };
};
