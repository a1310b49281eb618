import { stepTarget } from '../platform/registration.ts';
import type { Registration, Report, Status, Verdict } from '../platform/report.ts';
import type { Colors } from './paint.ts';
import { plainText } from './plain-text.ts';

interface Judged {
  readonly status: Status;
  readonly known: boolean;
}

/** What the baseline has to say. */
export const renderNotes = (report: Report, colors: Colors): readonly string[] => {
  const known = knownIds(report);
  return [
    ...(known.length === 0 ? [] : [colors.dim(`known since the baseline: ${known.map(plainText).join(', ')}`)]),
    ...(report.recovered.length === 0
      ? []
      : [colors.yellow(`failed in the baseline and pass now: ${report.recovered.map(plainText).join(', ')}`)]),
  ];
};

/** What fails as it did in the baseline. */
export const knownIds = ({ outcomes, registration }: Report): readonly string[] => [
  ...outcomes.filter((outcome) => outcome.known).map(({ target }) => target),
  ...(registration?.steps ?? []).filter((step) => step.known).map(({ id }) => stepTarget(id)),
];

const verdictWords: Readonly<Record<Verdict, string>> = {
  healthy: 'healthy',
  degraded: 'degraded: it works, but not as it should',
  failing: 'failing',
  inconclusive: 'inconclusive: not enough was seen to tell',
};

/** The verdict and the counts, in one line. */
export const summaryLine = ({ verdict, outcomes, registration }: Report, colors: Colors): string => {
  const paint = { healthy: colors.green, degraded: colors.yellow, failing: colors.red, inconclusive: colors.yellow };
  return [
    paint[verdict](colors.bold(verdictWords[verdict])),
    ...(outcomes.length === 0 ? [] : [counts(outcomes)]),
    ...(registration === null ? [] : [`registration: ${counts(registration.steps)}${left(registration)}`]),
  ].join(' · ');
};

const counts = (judged: readonly Judged[]): string => {
  const count = (wanted: Status): number => judged.filter(({ status, known }) => status === wanted && !known).length;
  const known = judged.filter((one) => one.known).length;
  return [
    ...(['fail', 'degraded', 'inconclusive', 'pass', 'skipped'] as const).map(
      (status) => [status, count(status)] as const,
    ),
    ['known', known] as const,
  ]
    .filter(([, n]) => n > 0)
    .map(([word, n]) => `${n} ${word}`)
    .join(', ');
};

const left = ({ cleanup }: Registration): string =>
  cleanup.leftBehind.length === 0 ? '' : `, ${cleanup.leftBehind.length} left behind`;
