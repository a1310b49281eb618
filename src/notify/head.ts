import { cut } from '../wording/plain-text.ts';
import type { Sendable } from './channel.ts';
import { nameOf } from './foreign.ts';
import { type EventOfIncident, incidentHead } from './incident-head.ts';
import { notifyLimits } from './limits.ts';
import { type Line, link, words } from './line.ts';
import { ownHead } from './own-head.ts';
import type { Links, Setting } from './setting.ts';

export const isOfIncident = (event: Sendable): event is EventOfIncident => 'incident' in event;

/** The actionable lines, including the first link. */
export const headOf = (event: Sendable, setting: Setting): readonly Line[] => [
  ...linesOf(event, setting).filter(({ text }) => text !== ''),
  ...linkLines(setting.links).slice(0, 1),
];

const linesOf = (event: Sendable, setting: Setting): readonly Line[] => {
  if (event.kind === 'test') return event.lines.map((text) => words(null, text));
  return isOfIncident(event) ? incidentHead(event, setting) : ownHead(event, setting);
};

export const linkLines = ({ dashboard, runbook, log }: Links): readonly Line[] => [
  ...(dashboard === null ? [] : [link('Dashboard', cut(dashboard, notifyLimits.link))]),
  ...(runbook === null ? [] : [link('Runbook', cut(runbook, notifyLimits.link))]),
  ...(log === null ? [] : [link('Log', cut(log, notifyLimits.link))]),
];

/** The id that groups the messages of an incident: `development-20261121-0257-registry`. */
export const threadOf = (event: Sendable): string =>
  nameOf(`${event.environment}-${isOfIncident(event) ? event.incident.id : event.subject}`);
