import { knownIds, withStatus } from '../model/predicates.ts';
import { leftBehindIn, type Request, requests } from '../model/requests.ts';
import type { Report, Verdict } from '../platform/report.ts';
import type { Colors } from './paint.ts';
import { plainText } from './plain-text.ts';

/** What the baseline has to say. */
export const renderNotes = (report: Report, colors: Colors): readonly string[] => {
  const known = knownIds(requests(report));
  return [
    ...(known.length === 0 ? [] : [colors.dim(`known since the baseline: ${known.map(plainText).join(', ')}`)]),
    ...(report.recovered.length === 0
      ? []
      : [colors.yellow(`failed in the baseline and pass now: ${report.recovered.map(plainText).join(', ')}`)]),
  ];
};

const verdictWords: Readonly<Record<Verdict, string>> = {
  healthy: 'healthy',
  degraded: 'degraded: it works, but not as it should',
  failing: 'failing',
  inconclusive: 'inconclusive: not enough was seen to tell',
};

/** The verdict and the counts, in one line. */
export const summaryLine = (report: Report, colors: Colors): string => {
  const { verdict } = report;
  const all = requests(report);
  const targets = all.filter(({ kind }) => kind === 'target');
  const flow = all.filter(({ kind }) => kind !== 'target');
  const left = leftBehindIn(flow).length;
  const paint = { healthy: colors.green, degraded: colors.yellow, failing: colors.red, inconclusive: colors.yellow };
  return [
    paint[verdict](colors.bold(verdictWords[verdict])),
    ...(targets.length === 0 ? [] : [counts(targets)]),
    ...(flow.length === 0 ? [] : [`registration: ${counts(flow)}${left === 0 ? '' : `, ${left} left behind`}`]),
  ].join(' · ');
};

const counts = (all: readonly Request[]): string =>
  [
    ...(['fail', 'degraded', 'inconclusive', 'pass', 'skipped'] as const).map(
      (status) => [status, withStatus(all, status).length] as const,
    ),
    ['known', knownIds(all).length] as const,
  ]
    .filter(([, n]) => n > 0)
    .map(([word, n]) => `${n} ${word}`)
    .join(', ');
