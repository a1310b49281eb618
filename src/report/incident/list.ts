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
import { plainText } from '../../wording/plain-text.ts';
import { withSureness } from '../../wording/probability.ts';
import { shortPath } from '../../wording/short-path.ts';
import { lasting, sinceWords } from '../../wording/time.ts';
import { noKnownCause } from '../../wording/unexplained.ts';
import { below, fitted, words } from '../fit.ts';
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
    ...over.flatMap((view) => hung(overLine(view, remembered), width)),
    ...(mutes.length === 0 ? [] : ['', colors.dim('muted')]),
    ...mutes.flatMap((mute) => hung(muteLine(mute), width)),
    ...(outbox.length === 0 ? [] : ['', colors.yellow(waitingWords(outbox.length))]),
  ];
};

/** On as many lines as it needs, the further ones indented. */
const hung = (text: string, width: number): readonly string[] =>
  fitted(text.split('  '), '  ', width - 2).map((line, index) => (index === 0 ? line : `  ${line}`));

const openLines = (
  view: IncidentView,
  { now, hosts, showCommand }: Remembered,
  { colors, width }: Look,
): readonly string[] => {
  const { id, severity, startedAt, acknowledged, deployment } = view;
  const path = shortPath(view.path, width - indent.length - 'path  '.length);
  const [step] = commandsOf(view, hosts, 1);
  const room = width - indent.length;
  const facts = [
    sinceWords(startedAt, new Date(now).toISOString()),
    failingCycleWords(view),
    affectedWords(view),
    returnWords(view),
    acknowledged === null ? '' : acknowledgedBy(plainText(acknowledged.by)),
    deployment === null ? '' : deploymentWords(deployment, startedAt, plainText),
  ];
  return [
    ...fitted([`✗ ${id}`, severity, causeWords(view)], '  ', width - indent.length).map((line, index) =>
      index === 0 ? line.replace(`✗ ${id}`, () => `${colors.red('✗')} ${colors.bold(id)}`) : indent + line,
    ),
    ...below(
      view.causes.slice(0, 1).flatMap(({ id: cause }) => words(runbookIn(cause, view, null).title, room)),
      indent.length,
    ),
    ...below(fitted(facts, ' · ', room), indent.length),
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
