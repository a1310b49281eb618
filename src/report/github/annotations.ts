import { hopLabels } from '../../platform/hops.ts';
import { registrationHost } from '../../platform/registration.ts';
import type { Report } from '../../platform/report.ts';
import { alike, isTrouble } from '../entry.ts';
import { explain } from '../explanation.ts';
import { summaryOf } from '../facts.ts';
import { few, plainText } from '../plain-text.ts';
import { allResults, type Result } from '../results.ts';
import { isFailure, type Strictness } from '../strictness.ts';
import { verdictSentence } from '../verdict-words.ts';
import type { View } from '../view.ts';
import { commandData, commandProperty } from './escape.ts';

type Level = 'error' | 'warning' | 'notice';

/** GitHub shows ten annotations of a level for a step, and drops the rest without a word. */
const mostOfALevel = 10;
const shownNames = 4;

interface Annotation {
  readonly level: Level;
  readonly title: string;
  readonly message: string;
}

/** The verdict and what is not well, as workflow commands: they show beside the run, and need no reading of logs. */
export const annotations = (report: Report, view: View, strictness: Strictness): string => {
  const results = allResults(report, view.hosts);
  const notes = [
    verdict(report, view, strictness),
    ...alike(results.filter((one) => isFailure(statusOf(one), strictness) || isTrouble(statusOf(one)))).map((group) =>
      trouble(group, strictness),
    ),
    ...leftBehind(report, strictness),
    ...recovered(report),
  ];
  return (['error', 'warning', 'notice'] as const)
    .flatMap((level) => notes.filter((note) => note.level === level).slice(0, mostOfALevel))
    .map(({ level, title, message }) => `::${level} title=${commandProperty(title)}::${commandData(message)}\n`)
    .join('');
};

const statusOf = ({ outcome, known }: Result) => ({ status: outcome.status, known });

const verdict = (report: Report, view: View, strictness: Strictness): Annotation => {
  const explanation = explain(report, view);
  const [next] = explanation.steps;
  return {
    level: levelOf(
      report.verdict === 'failing' || (report.verdict === 'degraded' && strictness.degraded),
      report.verdict,
    ),
    title: `Hokusai ${plainText(report.environment)}: ${report.verdict}`,
    message: [
      verdictSentence(report, explanation),
      ...(next === undefined ? [] : [`next: ${plainText(next.command)}`]),
    ].join('\n'),
  };
};

const levelOf = (fails: boolean, verdictOrStatus: string): Level => {
  if (fails) return 'error';
  return verdictOrStatus === 'healthy' ? 'notice' : 'warning';
};

const trouble = (group: readonly [Result, ...Result[]], strictness: Strictness): Annotation => {
  const [first] = group;
  const { status, failureMode, hop } = first.outcome;
  return {
    level: levelOf(isFailure(statusOf(first), strictness), status),
    title: `${failureMode ?? status}${hop === null ? '' : ` at ${hopLabels[hop]}`}`,
    message: `${few(
      group.map(({ id }) => plainText(id)),
      shownNames,
    )}${first.known ? ' (known since the baseline)' : ''}\n${summaryOf(first.outcome)}`.trimEnd(),
  };
};

const leftBehind = ({ registration }: Report, strictness: Strictness): readonly Annotation[] => {
  if (registration === null || registration.cleanup.leftBehind.length === 0) return [];
  const { status, failureMode, leftBehind: left } = registration.cleanup;
  return [
    {
      level: levelOf(isFailure({ status, known: false }, strictness), status),
      title: failureMode ?? status,
      message: `${registrationHost}.clean-up\n${left.map(({ thing, id }) => `left behind: ${thing} ${plainText(id)}`).join('\n')}`,
    },
  ];
};

const recovered = (report: Report): readonly Annotation[] =>
  report.recovered.length === 0
    ? []
    : [
        {
          level: 'notice',
          title: 'failed in the baseline and pass now',
          message: report.recovered.map(plainText).join(', '),
        },
      ];
