import { cutText } from '../model/cut-text.ts';
import type { IncidentEvent, IncidentView } from '../model/incident.ts';
import { storedTextBytes } from '../model/incident-schema/limits.ts';
import { oneOfEachHost } from './with-each-host.ts';

/** Limits of an incident's short form, used when room is short: cause, place, start, and one failing request per host. */
const briefly = { summaryBytes: 80, history: 3, everAffected: 20 } as const;

/** For an ongoing incident: every request that it ever took down must still recover, so all of them are kept. */
export const briefOpen = (view: IncidentView): IncidentView => ({
  ...view,
  notRuledOut: [],
  affected: oneOfEachHost(view.affected).map((one) => ({
    ...one,
    summary: cutText(one.summary, briefly.summaryBytes),
  })),
  history: view.history.slice(-briefly.history),
});

export const briefView = (view: IncidentView): IncidentView => ({
  ...briefOpen(view),
  everAffected: view.everAffected.slice(0, briefly.everAffected).map((id) => cutText(id, storedTextBytes.name)),
});

/** The same event with less detail. */
export const briefEvent = (event: IncidentEvent): IncidentEvent =>
  'incident' in event ? { ...event, incident: briefView(event.incident) } : event;
