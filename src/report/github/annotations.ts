import { checkFails } from '../../model/check-fails.ts';
import { isFailure, isNews, type Strictness } from '../../model/predicates.ts';
import type { Report } from '../../model/report.ts';
import type { Request } from '../../model/requests.ts';
import { titleVerdict } from '../../wording/awaited.ts';
import { explanationLabels, explanationSureness } from '../../wording/causes.ts';
import { few } from '../../wording/count.ts';
import { whereWords } from '../../wording/hops.ts';
import { failOnKnownWords } from '../../wording/known.ts';
import { noticesOf } from '../../wording/notices.ts';
import { plainText } from '../../wording/plain-text.ts';
import { withSureness } from '../../wording/probability.ts';
import { knownAs, recoveredWords } from '../../wording/status.ts';
import { verdictSentence } from '../../wording/verdict.ts';
import { alike, askAgain, leftBehindLines } from '../entry.ts';
import { type Explanation, explain } from '../explanation.ts';
import { summaryOf } from '../facts.ts';
import { placedRequests } from '../placed.ts';
import { shownInOrder } from '../results.ts';
import type { View } from '../view.ts';
import { commandData, commandProperty } from './escape.ts';

type Level = 'error' | 'warning' | 'notice';

/** GitHub shows ten annotations per level and step, and silently drops the rest. */
const mostOfALevel = 10;
const shownNames = 4;

interface Annotation {
  readonly level: Level;
  readonly title: string;
  readonly message: string;
}

/** The verdict and every failure as workflow commands. GitHub shows them beside the run, outside its log. */
export const annotations = (report: Report, view: View, strictness: Strictness): string => {
  const loud = shownInOrder(placedRequests(report)).filter((one) => isFailure(one, strictness) || isNews(one));
  const notes = [
    verdict(report, view, strictness),
    ...alike(loud).map((group) => trouble(group, strictness)),
    ...recovered(report),
  ];
  return (['error', 'warning', 'notice'] as const)
    .flatMap((level) => notes.filter((note) => note.level === level).slice(0, mostOfALevel))
    .map(({ level, title, message }) => `::${level} title=${commandProperty(title)}::${commandData(message)}\n`)
    .join('');
};

const verdict = (report: Report, view: View, strictness: Strictness): Annotation => {
  const explanation = explain(report, view);
  const next = [...explanation.faults, ...(explanation.known?.faults ?? [])].flatMap(({ steps }) => steps.slice(0, 1));
  return {
    level: levelOf(checkFails(report, strictness), report.verdict),
    title: `Hokusai ${plainText(report.environment)}: ${titleVerdict(report)}`,
    message: [
      ...noticesOf(report),
      verdictSentence(report, explanation),
      ...surenessLines(explanation),
      ...[failOnKnownWords(report, strictness)].filter((why) => why !== ''),
      ...explanation.hints.map(({ label, text }) => `${label}: ${text}`),
      ...next.map(({ command }) => `${explanationLabels.next}: ${plainText(command)}`),
    ].join('\n'),
  };
};

/** The probability of each of several faults, which the sentence leaves out. */
const surenessLines = (explanation: Explanation): readonly string[] => {
  const sure = explanationSureness(explanation);
  return explanation.faults.length < 2
    ? []
    : explanation.faults.map(({ causes }) => causes.map((cause) => withSureness(cause.id, sure(cause))).join(' or '));
};

const levelOf = (fails: boolean, verdictOrStatus: string): Level => {
  if (fails) return 'error';
  return verdictOrStatus === 'healthy' ? 'notice' : 'warning';
};

const trouble = (group: readonly [Request, ...Request[]], strictness: Strictness): Annotation => {
  const [first] = group;
  const { status, failureMode, hop } = first;
  const names = few(
    group.map(({ id }) => plainText(id)),
    shownNames,
  );
  return {
    level: levelOf(isFailure(first, strictness), status),
    title: [failureMode ?? status, ...whereWords({ hop, phase: null })].join(' '),
    message: [
      `${names}${first.known ? ` (${knownAs(first)})` : ''}`,
      summaryOf(first),
      ...(first.asked === undefined ? [] : [`${askAgain}: ${plainText(first.asked.command)}`]),
      ...group.flatMap(leftBehindLines),
    ]
      .filter((line) => line !== '')
      .join('\n'),
  };
};

const recovered = (report: Report): readonly Annotation[] =>
  report.recovered.length === 0
    ? []
    : [
        {
          level: 'notice',
          title: recoveredWords,
          message: report.recovered.map(plainText).join(', '),
        },
      ];
