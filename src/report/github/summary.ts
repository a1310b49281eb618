import { missingVersion } from '../../model/check-fails.ts';
import type { PathHop } from '../../model/incident.ts';
import { isNews } from '../../model/predicates.ts';
import type { Registration, Report } from '../../model/report.ts';
import { leftBehindIn, type Request } from '../../model/requests.ts';
import { titleVerdict } from '../../wording/awaited.ts';
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
import { alike, askAgain } from '../entry.ts';
import { type Cause, type ExplainedFault, type Explanation, explain } from '../explanation.ts';
import { summaryOf } from '../facts.ts';
import { placedRequests } from '../placed.ts';
import { proberWords, whatRan } from '../pretty.ts';
import { course, isStillBroken } from '../registration.ts';
import { shownInOrder } from '../results.ts';
import { knownByWords } from '../summary.ts';
import type { View } from '../view.ts';
import { code, codeCell, fenced, prose } from './escape.ts';

const shownNames = 8;
/** Rows of a table, far below GitHub's limit of one megabyte. */
const shownRows = 40;
/** Commands to ask again. */
const shownCommands = 10;

/** The report as a job summary in Markdown: the cause, the place, the failures and what to run next. */
export const summary = (report: Report, view: View): string => {
  const explanation = explain(report, view);
  const all = placedRequests(report);
  return `${[
    `## ${missingVersion(report) === null ? icons[report.verdict] : icons.failing} Hokusai ${prose(report.environment)}: ${prose(titleVerdict(report))}`,
    ...noticesOf(report).map(prose),
    `**${prose(verdictSentence(report, explanation))}**`,
    ...body(explanation, followUp(report)),
    ...known(explanation),
    ...table(shownInOrder(all).filter(isNews)),
    ...(report.registration === null ? [] : flow(report.registration, all)),
    ...baseline(report),
    prose(
      `${whatRan(report)} in ${duration(report.durationMs)}, ${report.startedAt}, ${proberWords(report)}, run ${report.runId}`,
    ),
  ].join('\n\n')}\n`;
};

const pathLine = (path: readonly PathHop[]): readonly string[] =>
  path.length === 0 ? [] : [code(['client', ...path.map(hopWords)].join(' → '), 600)];

/** The path, the evidence and the next commands; of several faults, each with its own. */
const body = (explanation: Explanation, asked: readonly string[]): readonly string[] => {
  const { faults, suspectedPath } = explanation;
  const [only, ...more] = faults;
  const each = more.length === 0 ? [] : faults;
  return [
    ...each.flatMap((fault, index) => [
      `### ${index + 1} of ${faults.length}: ${prose(fault.causes[0]?.title ?? '')}`,
      ...pathLine(fault.path),
      ...listed(faultEvidence(fault, explanation)),
      ...steps(fault, 4),
    ]),
    ...(more.length === 0 ? pathLine(only?.path ?? suspectedPath) : []),
    ...hints(explanation),
    ...listed([
      ...(only === undefined || more.length > 0 ? [] : faultEvidence(only, explanation)),
      ...evidence(explanation),
    ]),
    ...asked,
    ...(only === undefined || more.length > 0 ? [] : steps(only, 3)),
  ];
};

const listed = (lines: readonly string[]): readonly string[] => (lines.length === 0 ? [] : [lines.join('\n')]);

/** The diagnosis of the known failures that remain. */
const known = ({ known: old }: Explanation): readonly string[] =>
  old === null ? [] : [`### ${capital(stillFailingWords)}`, ...body(old, [])];

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

const namedIn = (explanation: Explanation): ((cause: Cause) => string) => {
  const sure = explanationSureness(explanation);
  return (cause) => withSureness(code(cause.id), sure(cause));
};

const faultEvidence = (
  { causes, since, explains, against }: ExplainedFault,
  explanation: Explanation,
): readonly string[] => [
  `- ${causes.map(namedIn(explanation)).join(' or ')}${explains === null ? '' : ` explains ${explainsWords(explains, explanation.symptoms)}`}${since.map((words) => ` · ${prose(words)}`).join('')}`,
  ...(against.length === 0
    ? []
    : [
        `  - ${againstLabel}: ${few(
          against.map((one) => code(one)),
          shownNames,
        )}`,
      ]),
];

const evidence = (explanation: Explanation): readonly string[] => {
  const { unexplained, notRuledOut, aws } = explanation;
  return [
    ...(aws === null ? [] : [`- ${prose(aws.title)}`, ...aws.lines.map((line) => `  - ${prose(line)}`)]),
    ...(unexplained.length === 0
      ? []
      : [
          `- ${unexplainedLabel}: ${few(
            unexplained.map((id) => code(id)),
            shownNames,
          )}`,
        ]),
    ...(notRuledOut.length === 0
      ? []
      : [`- ${labels.notRuledOut}: ${notRuledOut.map(namedIn(explanation)).join(', ')}`]),
  ];
};

/** Commands are ours. A host name in them comes from the configuration, and no name can contain what closes a fence. */
const steps = ({ steps: next, remedy }: ExplainedFault, level: number): readonly string[] => {
  if (next.length === 0) return [];
  return [
    `${'#'.repeat(level)} ${capital(labels.next)}`,
    ...next.flatMap(({ command, ifTrue, ifFalse, headline }) => {
      const { yes, no } = answerLabels({ headline });
      return [`\`\`\`sh\n${plainText(command)}\n\`\`\``, `${prose(yes)}: ${prose(ifTrue)} · ${no}: ${prose(ifFalse)}`];
    }),
    ...(remedy === null ? [] : [`${capital(labels.fix)}: ${prose(remedy)}`]),
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
    ...askedPart(groups),
  ];
};

/** How to ask each kind of failure again. A command with a fence in it stays code. */
const askedPart = (groups: readonly (readonly [Request, ...Request[]])[]): readonly string[] => {
  const commands = groups
    .slice(0, shownCommands)
    .flatMap(([{ asked }]) => (asked === undefined ? [] : [asked.command]));
  return commands.length === 0 ? [] : [`### ${capital(askAgain)}`, ...commands.map(fenced)];
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
