import type { Supposition } from '../platform/incident.ts';
import { runbooks } from '../platform/runbooks.ts';
import { few, wrapped } from '../report/plain-text.ts';
import { hopWords } from '../report/request-path.ts';
import { headlinesOf, sureness } from './causes.ts';
import { groupsOf } from './failing.ts';
import { nameOf } from './foreign.ts';
import type { EventOfIncident } from './incident-head.ts';
import { stepsOf, version } from './incident-lines.ts';
import { notifyLimits } from './limits.ts';
import type { Setting } from './setting.ts';
import { capital, dateAndTime } from './words.ts';

/** What stands below the lines that can be acted on: for who has the time. */
export interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}

const indent = '  ';
const deeper = '     ';

export const detailsOf = (event: EventOfIncident, setting: Setting): readonly Section[] => {
  const open = event.kind !== 'resolved';
  return [
    ...(open ? [nextSection(event, setting), remedySection(event)] : []),
    causeSection(event),
    ...(open ? [failingSection(event, setting), pathSection(event)] : [everSection(event)]),
    deploymentSection(event, setting),
    historySection(event),
  ].filter(({ lines }) => lines.length > 0);
};

const nextSection = ({ incident }: EventOfIncident, setting: Setting): Section => ({
  title: 'What to run',
  lines: stepsOf(incident, setting).flatMap(({ question, command, yes, no }, index) => [
    `${indent}${index + 1}  ${question}`,
    `${deeper}${command}`,
    ...folded(`yes: ${yes}`, deeper),
    ...folded(`no: ${no}`, deeper),
  ]),
});

/** Of a tie there is none yet: what decides comes first. */
const remedySection = ({ incident: { causes } }: EventOfIncident): Section => {
  const [only, ...more] = causes;
  return {
    title: 'What mends it',
    lines: only === undefined || more.length > 0 ? [] : folded(runbooks[only.id].remedy, indent),
  };
};

const causeSection = ({ incident: { causes, notRuledOut } }: EventOfIncident): Section => {
  const others = notRuledOut
    .slice(0, notifyLimits.shownCauses)
    .map(({ id, probability }) => `${id} ${sureness(probability)}`);
  return {
    title: causes.length > 1 ? 'Cannot be told apart from outside' : 'Cause',
    lines: [
      ...causes
        .slice(0, notifyLimits.shownCauses)
        .flatMap(({ id, probability }) => folded(`${id}, ${sureness(probability)}: ${runbooks[id].title}`, indent)),
      ...(causes.length > notifyLimits.shownCauses
        ? [`${indent}and ${causes.length - notifyLimits.shownCauses} more`]
        : []),
      ...(others.length === 0 ? [] : folded(`not ruled out: ${others.join(', ')}`, indent)),
    ],
  };
};

const failingSection = ({ incident: { affected, affectedCount } }: EventOfIncident, setting: Setting): Section => {
  const groups = groupsOf(affected, setting);
  const shown = groups.slice(0, notifyLimits.shownFailures);
  const left = affectedCount - shown.reduce((sum, { ids }) => sum + ids.length, 0);
  return {
    title: `${affected.some(({ status }) => status === 'fail') ? 'What fails' : 'What is degraded'} (${affectedCount})`,
    lines: [
      ...shown.flatMap(({ failureMode, summary, ids }) => [
        ...folded(`${failureMode ?? 'failing'}: ${few(ids, notifyLimits.shownIds)}`, indent),
        ...folded(summary, deeper),
      ]),
      ...(left > 0 ? [`${indent}and ${left} more`] : []),
    ],
  };
};

const everSection = ({ incident: { everAffected } }: EventOfIncident): Section => ({
  title: `What failed (${everAffected.length})`,
  lines: everAffected.length === 0 ? [] : folded(few(everAffected.map(nameOf), notifyLimits.shownOpen), indent),
});

const pathSection = ({ incident: { path } }: EventOfIncident): Section => ({
  title: 'Request path',
  lines:
    path.length === 0
      ? []
      : [
          ...wrapped(['client', ...path.map(hopWords)], '  ', notifyLimits.width - indent.length),
          '(✓ seen to work, ✗ broken, ✗? could be broken, ? not seen)',
        ].map((line) => indent + line),
});

const deploymentSection = ({ incident: { deployment } }: EventOfIncident, { redact }: Setting): Section => ({
  title: 'Shortly before',
  lines:
    deployment === null
      ? []
      : folded(
          `version ${version(deployment.from, redact)} was replaced by ${version(deployment.to, redact)}, first seen ${dateAndTime(deployment.at)}`,
          indent,
        ),
});

/** One supposition is no history. */
const historySection = ({ incident: { history } }: EventOfIncident): Section => ({
  title: 'Supposed so far',
  lines: history.length < 2 ? [] : history.slice(-notifyLimits.shownHistory).flatMap(supposed),
});

const supposed = ({ at, causes }: Supposition): readonly string[] =>
  folded(`${dateAndTime(at)}  ${capital(headlinesOf(causes))}`, indent);

const folded = (text: string, before: string): readonly string[] =>
  wrapped(text.split(' '), ' ', notifyLimits.width - before.length).map((line) => before + line);
