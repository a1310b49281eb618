import type { PathHop } from '../model/incident.ts';
import { isNews } from '../model/predicates.ts';
import type { Report } from '../model/report.ts';
import { isOfFlow, type Request, requests } from '../model/requests.ts';
import { hopLabels } from '../platform/hops.ts';
import { missingVersionSentence, shownVerdict } from '../wording/awaited.ts';
import { plural } from '../wording/count.ts';
import { cut, plainText } from '../wording/plain-text.ts';
import { countWords } from '../wording/requests.ts';
import { verdictLead } from '../wording/status.ts';
import { duration } from '../wording/time.ts';
import { verdictSentence } from '../wording/verdict.ts';
import { alike } from './entry.ts';
import { type ExplainedFault, type Explanation, explain } from './explanation.ts';
import type { View } from './view.ts';

/** Characters of the whole: at most 600 tokens of a language model, measured on every recorded report at 3 characters a token. */
export const briefLetters = 1_800;
/** Characters of one line, and of a command, which may not be cut. */
const lineLetters = 260;
const commandLetters = 420;
const shownFailures = 3;
const shownSteps = 2;
const shownHints = 4;

/**
 * The report for a chat or an agent, in plain text: who says it, what is concluded, what decides, and the names to search logs by.
 * Lines are dropped from the end of the list of failures when it would be too long; nothing else is.
 */
export const renderBrief = (report: Report, view: View): string => {
  const explanation = explain(report, view);
  const all = requests(report);
  const failures = alike(all.filter(isNews)).map(failureLine);
  const lead = [
    `hokusai-synthetics ${plainText(report.prober.version)} checked ${plainText(report.environment)} at ${report.startedAt} in ${duration(report.durationMs)}`,
    `verdict: ${verdictLead(shownVerdict(report), all)} (${countWords(all)})`,
    ...missing(report),
    `conclusion: ${verdictSentence(report, explanation)}`,
    ...explanation.faults.flatMap(faultLines),
    ...hintLines(explanation),
  ].map(line);
  const tail = [...stepLines(explanation), ...joinLines(report, all)];
  const room = briefLetters - lettersOf([...lead, ...tail]);
  return [...lead, ...within(failures, room), ...tail, ''].join('\n');
};

const missing = (report: Report): readonly string[] => {
  const words = missingVersionSentence(report);
  return words === null ? [] : [words];
};

const line = (text: string): string => cut(text, lineLetters);

const lettersOf = (lines: readonly string[]): number => lines.reduce((sum, { length }) => sum + length + 1, 0);

/** As many of the failures as there is room for, and how many are left. */
const within = (failures: readonly string[], room: number): readonly string[] => {
  const shown = failures.slice(0, shownFailures);
  while (shown.length > 0 && lettersOf(shown) + moreLetters > room) shown.pop();
  const rest = failures.length - shown.length;
  return [...shown, ...(rest === 0 ? [] : [`and ${plural(rest, 'other kind')} of failure`])];
};
const moreLetters = 40;

const faultLines = ({ path, since }: ExplainedFault): readonly string[] => [
  ...(path.length === 0 ? [] : [`where: ${whereOf(path)}`]),
  ...(since.length === 0 ? [] : [`since: ${since.join('; ')}`]),
];

/** Words, because symbols cost several tokens each. */
const whereOf = (path: readonly PathHop[]): string => {
  const named = (...states: readonly PathHop['state'][]): string =>
    path
      .filter(({ state }) => states.includes(state))
      .map(({ hop }) => hopLabels[hop])
      .join(', ');
  const works = named('works');
  return `${named('broken', 'suspect') || 'not located'}${works === '' ? '' : `; seen to work: ${works}`}`;
};

const hintLines = ({ hints }: Explanation): readonly string[] =>
  hints.slice(0, shownHints).map(({ label, text }) => `${label}: ${text}`);

const failureLine = (group: readonly [Request, ...Request[]]): string => {
  const [{ id, failureMode, status, evidence }] = group;
  const more = group.length === 1 ? '' : ` and ${group.length - 1} like it`;
  return line(
    `${status}: ${plainText(id)}${more}: ${failureMode ?? 'no failure mode'}: ${plainText(evidence.summary)}`,
  );
};

const stepLines = ({ steps }: Explanation): readonly string[] =>
  steps
    .filter(({ command }) => command.length <= commandLetters)
    .slice(0, shownSteps)
    .map(({ command, confirms }, index) => `${index === 0 ? 'decides' : 'then'} (${confirms}): ${command}`);

const joinLines = (report: Report, all: readonly Request[]): readonly string[] => {
  const broken = all.filter((one) => isNews(one) && one.evidence.traceId !== null);
  const [first] = [...broken.filter((one) => !isOfFlow(one)), ...broken];
  return [
    `join: run ${plainText(report.runId)}${first === undefined ? '' : `; trace ${plainText(first.evidence.traceId ?? '')} is ${plainText(first.id)}`}`,
  ];
};
