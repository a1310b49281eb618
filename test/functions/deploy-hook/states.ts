import { emptyState, type State, type Tracked } from '../../../src/incidents/state.ts';
import type { IncidentView } from '../../../src/model/incident.ts';

/** An incident that took these requests down; open since a minute after it began. */
export const incident = (
  startedAt: string,
  everAffected: readonly string[],
  rest: Partial<Pick<IncidentView, 'openedAt' | 'resolvedAt' | 'environment'>> = {},
): Tracked => ({
  view: {
    id: `${startedAt.slice(0, 16).replace(/[-:]/g, '').replace('T', '-')}-registry`,
    environment: 'development',
    causes: [{ id: 'service-discovery-broken', probability: 0.91 }],
    notRuledOut: [],
    hosts: ['registry'],
    path: [],
    affected: [],
    affectedCount: everAffected.length,
    severity: 'critical',
    startedAt,
    openedAt: new Date(Date.parse(startedAt) + 60_000).toISOString(),
    resolvedAt: null,
    failingCycles: 9,
    returns: 0,
    history: [],
    everAffected,
    deployment: null,
    acknowledged: null,
    ...rest,
  },
  marks: ['present', 'present'],
  absentCycles: 0,
  absentSince: null,
  closedAt: null,
  drift: null,
  worseCycles: 0,
  says: [],
  told: null,
  nextEvent: 2,
});

/** A state whose last cycle ended then. */
export const stateAt = (endedAt: string, tracked: readonly Tracked[], environment = 'development'): State => ({
  ...emptyState(environment),
  lastCycle: { runId: 'a-run', startedAt: endedAt, endedAt, flow: true },
  tracked,
});
