import { renewBaseline } from '../model/baseline-doubt.ts';
import type { PathHop } from '../model/incident.ts';
import { knownIds } from '../model/predicates.ts';
import type { Report } from '../model/report.ts';
import { requests } from '../model/requests.ts';
import { reportOfKnown } from '../model/still-failing.ts';
import { unexplainedClause } from '../wording/awaited.ts';
import { blindSentence } from '../wording/blind.ts';
import {
  againstLabel,
  answerLabels,
  explanationSureness,
  explanationLabels as labels,
  tieTitleOf,
  unexplainedLabel,
} from '../wording/causes.ts';
import { few } from '../wording/count.ts';
import { followUpWords } from '../wording/follow-up.ts';
import { hopWords } from '../wording/hops.ts';
import { type Notice, noticePartsOf } from '../wording/notices.ts';
import { capital, wrapped } from '../wording/plain-text.ts';
import { withSureness } from '../wording/probability.ts';
import { explainsWords } from '../wording/requests.ts';
import { stillFailingWords } from '../wording/status.ts';
import type { Platform } from './described.ts';
import { type Cause, type ExplainedFault, type Explanation, explain } from './explanation.ts';
import type { Page } from './page.ts';

/** Limits for the members of a tie, the hypotheses not ruled out and the failure modes. A longer list does not help. */
const shownCauses = 4;
const shownNames = 4;

/** What to write about, and on what. */
interface Sheet {
  readonly platform: Platform;
  readonly page: Page;
}

/** The explanation of the failures; empty when there is nothing to explain. */
export const diagnosisLines = (report: Report, platform: Platform, page: Page): readonly string[] => {
  const explanation = explain(report, platform);
  return [
    ...noticePartsOf(report).flatMap((notice) => noticeLines(notice, page)),
    ...causeLines(report, explanation, { platform, page }),
    ...knownLines(report, explanation, { platform, page }),
  ];
};

/** The diagnosis of the known failures that remain, marked as known. */
const knownLines = (report: Report, { status, known }: Explanation, { platform, page }: Sheet): readonly string[] => {
  const old = known === null ? null : reportOfKnown(report);
  if (known === null || old === null) return [];
  const title = `${report.verdict === 'still-failing' ? 'Nothing new; ' : ''}${stillFailingWords}:`;
  return [
    ...(status === 'healthy' ? [] : ['']),
    page.colors.yellow(capital(title)),
    ...causeLines(old, known, { platform, page }),
  ];
};

/** Commands are copied, so they are never wrapped. */
const noticeLines = ({ words, command }: Notice, { width, colors }: Page): readonly string[] => [
  ...wrapped(words.split(' '), ' ', width).map((line) => colors.yellow(line)),
  ...(command === '' ? [] : [`${indent}${command}`]),
];

const causeLines = (report: Report, explanation: Explanation, { platform, page }: Sheet): readonly string[] => {
  const { colors } = page;
  switch (explanation.status) {
    case 'healthy':
      return [];
    case 'inconclusive':
      return explanation.defect === null ? [] : defectLines(explanation.defect, page);
    case 'monitor-blind':
      return [colors.yellow(colors.bold(blindSentence(report.blind)))];
    case 'no-match':
      return [
        colors.bold(`${capital(unexplainedClause(report))}.`),
        ...hintLines(explanation, page),
        ...followUpLines(report, page),
        ...awsLines(explanation, page),
        ...baselineLines(report, { platform, page }),
      ];
    case 'match':
    case 'ambiguous':
      return explanationLines(explanation, followUpLines(report, page), page);
  }
};

const defectLines = (defect: string, { width, colors }: Page): readonly string[] =>
  wrapped(`${defect}.`.split(' '), ' ', width).map((line) => colors.yellow(colors.bold(line)));

const hintLines = ({ hints, suspectedPath }: Explanation, page: Page): readonly string[] => [
  ...hopLines(suspectedPath, page),
  ...hints.flatMap(({ label, text }) => labelled(label, text, page)),
];

/** In the first cycle, a platform that has always responded differently looks broken. */
const baselineLines = (report: Report, { platform, page }: Sheet): readonly string[] =>
  knownIds(requests(report)).length > 0
    ? []
    : [
        ...labelled(
          'if it has always been so',
          'record it, and name it in the configuration, baseline: baseline.json',
          page,
        ),
        `${indent}${renewBaseline(platform.file ?? null)}`,
      ];

const followUpLines = (report: Report, page: Page): readonly string[] => {
  const words = followUpWords(report);
  return words === null ? [] : indented(words, page);
};

/** What AWS says about the hypotheses; empty if it was not asked. */
const awsLines = ({ aws }: Explanation, page: Page): readonly string[] =>
  aws === null ? [] : [aws.title, ...aws.lines].flatMap((line) => indented(line, page));

const explanationLines = (explanation: Explanation, asked: readonly string[], page: Page): readonly string[] => {
  const { faults, unexplained } = explanation;
  const [only, ...more] = faults;
  const open = explanation.notRuledOut.slice(0, shownCauses);
  const sure = explanationSureness(explanation);
  return [
    ...(faults.length > 1 ? [page.colors.bold(`${faults.length} independent faults, the largest effect first:`)] : []),
    ...faults.flatMap((fault) => [
      ...(more.length > 0 ? [''] : []),
      ...faultLines(fault, explanation, page),
      ...(more.length > 0 ? actionLines(fault, page) : []),
    ]),
    ...(more.length > 0 && (unexplained.length > 0 || open.length > 0) ? [''] : []),
    ...awsLines(explanation, page),
    ...labelled(unexplainedLabel, unexplained.length === 0 ? '' : names(unexplained), page),
    ...labelled(labels.notRuledOut, open.map((cause) => withSureness(cause.id, sure(cause))).join(', '), page),
    ...asked,
    ...(only === undefined || more.length > 0 ? [] : actionLines(only, page)),
  ];
};

const faultLines = (fault: ExplainedFault, explanation: Explanation, page: Page): readonly string[] => [
  ...headline(fault.causes, explanationSureness(explanation), page),
  ...hopLines(fault.path, page),
  ...evidenceLines(fault, explanation, page),
  ...labelled(againstLabel, few(fault.against, shownNames), page),
];

const evidenceLines = (fault: ExplainedFault, { symptoms }: Explanation, page: Page): readonly string[] => {
  const { since, explains } = fault;
  const parts = [...since, ...(explains === null ? [] : [`explains ${explainsWords(explains, symptoms)}`])];
  return parts.length === 0 ? [] : indented(parts.join(' · '), page);
};

const headline = (causes: readonly Cause[], sure: (cause: Cause) => string, page: Page): readonly string[] => {
  const { width, colors } = page;
  const [only, ...more] = causes;
  if (only !== undefined && more.length === 0) {
    const id = withSureness(only.id, sure(only));
    const lines = wrapped(only.title.split(' '), ' ', width);
    const last = lines.at(-1) ?? '';
    return last.length + id.length + 3 <= width
      ? [...lines.slice(0, -1).map(colors.bold), `${colors.bold(last)}   ${colors.dim(id)}`]
      : [...lines.map(colors.bold), `    ${colors.dim(id)}`];
  }
  const shown = causes.slice(0, shownCauses);
  const rest = causes.length - shown.length;
  const named = shown.map((cause) => withSureness(cause.id, sure(cause)));
  const parts =
    rest > 0 ? [named.join(', '), `or ${rest} more`] : [named.slice(0, -1).join(', '), `or ${named.at(-1)}`];
  return [
    ...wrapped(`${tieTitleOf(causes)}: ${parts.join(' ')}`.split(' '), ' ', width).map(colors.bold),
    ...shown.flatMap(({ id, title }) => indented(`${id}: ${title}`, page)),
  ];
};

const hopLines = (path: readonly PathHop[], page: Page): readonly string[] => {
  if (path.length === 0) return [];
  const broken = path.filter(({ state }) => state === 'broken' || state === 'suspect').map(hopWords);
  return wrapped(['client', ...path.map(hopWords)], '  ', page.width - indent.length).map(
    (line) =>
      indent + broken.reduce((text, words) => text.replace(words, page.colors.red(page.colors.bold(words))), line),
  );
};

/** Commands are copied, so they are never wrapped. */
const stepLines = ({ steps }: ExplainedFault, page: Page): readonly string[] =>
  steps.flatMap(({ command, ifTrue, ifFalse, headline }, index) => {
    const { yes, no } = answerLabels({ headline });
    return [
      `${indent}${page.colors.dim(index === 0 ? labels.next : '    ')} ${index + 1}  ${command}`,
      ...wrapped(`${yes}: ${ifTrue} · ${no}: ${ifFalse}`.split(' '), ' ', page.width - stepIndent.length).map((line) =>
        page.colors.dim(stepIndent + line),
      ),
    ];
  });

const actionLines = (fault: ExplainedFault, page: Page): readonly string[] => [
  ...stepLines(fault, page),
  ...labelled(labels.fix, fault.remedy ?? '', page),
];

const indent = '    ';
const stepIndent = `${indent}        `;

const names = (ids: readonly string[]): string => few(ids, shownNames);

const labelled = (label: string, text: string, page: Page): readonly string[] =>
  text === '' ? [] : indented(`${label}: ${text}`, page);

const indented = (text: string, { width }: Page): readonly string[] =>
  wrapped(text.split(' '), ' ', width - indent.length).map((line) => indent + line);
