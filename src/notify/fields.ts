import { ownCommand, reachWords } from '../model/own-command.ts';
import type { TemplateField } from '../model/template-fields.ts';
import { few } from '../wording/count.ts';
import { cut } from '../wording/plain-text.ts';
import { alertKey } from './alert.ts';
import type { Sendable } from './channel.ts';
import { failingHosts, groupsOf, hostName, hostNames } from './failing.ts';
import { nameOf } from './foreign.ts';
import { glanceOf } from './glance.ts';
import { headOf, isOfIncident } from './head.ts';
import { stepsOf } from './incident-lines.ts';
import { notifyLimits } from './limits.ts';
import { asText } from './line.ts';
import type { Setting } from './setting.ts';
import { subjectOf } from './subject.ts';

/** An event as short texts, for receivers that are programs. A text that does not apply is empty. */
export type Fields = Readonly<Record<TemplateField, string>>;

export const fieldsOf = (event: Sendable, setting: Setting): Fields => {
  const { state } = glanceOf(event);
  const incident = isOfIncident(event) ? event.incident : null;
  const isOpen = incident !== null && event.kind !== 'resolved';
  const acknowledged = incident?.acknowledged ?? null;
  return {
    status: statusOf(event),
    severity: incident?.severity ?? state,
    subject: subjectOf(event),
    text: headOf(event, setting).map(asText).join('\n'),
    event: event.kind,
    eventId: nameOf(event.id),
    key: alertKey(event),
    incident: incident === null ? '' : nameOf(incident.id),
    environment: nameOf(event.environment),
    at: event.at,
    since: incident?.startedAt ?? ('since' in event ? event.since : ''),
    cause: incident === null ? '' : (incident.causes[0]?.id ?? 'unexplained'),
    causes:
      incident === null
        ? ''
        : few(
            incident.causes.map(({ id }) => id),
            notifyLimits.shownCauses,
          ),
    host: incident === null ? '' : firstHost(failingHosts(incident.affected), setting),
    hosts: incident === null ? '' : hostNames(failingHosts(incident.affected), setting),
    failures: isOpen
      ? groupsOf(incident.affected, setting)
          .slice(0, notifyLimits.shownFailures)
          .map(({ failureMode, summary, ids }) => `${ids.length} × ${failureMode ?? 'failing'}: ${summary}`)
          .join('\n')
      : '',
    command: isOpen ? (stepsOf(incident, setting)[0]?.command ?? '') : '',
    acknowledge: isOpen && acknowledged === null ? acknowledgeCommand(incident.id, setting) : '',
    acknowledgedBy: acknowledged === null ? '' : nameOf(acknowledged.by),
    dashboard: cut(setting.links.dashboard ?? '', notifyLimits.link),
    runbook: cut(setting.links.runbook ?? '', notifyLimits.link),
  };
};

const firstHost = ([role]: readonly string[], setting: Setting): string =>
  role === undefined ? '' : hostName(role, setting);

export const acknowledgeCommand = (incident: string, { reach }: Pick<Setting, 'reach'>): string =>
  ownCommand('incidents', 'acknowledge', nameOf(incident), ...reachWords(reach));

const statusOf = (event: Sendable): 'open' | 'acknowledged' | 'resolved' | 'news' => {
  if (event.kind === 'resolved' || event.kind === 'monitor-sees') return 'resolved';
  if (isOfIncident(event)) return event.incident.acknowledged === null ? 'open' : 'acknowledged';
  return event.kind === 'monitor-blind' ? 'open' : 'news';
};
