import { cutText } from '../model/cut-text.ts';
import type { IncidentEvent, IncidentView } from '../model/incident.ts';
import { storedTextBytes } from './limits.ts';
import { oneOfEachHost } from './with-each-host.ts';

/** What is left of an incident where room is short: what broke, where and since when, with one failing request of each host. */
const briefly = { summaryBytes: 80, history: 3, everAffected: 20 } as const;

/** For an incident that goes on: all requests that it ever took down are still waited for. */
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

/** The same news in fewer words. */
export const briefEvent = (event: IncidentEvent): IncidentEvent =>
  'incident' in event ? { ...event, incident: briefView(event.incident) } : event;
