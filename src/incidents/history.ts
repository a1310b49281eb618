import type { History } from '../model/history.ts';
import { incidentLimits } from './limits.ts';
import type { State } from './state.ts';
import { idsOf } from './track.ts';

/** The stored history, for the diagnosis of a cycle that starts now. Null: none, or too old to continue. */
export const historyOf = ({ lastCycle, tracked, version }: State, nowMs: number): History | null => {
  if (lastCycle === null || nowMs - Date.parse(lastCycle.endedAt) > incidentLimits.returnsWithinMs) return null;
  return {
    until: lastCycle.endedAt,
    version: version?.current ?? null,
    deployment: version?.deployment ?? null,
    ongoing: tracked
      .filter(({ view }) => view.resolvedAt === null)
      .map(({ view, absentCycles }) => ({
        incident: view.id,
        since: view.startedAt,
        failingCycles: view.failingCycles,
        returns: view.returns,
        causes: idsOf(view),
        affected: view.everAffected,
        recovered: absentCycles > 0,
        deployment: view.deployment,
      })),
  };
};
