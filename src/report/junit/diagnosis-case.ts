import { createColors } from 'picocolors';
import { checkFails, missingVersion } from '../../model/check-fails.ts';
import type { Strictness } from '../../model/predicates.ts';
import type { Report } from '../../model/report.ts';
import { shownVerdict } from '../../wording/awaited.ts';
import { explanationLabels, explanationSureness } from '../../wording/causes.ts';
import { failOnKnownWords } from '../../wording/known.ts';
import { noticesOf } from '../../wording/notices.ts';
import { capital, plainText } from '../../wording/plain-text.ts';
import { withSureness } from '../../wording/probability.ts';
import { stillFailingWords } from '../../wording/status.ts';
import { verdictSentence } from '../../wording/verdict.ts';
import { diagnosisLines } from '../diagnosis.ts';
import type { Cause, Explanation } from '../explanation.ts';
import type { View } from '../view.ts';
import type { Property, TestCase } from './elements.ts';

/** The widest that test result viewers show without a scroll bar. */
const page = { width: 120, colors: createColors(false), slowest: 1, isVerbose: false };

/** The overall result as the first test. It fails with the cause in its message. */
export const diagnosisCase = (
  report: Report,
  explanation: Explanation,
  view: View,
  strictness: Strictness,
): TestCase => {
  const named = { classname: 'diagnosis', name: 'diagnosis', ms: report.durationMs };
  const why = failOnKnownWords(report, strictness);
  const message = [
    ...noticesOf(report),
    verdictSentence(report, explanation),
    ...(why === '' ? [] : [`${capital(why)}.`]),
  ].join(' ');
  const cause = report.diagnosis.faults.flat().join(' ') || report.diagnosis.status;
  const type = report.verdict === 'failing' || missingVersion(report) === null ? cause : 'version-never-came';
  const text = diagnosisLines(report, view, page).join('\n');
  if (checkFails(report, strictness)) return { ...named, kind: 'failure', type, message, text };
  if (report.verdict === 'inconclusive') return { ...named, kind: 'error', type, message, text };
  return { ...named, kind: 'passed', output: report.verdict === 'healthy' ? message : text };
};

export const diagnosisProperties = (report: Report, explanation: Explanation): readonly Property[] => {
  const { environment, runId, startedAt, prober, diagnosis } = report;
  return [
    { name: 'verdict', value: shownVerdict(report) },
    { name: 'diagnosis', value: diagnosis.status },
    ...explanation.faults
      .flatMap(({ causes }) => causes)
      .map((cause) => ({ name: 'hypothesis', value: shown(cause, explanation) })),
    ...(explanation.known?.faults ?? [])
      .flatMap(({ causes }) => causes)
      .map((cause) => ({ name: stillFailingWords, value: shown(cause, explanation.known ?? explanation) })),
    ...explanation.notRuledOut.map((cause) => ({
      name: explanationLabels.notRuledOut,
      value: shown(cause, explanation),
    })),
    { name: 'environment', value: plainText(environment) },
    { name: 'started at', value: plainText(startedAt) },
    { name: 'run', value: plainText(runId) },
    { name: 'prober', value: plainText(`${prober.name} ${prober.version}`) },
    ...(prober.host === undefined ? [] : [{ name: 'host', value: plainText(prober.host) }]),
  ];
};

const shown = (cause: Cause, explanation: Explanation): string =>
  withSureness(cause.id, explanationSureness(explanation)(cause));
