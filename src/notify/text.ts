import { acknowledgedBy } from '../wording/incident.ts';
import { capital, wrapped } from '../wording/plain-text.ts';
import type { Sendable } from './channel.ts';
import { detailsOf } from './details.ts';
import { acknowledgeCommand } from './fields.ts';
import { nameOf } from './foreign.ts';
import { headOf, isOfIncident, linkLines } from './head.ts';
import { notifyLimits } from './limits.ts';
import { asText, type Line } from './line.ts';
import type { Setting } from './setting.ts';

/** A mail: the actionable lines, the details, ids and links. */
export const textOf = (event: Sendable, setting: Setting): string => {
  const sections = isOfIncident(event) ? detailsOf(event, setting) : [];
  const links = linkLines(setting.links);
  return withinBytes(
    [
      ...headOf(event, setting).flatMap(foldedLine),
      ...sections.flatMap(({ title, lines }) => ['', `${title}:`, ...lines]),
      '',
      ...footer(event, setting),
      ...links.slice(1).map(asText),
      '',
    ].join('\n'),
    notifyLimits.textBytes,
  );
};

/** The short form: only the head. */
export const headText = (event: Sendable, setting: Setting): string =>
  [...headOf(event, setting).flatMap(foldedLine), ...footer(event, setting), ''].join('\n');

/** Commands and links are copied, so they are not folded. */
const foldedLine = (line: Line): readonly string[] => {
  const text = asText(line);
  if (line.kind === 'command' || line.kind === 'link') return [text];
  return wrapped(text.split(' '), ' ', notifyLimits.width).map((part, index) => (index === 0 ? part : `  ${part}`));
};

const footer = (event: Sendable, setting: Setting): readonly string[] => {
  const { id, environment } = event;
  const ids = [`Environment: ${nameOf(environment)}`, `Event: ${nameOf(id)}`];
  if (!isOfIncident(event)) return ids;
  const { acknowledged, id: incident } = event.incident;
  return [
    `Incident: ${nameOf(incident)}`,
    ...ids,
    ...(event.kind === 'resolved'
      ? []
      : acknowledged === null
        ? [`Stop reminders: ${acknowledgeCommand(incident, setting)}`]
        : [`${capital(acknowledgedBy(nameOf(acknowledged.by)))}: no reminders`]),
  ];
};

/** As many whole lines as fit into this many bytes. */
const withinBytes = (text: string, most: number): string => {
  if (Buffer.byteLength(text) <= most) return text;
  const lines = text.split('\n');
  const cutMark = '… cut: too long for one message';
  let bytes = Buffer.byteLength(cutMark) + 1;
  const kept = lines.findIndex((line) => {
    bytes += Buffer.byteLength(line) + 1;
    return bytes > most;
  });
  return [...lines.slice(0, kept), cutMark, ''].join('\n');
};
