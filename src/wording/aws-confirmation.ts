import type { AwsChange, AwsConfirmation, AwsFinding, AwsVerdict } from '../model/aws-confirmation.ts';
import { plural } from './count.ts';
import { clock, duration } from './time.ts';

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

/** `changed shortly before, 02:41 UTC: ApiService of the stack hokusai: UPDATE_COMPLETE (cloudformation:DescribeStackEvents)` */
const changeWords = ({ at, line, source }: AwsChange, besides = ''): string =>
  `${at === null ? 'changes shortly before' : `changed shortly before, ${clock(at, besides)}`}: ${line} (${source})`;

/**
 * A line about each hypothesis, those that were decided first, then the changes. Hypotheses with the same answer share
 * a line.
 */
export const confirmationLines = (
  { findings, changes = [] }: Pick<AwsConfirmation, 'findings' | 'changes'>,
  besides = '',
): readonly string[] => {
  const order: readonly AwsVerdict[] = ['confirmed', 'refuted', 'unknown'];
  const sorted = findings.toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
  const decided = [...Map.groupBy(sorted, findingWords)].map(
    ([words, alike]) => `${[...new Set(alike.map(({ hypothesis }) => hypothesis))].join(', ')}: ${words}`,
  );
  return [...decided, ...changes.map((one) => changeWords(one, besides))];
};

/** `AWS, 7 calls in 0.3 s` */
export const confirmationTitle = ({ calls, durationMs }: AwsConfirmation): string =>
  `AWS, ${plural(calls, 'call')} in ${duration(durationMs)}`;
