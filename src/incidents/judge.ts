import type { IncidentView, Judgement } from '../model/incident.ts';
import { otherCause } from '../model/incident-schema/story.ts';
import { listed } from './by-hand.ts';
import type { State } from './state.ts';
import { idsOf } from './track.ts';

export type Judged = Pick<Judgement, 'incident' | 'verdict' | 'cause' | 'by' | 'at' | 'note'>;

/** Stores what a person found out about an incident's diagnosis. @throws a sentence when it does not fit the incident */
export const judge = (state: State, said: Judged): State => {
  const view = keptIncident(state, said.incident);
  const named = idsOf(view);
  const { id: incident, startedAt } = view;
  const judgement: Judgement = { ...said, incident, startedAt, named, cause: causeOf(said, named) };
  return { ...state, judgements: [...state.judgements.filter((one) => one.incident !== incident), judgement] };
};

/** @throws a sentence when no incident with this id is kept */
export const keptIncident = (state: State, id: string): IncidentView => {
  const all = listed(state);
  const found = all.find((one) => one.id === id);
  if (found !== undefined) return found;
  const newest = all.slice(0, 5).map((one) => one.id);
  throw new Error(
    `there is no incident ${id} of ${state.environment}; ${newest.length === 0 ? 'none is kept' : `the newest: ${newest.join(', ')}`}`,
  );
};

const causeOf = ({ incident, verdict, cause }: Judged, named: Judgement['named']): Judgement['cause'] => {
  const [only, ...more] = named;
  if (verdict === 'wrong') {
    if (cause !== null && cause !== otherCause && named.includes(cause))
      throw new Error(`${incident} names ${cause}: judge it right --cause ${cause}`);
    if (cause === otherCause && only === undefined)
      throw new Error(`${incident} names no known cause: judge it right, or name the cause that it missed`);
    return cause;
  }
  if (only === undefined) {
    if (cause !== null && cause !== otherCause)
      throw new Error(`${incident} names no known cause: judge it wrong --cause ${cause}`);
    return otherCause;
  }
  if (cause === null && more.length > 0)
    throw new Error(`${incident} names ${named.join(' and ')}: say with --cause which of them it was`);
  const found = cause ?? only;
  if (found === otherCause || !named.includes(found))
    throw new Error(`${incident} names ${named.join(' and ')}: judge it wrong --cause ${found}`);
  return found;
};
