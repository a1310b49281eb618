import { historyOf } from '../../incidents/history.ts';
import { isOpen, type State } from '../../incidents/state.ts';
import type { IncidentView } from '../../model/incident.ts';

/**
 * Incidents that were open, and had begun, before the deployment was made. One that began since then is the deployment's,
 * also when the scheduled cycles were faster than the hook. Of a state that is too old to go on from, none.
 */
export const openBefore = (state: State | null, deployedAtMs: number, nowMs: number): readonly IncidentView[] =>
  state === null || historyOf(state, nowMs) === null
    ? []
    : state.tracked
        .filter((one) => isOpen(one) && Date.parse(one.view.startedAt) < deployedAtMs)
        .map(({ view }) => view);

/** Ids of all requests that these ever took down. */
export const takenDownBy = (incidents: readonly IncidentView[]): ReadonlySet<string> =>
  new Set(incidents.flatMap(({ everAffected }) => everAffected));
