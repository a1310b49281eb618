import type { IncidentView } from '../model/incident.ts';
import type { Sendable } from './channel.ts';
import { isOfIncident } from './head.ts';

/** What a service for alerts does with an event. Repeated or late, each of them changes nothing. */
export type AlertAction = 'trigger' | 'acknowledge' | 'resolve';

/**
 * An event as actions, in order. Triggering an alert that is already acknowledged does not notify anyone; the
 * acknowledgement after it covers an alert that did not exist yet. The end of a mute is no alert: its incidents follow as
 * events of their own.
 */
export const alertActions = (event: Sendable): readonly AlertAction[] => {
  switch (event.kind) {
    case 'opened':
    case 'updated':
    case 'reminded':
      return event.incident.acknowledged === null ? ['trigger'] : ['trigger', 'acknowledge'];
    case 'resolved':
    case 'monitor-sees':
      return ['resolve'];
    case 'monitor-blind':
    case 'state-lost':
      return ['trigger'];
    case 'mute-ended':
      return [];
    case 'test':
      // Nothing stays open.
      return ['trigger', 'resolve'];
  }
};

/** Who sends the alerts. */
export const client = 'hokusai-synthetics';

/** PagerDuty accepts 255 characters, Opsgenie 512. */
const longestKey = 255;

/** Names an incident's alert. Two environments can have an incident with the same id. */
export const alertKeyOf = ({ environment, id }: Pick<IncidentView, 'environment' | 'id'>): string =>
  `${environment}-${id}`.slice(-longestKey);

/** The same for each event of one incident, and for the begin and the end of the monitor's blindness. */
export const alertKey = (event: Sendable): string => {
  if (isOfIncident(event)) return alertKeyOf(event.incident);
  const id = event.kind === 'monitor-blind' || event.kind === 'monitor-sees' ? 'monitor-blind' : event.id;
  return alertKeyOf({ environment: event.environment, id });
};
