import { isOfCycle, knownIds } from '../model/predicates.ts';
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

/** The verdict and the counts on one line: of all requests, with those of the flow in brackets. */
export const summaryLine = (report: Report, colors: Colors): string => {
  const { verdict } = report;
  const all = requests(report).filter(isOfCycle);
  const flow = all.filter(isOfFlow);
  const left = leftBehindIn(flow).length;
  const paint = { healthy: colors.green, degraded: colors.yellow, failing: colors.red, inconclusive: colors.yellow };
  const ofFlow = `registration: ${countWords(flow)}${left === 0 ? '' : `, ${left} left behind`}`;
  const counts = flow.length === all.length ? ofFlow : `${countWords(all)} (${ofFlow})`;
  return [
    paint[verdict](colors.bold(verdictWords[verdict])),
    ...(all.length === 0 ? [] : [flow.length === 0 ? countWords(all) : counts]),
  ].join(' · ');
};
