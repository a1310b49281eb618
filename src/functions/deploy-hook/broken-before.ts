import { historyOf } from '../../incidents/history.ts';
import { isOpen, type State } from '../../incidents/state.ts';
import type { IncidentView } from '../../model/incident.ts';

/**
 * Incidents that were open and had begun before the deployment was created. A later one belongs to the deployment, even
 * if a scheduled cycle saw it before the hook did. Empty if the state is too old to continue.
 */
export const openBefore = (state: State | null, deployedAtMs: number, nowMs: number): readonly IncidentView[] =>
  state === null || historyOf(state, nowMs) === null
    ? []
    : state.tracked
        .filter((one) => isOpen(one) && Date.parse(one.view.startedAt) < deployedAtMs)
        .map(({ view }) => view);

/** Ids of all requests that these incidents ever took down. */
export const takenDownBy = (incidents: readonly IncidentView[]): ReadonlySet<string> =>
  new Set(incidents.flatMap(({ everAffected }) => everAffected));
