import { isNews, knownIds } from '../../model/predicates.ts';
import { leftBehindIn, type Request, requests } from '../../model/requests.ts';
import { hopLabels } from '../../platform/hops.ts';
import type { Registration, Report } from '../../platform/report.ts';
import { alike } from '../entry.ts';
import { type Explanation, explain } from '../explanation.ts';
import { summaryOf } from '../facts.ts';
import { marks } from '../paint.ts';
import { duration, few, percent, plainText } from '../plain-text.ts';
import { whatRan } from '../pretty.ts';
import { course } from '../registration.ts';
import { hopWords } from '../request-path.ts';
import { flowTitle, shownInOrder } from '../results.ts';
import { verdictSentence } from '../verdict-words.ts';
import type { View } from '../view.ts';
import { code, codeCell, prose } from './escape.ts';

const shownNames = 8;
/** Rows of a table, and GitHub's megabyte is far. */
const shownRows = 40;

/** The report as a job's summary, in Markdown: the cause, where it is, what fails, and what to run next. */
export const summary = (report: Report, view: View): string => {
  const explanation = explain(report, view);
  const all = requests(report);
  return `${[
    `## ${icons[report.verdict]} Hokusai ${prose(report.environment)}: ${report.verdict}`,
    `**${prose(verdictSentence(report, explanation))}**`,
    ...explanation.faults.flatMap(({ path }) =>
      path.length === 0 ? [] : [code(['client', ...path.map(hopWords)].join(' → '), 600)],
    ),
    ...evidence(explanation),
    ...steps(explanation),
    ...table(shownInOrder(all).filter(isNews)),
    ...(report.registration === null ? [] : flow(report.registration, all)),
    ...baseline(report, knownIds(all)),
    prose(`${whatRan(report)} in ${duration(report.durationMs)}, ${report.startedAt}, run ${report.runId}`),
  ].join('\n\n')}\n`;
};

const icons: Readonly<Record<Report['verdict'], string>> = {
  healthy: '✅',
  degraded: '⚠️',
  failing: '❌',
  inconclusive: '❔',
};

const evidence = ({ faults, symptoms, unexplained, notRuledOut }: Explanation): readonly string[] => {
  const lines = [
    ...faults.flatMap(({ causes, since, explains, against }) => [
      `- ${causes.map(({ id }) => code(id)).join(' or ')}${explains === null ? '' : ` explains ${explains} of ${symptoms.length} failures`}${since.map((words) => ` · ${prose(words)}`).join('')}`,
      ...(against.length === 0
        ? []
        : [
            `  - speaks against it: ${few(
              against.map((one) => code(one)),
              shownNames,
            )}`,
          ]),
    ]),
    ...(unexplained.length === 0
      ? []
      : [
          `- unexplained: ${few(
            unexplained.map((id) => code(id)),
            shownNames,
          )}`,
        ]),
    ...(notRuledOut.length === 0
      ? []
      : [
          `- not ruled out: ${notRuledOut.map(({ id, probability }) => `${code(id)}${probability === null ? '' : ` ${percent(probability)}`}`).join(', ')}`,
        ]),
  ];
  return lines.length === 0 ? [] : [lines.join('\n')];
};

/** Commands are ours; a host's name in them is of the configuration, and a fence ends at nothing that a name can hold. */
const steps = ({ steps: next, faults, remedies }: Explanation): readonly string[] => {
  if (next.length === 0) return [];
  const several = faults.flatMap(({ causes }) => causes).length > 1;
  return [
    '### Next',
    ...next.flatMap(({ command, ifTrue, ifFalse, confirms }) => [
      `\`\`\`sh\n${plainText(command)}\n\`\`\``,
      `if ${several ? code(confirms) : 'true'}: ${prose(ifTrue)} · if not: ${prose(ifFalse)}`,
    ]),
    ...remedies.map(({ id, text }) => `Remedy${faults.length > 1 ? ` for ${code(id)}` : ''}: ${prose(text)}`),
  ];
};

const table = (news: readonly Request[]): readonly string[] => {
  const groups = alike(news);
  if (groups.length === 0) return [];
  const rest = groups.length - shownRows;
  return [
    '### What is not well',
    ['| | checks | how | where | seen |', '|---|---|---|---|---|', ...groups.slice(0, shownRows).map(row)].join('\n'),
    ...(rest > 0 ? [`and ${rest} more`] : []),
  ];
};

const row = (group: readonly [Request, ...Request[]]): string => {
  const { status, failureMode, phase, hop } = group[0];
  const where = [...(hop === null ? [] : [hopLabels[hop]]), ...(phase === null ? [] : [`phase ${phase}`])].join(', ');
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
      `**${marks[registration.status]} ${flowTitle}**: ${prose(words)}`,
      ...leftBehindIn(all).map(({ thing, id }) => `- left behind: ${code(`${thing} ${id}`)}`),
    ].join('\n'),
  ];
};

const baseline = (report: Report, known: readonly string[]): readonly string[] => {
  const lines = [
    ...(known.length === 0 ? [] : [`- known since the baseline: ${known.map((id) => code(id)).join(', ')}`]),
    ...(report.recovered.length === 0
      ? []
      : [`- failed in the baseline and pass now: ${report.recovered.map((id) => code(id)).join(', ')}`]),
  ];
  return lines.length === 0 ? [] : [lines.join('\n')];
};
