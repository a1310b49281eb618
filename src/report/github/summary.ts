import { isNews } from '../../model/predicates.ts';
import type { Registration, Report } from '../../model/report.ts';
import { leftBehindIn, type Request, requests } from '../../model/requests.ts';
import {
  againstLabel,
  answerLabels,
  explanationSureness,
  explanationLabels as labels,
  unexplainedLabel,
} from '../../wording/causes.ts';
import { few } from '../../wording/count.ts';
import { flowTitle } from '../../wording/flow.ts';
import { followUpWords } from '../../wording/follow-up.ts';
import { hopWords, whereWords } from '../../wording/hops.ts';
import { noticesOf } from '../../wording/notices.ts';
import { capital, plainText } from '../../wording/plain-text.ts';
import { withSureness } from '../../wording/probability.ts';
import { explainsWords, madeWords } from '../../wording/requests.ts';
import { marks, recoveredWords, stillFailingWords } from '../../wording/status.ts';
import { duration } from '../../wording/time.ts';
import { verdictSentence } from '../../wording/verdict.ts';
import { alike } from '../entry.ts';
import { type Cause, type Explanation, explain } from '../explanation.ts';
import { summaryOf } from '../facts.ts';
import { whatRan } from '../pretty.ts';
import { course, isStillBroken } from '../registration.ts';
import { shownInOrder } from '../results.ts';
import { knownByWords } from '../summary.ts';
import type { View } from '../view.ts';
import { code, codeCell, prose } from './escape.ts';

const shownNames = 8;
/** Rows of a table, far below GitHub's limit of one megabyte. */
const shownRows = 40;

/** The report as a job summary in Markdown: the cause, the place, the failures and what to run next. */
export const summary = (report: Report, view: View): string => {
  const explanation = explain(report, view);
  const all = requests(report);
  return `${[
    `## ${icons[report.verdict]} Hokusai ${prose(report.environment)}: ${report.verdict}`,
    ...noticesOf(report).map(prose),
    `**${prose(verdictSentence(report, explanation))}**`,
    ...paths(explanation),
    ...hints(explanation),
    ...evidence(explanation),
    ...followUp(report),
    ...steps(explanation),
    ...known(explanation),
    ...table(shownInOrder(all).filter(isNews)),
    ...(report.registration === null ? [] : flow(report.registration, all)),
    ...baseline(report),
    prose(`${whatRan(report)} in ${duration(report.durationMs)}, ${report.startedAt}, run ${report.runId}`),
  ].join('\n\n')}\n`;
};

const paths = ({ faults, suspectedPath }: Explanation): readonly string[] =>
  [...faults.map(({ path }) => path), suspectedPath].flatMap((path) =>
    path.length === 0 ? [] : [code(['client', ...path.map(hopWords)].join(' → '), 600)],
  );

/** The diagnosis of the known failures that remain. */
const known = ({ known: old }: Explanation): readonly string[] =>
  old === null
    ? []
    : [`### ${capital(stillFailingWords)}`, ...paths(old), ...hints(old), ...evidence(old), ...steps(old)];

const followUp = (report: Report): readonly string[] => {
  const words = followUpWords(report);
  return words === null ? [] : [prose(words)];
};

const icons: Readonly<Record<Report['verdict'], string>> = {
  healthy: '✅',
  degraded: '⚠️',
  'still-failing': '⚠️',
  failing: '❌',
  inconclusive: '❔',
};

const hints = ({ hints: all }: Explanation): readonly string[] =>
  all.length === 0 ? [] : [all.map(({ label, text }) => `- ${label}: ${prose(text)}`).join('\n')];

const evidence = (explanation: Explanation): readonly string[] => {
  const { faults, symptoms, unexplained, notRuledOut, aws } = explanation;
  const sure = explanationSureness(explanation);
  const named = (cause: Cause): string => withSureness(code(cause.id), sure(cause));
  const lines = [
    ...faults.flatMap(({ causes, since, explains, against }) => [
      `- ${causes.map(named).join(' or ')}${explains === null ? '' : ` explains ${explainsWords(explains, symptoms)}`}${since.map((words) => ` · ${prose(words)}`).join('')}`,
      ...(against.length === 0
        ? []
        : [
            `  - ${againstLabel}: ${few(
              against.map((one) => code(one)),
              shownNames,
            )}`,
          ]),
    ]),
    ...(aws === null ? [] : [`- ${prose(aws.title)}`, ...aws.lines.map((line) => `  - ${prose(line)}`)]),
    ...(unexplained.length === 0
      ? []
      : [
          `- ${unexplainedLabel}: ${few(
            unexplained.map((id) => code(id)),
            shownNames,
          )}`,
        ]),
    ...(notRuledOut.length === 0 ? [] : [`- ${labels.notRuledOut}: ${notRuledOut.map(named).join(', ')}`]),
  ];
  return lines.length === 0 ? [] : [lines.join('\n')];
};

/** Commands are ours. A host name in them comes from the configuration, and no name can contain what closes a fence. */
const steps = ({ steps: next, faults, remedies }: Explanation): readonly string[] => {
  if (next.length === 0) return [];
  return [
    `### ${capital(labels.next)}`,
    ...next.flatMap(({ command, ifTrue, ifFalse, confirms }) => {
      const { yes, no } = answerLabels(confirms);
      return [`\`\`\`sh\n${plainText(command)}\n\`\`\``, `${prose(yes)}: ${prose(ifTrue)} · ${no}: ${prose(ifFalse)}`];
    }),
    ...remedies.map(
      ({ id, text }) => `${capital(labels.fix)}${faults.length > 1 ? ` for ${code(id)}` : ''}: ${prose(text)}`,
    ),
  ];
};

const table = (news: readonly Request[]): readonly string[] => {
  const groups = alike(news);
  if (groups.length === 0) return [];
  const rest = groups.length - shownRows;
  return [
    '### Failing and degraded',
    [
      '| | checks | failure mode | where | seen |',
      '|---|---|---|---|---|',
      ...groups.slice(0, shownRows).map(row),
    ].join('\n'),
    ...(rest > 0 ? [`and ${rest} more`] : []),
  ];
};

const row = (group: readonly [Request, ...Request[]]): string => {
  const { status, failureMode } = group[0];
  const where = whereWords(group[0]).join(', ');
  const names = few(
    group.map(({ id, durationMs: ms }) => `${codeCell(id)}${ms === null ? '' : ` ${duration(ms)}`}`),
    shownNames,
  );
  return `| ${marks[status]} | ${names} | ${codeCell(failureMode ?? status)} | ${where} | ${codeCell(summaryOf(group[0]))} |`;
};

const flow = (registration: Registration, all: readonly Request[]): readonly string[] => {
  const words = course(registration, all).join(' · ');
  return [
    [
      `**${isStillBroken(all) ? marks.degraded : marks[registration.status]} ${flowTitle}**: ${prose(words)}`,
      ...leftBehindIn(all).map((made) => `- left behind: ${code(madeWords(made))}`),
    ].join('\n'),
  ];
};

const baseline = (report: Report): readonly string[] => {
  const lines = [
    ...knownByWords(report).map(([words, ids]) => `- ${words}: ${ids.map((id) => code(id)).join(', ')}`),
    ...(report.recovered.length === 0
      ? []
      : [`- ${recoveredWords}: ${report.recovered.map((id) => code(id)).join(', ')}`]),
  ];
  return lines.length === 0 ? [] : [lines.join('\n')];
};
