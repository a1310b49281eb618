import { knownIds } from '../model/predicates.ts';
import type { Report } from '../model/report.ts';
import { isOfFlow, leftBehindIn, requests } from '../model/requests.ts';
import { plainText } from '../wording/plain-text.ts';
import { countWords } from '../wording/requests.ts';
import { knownWords, recoveredWords, verdictWords } from '../wording/status.ts';
import type { Colors } from './paint.ts';

/** The differences from the baseline. */
export const renderNotes = (report: Report, colors: Colors): readonly string[] => {
  const known = knownIds(requests(report));
  return [
    ...(known.length === 0 ? [] : [colors.dim(`${knownWords}: ${known.map(plainText).join(', ')}`)]),
    ...(report.recovered.length === 0
      ? []
      : [colors.yellow(`${recoveredWords}: ${report.recovered.map(plainText).join(', ')}`)]),
  ];
};

/** The verdict and the counts on one line. */
export const summaryLine = (report: Report, colors: Colors): string => {
  const { verdict } = report;
  const all = requests(report);
  const targets = all.filter(({ kind }) => kind === 'target');
  const flow = all.filter(isOfFlow);
  const left = leftBehindIn(flow).length;
  const paint = { healthy: colors.green, degraded: colors.yellow, failing: colors.red, inconclusive: colors.yellow };
  return [
    paint[verdict](colors.bold(verdictWords[verdict])),
    ...(targets.length === 0 ? [] : [countWords(targets)]),
    ...(flow.length === 0 ? [] : [`registration: ${countWords(flow)}${left === 0 ? '' : `, ${left} left behind`}`]),
  ].join(' · ');
};
