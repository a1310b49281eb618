import type { IncidentView, Mute } from '../platform/incident.ts';
import { runbooks } from '../platform/runbooks.ts';
import type { Colors } from './paint.ts';
import { cut, lasting, percent, plainText, plural } from './plain-text.ts';

interface Remembered {
  readonly environment: string;
  readonly lastCycle: { readonly startedAt: string } | null;
  /** The newest first: open ones, then those that are over. */
  readonly incidents: readonly IncidentView[];
  readonly mutes: readonly Mute[];
  /** Events that still have to reach somebody. */
  readonly outbox: readonly unknown[];
  /** Unix time, ms. */
  readonly now: number;
}

/** Incidents as a person reads them: what is open in full, what is over in a line. */
export const incidentLines = (
  { environment, lastCycle, incidents, mutes, outbox, now }: Remembered,
  { colors, width }: { readonly colors: Colors; readonly width: number },
): readonly string[] => {
  if (lastCycle === null) return [`nothing is remembered of ${plainText(environment)}: no cycle was tracked yet`];
  const open = incidents.filter(({ resolvedAt }) => resolvedAt === null);
  const over = incidents.filter(({ resolvedAt }) => resolvedAt !== null);
  const seen = `last cycle ${lasting(now - Date.parse(lastCycle.startedAt))} ago`;
  return [
    `${plainText(environment)} · ${open.length === 0 ? 'no incident is open' : `${plural(open.length, 'incident')} open`} · ${seen}`,
    ...open.flatMap((view) => ['', ...openLines(view, now, colors).map((line) => cut(line, width))]),
    ...(over.length === 0 ? [] : ['', colors.dim('over')]),
    ...over.map((view) => cut(overLine(view), width)),
    ...(mutes.length === 0 ? [] : ['', colors.dim('silent')]),
    ...mutes.map((mute) => cut(muteLine(mute), width)),
    ...(outbox.length === 0 ? [] : ['', colors.yellow(`${plural(outbox.length, 'message')} still to be sent`)]),
  ];
};

const openLines = (view: IncidentView, now: number, colors: Colors): readonly string[] => {
  const { id, severity, startedAt, failingCycles, affectedCount, acknowledged, deployment, returns } = view;
  return [
    `${colors.red('✗')} ${colors.bold(id)}  ${severity}  ${causeWords(view)}`,
    `    ${[
      `since ${clock(startedAt)}, ${lasting(now - Date.parse(startedAt))}`,
      plural(failingCycles, 'failing cycle'),
      `${plural(affectedCount, 'request')} down`,
      ...(returns > 0 ? [`came back ${plural(returns, 'time')}`] : []),
      ...(acknowledged === null ? [] : [`acknowledged by ${plainText(acknowledged.by)}`]),
    ].join(' · ')}`,
    ...view.causes.slice(0, 1).map(({ id: cause }) => `    ${runbooks[cause].title}`),
    ...(deployment === null
      ? []
      : [`    after a deployment: ${plainText(deployment.from)} → ${plainText(deployment.to)}`]),
  ];
};

const overLine = (view: IncidentView): string => {
  const { id, severity, startedAt, resolvedAt } = view;
  const lasted = lasting(Date.parse(resolvedAt ?? startedAt) - Date.parse(startedAt));
  return `✓ ${id}  ${severity}  lasted ${lasted}  ${causeWords(view)}`;
};

const causeWords = ({ causes }: IncidentView): string =>
  causes.length === 0
    ? 'unexplained'
    : causes.map(({ id, probability }) => `${id} ${percent(probability)}`).join(' or ');

const muteLine = ({ what, until, reason }: Mute): string =>
  `– ${Object.entries(what).flat().join(' ')} until ${clock(until)}${reason === null ? '' : `: ${plainText(reason)}`}`;

const clock = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
