import { emptyState, type State, type Waiting } from '../../src/incidents/state.ts';
import type { Change, IncidentEvent, IncidentView } from '../../src/model/incident.ts';

const view: IncidentView = {
  id: '20261121-0257-registry',
  environment: 'development',
  causes: [{ id: 'service-discovery-broken', probability: 0.91 }],
  notRuledOut: [],
  hosts: ['registry'],
  path: [{ hop: 'service-discovery', state: 'broken' }],
  affected: [],
  affectedCount: 0,
  severity: 'critical',
  startedAt: '2026-11-21T02:57:00.000Z',
  openedAt: '2026-11-21T02:58:00.000Z',
  resolvedAt: null,
  failingCycles: 2,
  returns: 0,
  history: [],
  everAffected: [],
  deployment: null,
  acknowledged: null,
};

const common = (subject: string, number: number) => ({
  id: `development.${subject}.${number}`,
  subject,
  environment: 'development',
  at: '2026-11-21T02:58:00.000Z',
});

export const incidentView = (id: string): IncidentView => ({ ...view, id });

export const eventOf = (kind: 'opened' | 'reminded' | 'resolved', incident: IncidentView): IncidentEvent => ({
  ...common(incident.id, 1),
  kind,
  incident,
});

/** @param padding makes it so many characters longer */
export const incidentEvent = (
  subject: string,
  number: number,
  kind: 'opened' | 'reminded' | 'resolved' = 'opened',
  padding = 0,
): IncidentEvent => ({
  ...common(subject, number),
  kind,
  incident: { ...view, id: subject, everAffected: ['x'.repeat(padding)] },
});

export const updateEvent = (subject: string, number: number, change: Change, padding = 0): IncidentEvent => ({
  ...common(subject, number),
  kind: 'updated',
  incident: { ...view, id: subject, everAffected: ['x'.repeat(padding)] },
  change,
});

export const idsOf = (waiting: readonly Waiting[]): readonly string[] => waiting.map(({ event }) => event.id);

/** A state that takes about so many bytes. */
export const stateOfBytes = (environment: string, bytes: number): State => {
  const empty = emptyState(environment);
  return { ...empty, mutes: [{ what: { host: 'x'.repeat(bytes) }, until: view.startedAt, reason: null }] };
};
