import type { IncidentView, Judgement, Mute } from '../../model/incident.ts';
import { incidentSureness, runbookIn } from '../../wording/causes.ts';
import { plural } from '../../wording/count.ts';
import {
  acknowledgedBy,
  affectedWords,
  deploymentWords,
  failingCycleWords,
  returnWords,
  waitingWords,
} from '../../wording/incident.ts';
import { muteWords } from '../../wording/mute.ts';
import { cut, plainText } from '../../wording/plain-text.ts';
import { withSureness } from '../../wording/probability.ts';
import { shortPath } from '../../wording/short-path.ts';
import { lasting, sinceWords } from '../../wording/time.ts';
import { noKnownCause } from '../../wording/unexplained.ts';
import type { Colors } from '../paint.ts';
import { commandsOf } from './evidence.ts';

interface Remembered {
  readonly environment: string;
  readonly lastCycle: { readonly startedAt: string } | null;
  /** Newest first: open incidents, then resolved ones. */
  readonly incidents: readonly IncidentView[];
  readonly mutes: readonly Mute[];
  /** Events not sent yet. */
  readonly outbox: readonly unknown[];
  readonly judgements: readonly Judgement[];
  /** Unix time, ms. */
  readonly now: number;
  /** Names of the hosts by role. */
  readonly hosts: Readonly<Record<string, string>>;
  /** The command that shows an incident in full. */
  readonly showCommand: (id: string) => string;
}

interface Look {
  readonly colors: Colors;
  readonly width: number;
}

const indent = '    ';

/** Incidents as text: open ones in full, resolved ones on one line. */
export const incidentLines = (remembered: Remembered, look: Look): readonly string[] => {
  const { environment, lastCycle, incidents, mutes, outbox, now } = remembered;
  const { colors, width } = look;
  if (lastCycle === null) return [`no cycle of ${plainText(environment)} has been tracked yet`];
  const open = incidents.filter(({ resolvedAt }) => resolvedAt === null);
  const over = incidents.filter(({ resolvedAt }) => resolvedAt !== null);
  const seen = `last cycle ${lasting(now - Date.parse(lastCycle.startedAt))} ago`;
  return [
    `${plainText(environment)} · ${open.length === 0 ? 'no incident is open' : `${plural(open.length, 'incident')} open`} · ${seen}`,
    ...open.flatMap((view) => ['', ...openLines(view, remembered, look)]),
    ...(over.length === 0 ? [] : ['', colors.dim('resolved')]),
    ...over.map((view) => cut(overLine(view, remembered), width)),
    ...(mutes.length === 0 ? [] : ['', colors.dim('muted')]),
    ...mutes.map((mute) => cut(muteLine(mute), width)),
    ...(outbox.length === 0 ? [] : ['', colors.yellow(waitingWords(outbox.length))]),
  ];
};

const openLines = (
  view: IncidentView,
  { now, hosts, showCommand }: Remembered,
  { colors, width }: Look,
): readonly string[] => {
  const { id, severity, startedAt, acknowledged, deployment } = view;
  const path = shortPath(view.path, width - indent.length - 'path  '.length);
  const [step] = commandsOf(view, hosts, 1);
  return [
    cut(`${colors.red('✗')} ${colors.bold(id)}  ${severity}  ${causeWords(view)}`, width),
    ...view.causes.slice(0, 1).map(({ id: cause }) => cut(`${indent}${runbookIn(cause, view, null).title}`, width)),
    cut(
      `${indent}${[
        sinceWords(startedAt, new Date(now).toISOString()),
        failingCycleWords(view),
        affectedWords(view),
        returnWords(view),
        acknowledged === null ? '' : acknowledgedBy(plainText(acknowledged.by)),
        deployment === null ? '' : deploymentWords(deployment, startedAt, plainText),
      ]
        .filter((words) => words !== '')
        .join(' · ')}`,
      width,
    ),
    ...(path === null ? [] : [`${indent}path  ${path}`]),
    // Commands are copied, so they are never cut.
    ...(step === undefined ? [] : [`${indent}run   ${step.command}`]),
    `${indent}more  ${showCommand(id)}`,
  ];
};

const overLine = (view: IncidentView, { judgements }: Remembered): string => {
  const judged = judgements.find(({ incident }) => incident === view.id);
  const { id, severity, startedAt, resolvedAt } = view;
  const lasted = lasting(Date.parse(resolvedAt ?? startedAt) - Date.parse(startedAt));
  return `✓ ${id}  ${severity}  lasted ${lasted}  ${causeWords(view)}${judged === undefined ? '' : `  judged ${judged.verdict}`}`;
};

const causeWords = (view: IncidentView): string => {
  const sure = incidentSureness(view);
  return view.causes.length === 0
    ? noKnownCause
    : view.causes.map((cause) => withSureness(cause.id, sure(cause))).join(' or ');
};

const muteLine = (mute: Mute): string => `– ${muteWords(mute, plainText)}`;
