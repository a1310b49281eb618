import type { AwsConfirmation, AwsFinding, AwsVerdict } from '../model/aws-confirmation.ts';
import { plural } from './count.ts';
import { duration } from './time.ts';

/** The start of the line with what AWS says that confirms a cause. */
export const confirmedByAws = 'confirmed by';

const leads: Readonly<Record<AwsVerdict, string>> = {
  confirmed: confirmedByAws,
  refuted: 'refuted by',
  unknown: 'not decided by',
};

/** `confirmed by elasticloadbalancing:DescribeTargetHealth: 0 of 2 targets healthy` */
export const findingWords = ({ verdict, source, line }: AwsFinding): string =>
  verdict === 'unknown' && (source === '' || line.startsWith('could not ask'))
    ? line
    : `${leads[verdict]} ${source}: ${line}`;

/** A line about each hypothesis, those that were decided first. Hypotheses with the same answer share a line. */
export const confirmationLines = ({ findings }: Pick<AwsConfirmation, 'findings'>): readonly string[] => {
  const order: readonly AwsVerdict[] = ['confirmed', 'refuted', 'unknown'];
  const sorted = findings.toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
  return [...Map.groupBy(sorted, findingWords)].map(
    ([words, alike]) => `${[...new Set(alike.map(({ hypothesis }) => hypothesis))].join(', ')}: ${words}`,
  );
};

/** `AWS, 7 calls in 0.3 s` */
export const confirmationTitle = ({ calls, durationMs }: AwsConfirmation): string =>
  `AWS, ${plural(calls, 'call')} in ${duration(durationMs)}`;
