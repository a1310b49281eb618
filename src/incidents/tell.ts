import type { Change, IncidentEvent, IncidentView, Mute } from '../model/incident.ts';
import type { IncidentRules } from './cycle.ts';
import { incidentLimits } from './limits.ts';
import { isMuted } from './mutes.ts';
import { isOpen, type Told, type Tracked } from './state.ts';
import { idsOf, isHeld, isWorse } from './track.ts';

/** The events of an incident, and the incident with these events recorded. */
export interface News {
  readonly incident: Tracked;
  readonly events: readonly IncidentEvent[];
}

type Body =
  | { readonly kind: 'opened' | 'reminded' | 'resolved' }
  | { readonly kind: 'updated'; readonly change: Change };

/** After a cycle that saw the incident: one event at most. */
export const tellOpen = (incident: Tracked, atMs: number, rules: IncidentRules, mutes: readonly Mute[]): News => {
  const { view, told } = incident;
  if (!isOpen(incident) || isMuted(view, mutes)) return silent(incident);
  if (told === null) return tell(incident, { kind: 'opened' }, atMs, { reminders: 0, moves: 0 });
  const { drift, worseCycles } = incident;
  if (drift !== null && isHeld(drift, rules) && atMs - Date.parse(told.at) >= movePauseMs(told)) {
    const change = { kind: drift.kind, from: told.causes };
    return tell(incident, { kind: 'updated', change }, atMs, { reminders: told.reminders, moves: told.moves + 1 });
  }
  if (worseCycles >= rules.open.failures) {
    const change = { kind: 'worse', from: told.severity } as const;
    return tell(incident, { kind: 'updated', change }, atMs, { reminders: 0, moves: told.moves });
  }
  const due = view.acknowledged === null && atMs - Date.parse(told.at) >= reminderPauseMs(told, rules);
  return due
    ? tell(incident, { kind: 'reminded' }, atMs, { reminders: told.reminders + 1, moves: told.moves })
    : silent(incident);
};

/** The failure returned, so the same incident continues. */
export const tellReturned = (incident: Tracked, resolvedAt: string, atMs: number, mutes: readonly Mute[]): News => {
  const { view, told } = incident;
  // Readers already have the message that it is resolved, so a muted return is not reported. When the mute ends, the
  // incident counts as never reported.
  if (isMuted(view, mutes)) return silent({ ...incident, told: null });
  if (told === null) return tell(incident, { kind: 'opened' }, atMs, { reminders: 0, moves: 0 });
  const change = { kind: 'returned', resolvedAt } as const;
  return tell(incident, { kind: 'updated', change }, atMs, { reminders: 0, moves: told.moves });
};

/** A reported incident is also reported as resolved, to everyone who got a message, muted or not. An unreported one is not. */
export const tellResolved = (incident: Tracked, atMs: number): News =>
  incident.told === null ? silent(incident) : tell(incident, { kind: 'resolved' }, atMs, incident.told);

const silent = (incident: Tracked): News => ({ incident, events: [] });

const tell = (incident: Tracked, body: Body, atMs: number, counts: Pick<Told, 'reminders' | 'moves'>): News => {
  const { view, nextEvent, told } = incident;
  const at = new Date(atMs).toISOString();
  const severity = told === null || isWorse(view.severity, told.severity) ? view.severity : told.severity;
  const event: IncidentEvent = {
    id: `${view.environment}.${view.id}.${nextEvent}`,
    subject: view.id,
    environment: view.environment,
    at,
    ...body,
    // Sent with the highest severity that it ever had, so that everyone who got a message also hears of the end.
    incident: { ...view, severity },
  };
  return {
    incident: {
      ...incident,
      drift: null,
      worseCycles: 0,
      nextEvent: nextEvent + 1,
      told: { at, causes: toldCauses(view), severity, reminders: counts.reminders, moves: counts.moves },
    },
    events: [event],
  };
};

const toldCauses = (view: IncidentView): Told['causes'] => idsOf(view);

/** The first change of the cause is reported at once. */
const movePauseMs = ({ moves }: Told): number =>
  moves === 0 ? 0 : Math.min(incidentLimits.moveAgainMs * 2 ** (moves - 1), incidentLimits.moveAgainMostMs);

const reminderPauseMs = ({ reminders }: Told, { remindEveryMs }: IncidentRules): number =>
  Math.min(remindEveryMs * 2 ** Math.min(reminders, 30), Math.max(remindEveryMs, incidentLimits.remindMostMs));
