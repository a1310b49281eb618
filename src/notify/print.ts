import { createColors } from 'picocolors';
import type { EventKind, IncidentEvent } from '../model/incident.ts';
import { cut } from '../wording/plain-text.ts';
import { clock } from '../wording/time.ts';
import { nameOf } from './foreign.ts';
import { headOf, isOfIncident } from './head.ts';
import { asText, type Line } from './line.ts';
import { ownHeadlines } from './own-head.ts';
import type { Setting } from './setting.ts';
import { newsOf } from './subject.ts';

export interface PrintOptions extends Setting {
  readonly color: boolean;
  /** Characters per line. */
  readonly width: number;
}

type Colors = ReturnType<typeof createColors>;

/** An event on a terminal, between the lines of the cycles: a heading and the actionable lines. */
export const printedEvent = (event: IncidentEvent, { color, width, ...setting }: PrintOptions): string => {
  const colors = createColors(color);
  const [first, ...others] = headOf(event, setting);
  return [
    `${paintOf(event, colors)(colors.bold(`${marks[event.kind]} ${headingOf(event)}`))}`,
    ...(first === undefined ? [] : [`  ${colors.bold(lineFor(first, width))}`]),
    ...others.map((line) => `  ${line.kind === 'command' ? lineFor(line, width) : colors.dim(lineFor(line, width))}`),
    '',
  ].join('\n');
};

/** Commands and links are copied, so they are never cut. */
const lineFor = (line: Line, width: number): string =>
  line.kind === 'command' || line.kind === 'link' ? asText(line) : cut(asText(line), width - 2);

const headingOf = (event: IncidentEvent): string => {
  const at = clock(event.at, event.at);
  if (!isOfIncident(event)) return `${at}  ${ownHeadlines[event.kind]}`;
  return `${at}  ${nameOf(event.incident.id)}  ${event.incident.severity}, ${newsOf(event)}`;
};

/** Distinguishable without colour. */
const marks: Readonly<Record<EventKind, string>> = {
  opened: '✗',
  updated: '✗',
  reminded: '✗',
  resolved: '✓',
  'monitor-blind': '!',
  'monitor-sees': '✓',
  'mute-ended': '!',
  'state-lost': '!',
};

const paintOf = (event: IncidentEvent, colors: Colors): ((text: string) => string) => {
  if (event.kind === 'resolved' || event.kind === 'monitor-sees') return colors.green;
  return isOfIncident(event) && event.incident.severity === 'critical' ? colors.red : colors.yellow;
};
