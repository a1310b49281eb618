import { createColors } from 'picocolors';
import { isFailingVerdict, type Strictness } from '../../model/predicates.ts';
import type { Report } from '../../platform/report.ts';
import { diagnosisLines } from '../diagnosis.ts';
import type { Explanation } from '../explanation.ts';
import { percent, plainText } from '../plain-text.ts';
import { verdictSentence } from '../verdict-words.ts';
import type { View } from '../view.ts';
import type { Property, TestCase } from './elements.ts';

/** As wide as viewers of test results show without a scroll bar. */
const page = { width: 120, colors: createColors(false), slowest: 1 };

/** The result of the whole as the first test: it fails with the cause in its message. */
export const diagnosisCase = (
  report: Report,
  explanation: Explanation,
  view: View,
  strictness: Strictness,
): TestCase => {
  const named = { classname: 'diagnosis', name: 'diagnosis', ms: report.durationMs };
  const message = verdictSentence(report, explanation);
  const type = report.diagnosis.faults.flat().join(' ') || report.diagnosis.status;
  const text = diagnosisLines(report, view, page).join('\n');
  if (isFailingVerdict(report.verdict, strictness)) return { ...named, kind: 'failure', type, message, text };
  if (report.verdict === 'inconclusive') return { ...named, kind: 'error', type, message, text };
  return { ...named, kind: 'passed', output: report.verdict === 'healthy' ? message : text };
};

export const diagnosisProperties = (
  { verdict, environment, runId, startedAt, prober, diagnosis }: Report,
  { faults, notRuledOut }: Explanation,
): readonly Property[] => [
  { name: 'verdict', value: verdict },
  { name: 'diagnosis', value: diagnosis.status },
  ...faults.flatMap(({ causes }) => causes).map((cause) => ({ name: 'hypothesis', value: shown(cause) })),
  ...notRuledOut.map((cause) => ({ name: 'not ruled out', value: shown(cause) })),
  { name: 'environment', value: plainText(environment) },
  { name: 'started at', value: plainText(startedAt) },
  { name: 'run', value: plainText(runId) },
  { name: 'prober', value: plainText(`${prober.name} ${prober.version}`) },
];

const shown = ({ id, probability }: { readonly id: string; readonly probability: number | null }): string =>
  probability === null ? id : `${id} ${percent(probability)}`;
