import type { IncidentEvent } from '../platform/incident.ts';
import { wrapped } from '../report/plain-text.ts';
import { detailsOf } from './details.ts';
import { nameOf } from './foreign.ts';
import { headOf, isOfIncident, linkLines } from './head.ts';
import { notifyLimits } from './limits.ts';
import { asText, type Line } from './line.ts';
import type { Setting } from './setting.ts';

/** A mail: what can be acted on first, then the rest, ids and links last. */
export const textOf = (event: IncidentEvent, setting: Setting): string => {
  const sections = isOfIncident(event) ? detailsOf(event, setting) : [];
  const links = linkLines(setting.links);
  return withinBytes(
    [
      ...headOf(event, setting).flatMap(foldedLine),
      ...sections.flatMap(({ title, lines }) => ['', `${title}:`, ...lines]),
      '',
      ...footer(event),
      ...links.slice(1).map(asText),
      '',
    ].join('\n'),
    notifyLimits.textBytes,
  );
};

/** What the short form is made of: nothing below the head. */
export const headText = (event: IncidentEvent, setting: Setting): string =>
  [...headOf(event, setting).flatMap(foldedLine), ...footer(event), ''].join('\n');

/** What is there to be copied stays whole. */
const foldedLine = (line: Line): readonly string[] => {
  const text = asText(line);
  if (line.kind === 'command' || line.kind === 'link') return [text];
  return wrapped(text.split(' '), ' ', notifyLimits.width).map((part, index) => (index === 0 ? part : `  ${part}`));
};

const footer = (event: IncidentEvent): readonly string[] => {
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
        ? [`No more reminders: hokusai-synthetics incidents acknowledge ${nameOf(incident)}`]
        : [`Acknowledged by ${nameOf(acknowledged.by)}: no reminders`]),
  ];
};

/** Whole lines, and no more bytes than this. */
const withinBytes = (text: string, most: number): string => {
  if (Buffer.byteLength(text) <= most) return text;
  const lines = text.split('\n');
  const cutMark = '… cut: it is too long for a message';
  let bytes = Buffer.byteLength(cutMark) + 1;
  const kept = lines.findIndex((line) => {
    bytes += Buffer.byteLength(line) + 1;
    return bytes > most;
  });
  return [...lines.slice(0, kept), cutMark, ''].join('\n');
};
