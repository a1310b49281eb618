import {
  answerLabels,
  incidentSureness,
  explanationLabels as labels,
  runbookIn,
  sureHeadlinesOf,
} from '../../wording/causes.ts';
import { few } from '../../wording/count.ts';
import { hopLegend } from '../../wording/hops.ts';
import { affectedTitle, everAffectedCount, failingCycleWords, returnWords } from '../../wording/incident.ts';
import { capital, plainText, wrapped } from '../../wording/plain-text.ts';
import { withSureness } from '../../wording/probability.ts';
import { shortPath } from '../../wording/short-path.ts';
import { clock, sinceWords, span } from '../../wording/time.ts';
import { noKnownCauseSentence } from '../../wording/unexplained.ts';
import type { Colors } from '../paint.ts';
import { alikeOf, commandsOf, recoveredIds } from './evidence.ts';
import type { KeptIncident } from './remembered.ts';
import { timelineOf } from './timeline.ts';

/** Steps of a tie of four. */
const mostSteps = 8;
const shownIds = 12;

/** One incident as text: what it is, its story, evidence, path, causes and commands. */
export const storyLines = (
  kept: KeptIncident,
  { colors, width }: { readonly colors: Colors; readonly width: number },
): readonly string[] => {
  const { view, now } = kept;
  const section = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : ['', colors.bold(title), ...lines];
  const folded = (text: string, indent: string): readonly string[] =>
    wrapped(text.split(' '), ' ', width - indent.length).map((line, index) =>
      index === 0 ? indent + line : `${' '.repeat(indent.length)}${line}`,
    );
  const { id, severity, startedAt, resolvedAt } = view;
  const mark = resolvedAt === null ? colors.red('✗') : colors.green('✓');
  const [only, ...more] = view.causes;
  return [
    `${mark} ${colors.bold(plainText(id))}  ${severity}, ${resolvedAt === null ? 'open' : 'resolved'}`,
    ...folded(sureHeadlinesOf(view), '  '),
    `  ${[
      resolvedAt === null
        ? sinceWords(startedAt, new Date(now).toISOString())
        : `from ${clock(startedAt)} to ${clock(resolvedAt, startedAt)} (${span(startedAt, resolvedAt)})`,
      failingCycleWords(view),
      returnWords(view),
      view.acknowledged === null && resolvedAt === null ? 'not acknowledged' : '',
    ]
      .filter((words) => words !== '')
      .join(' · ')}`,
    ...section(
      'Story',
      timelineOf(kept).flatMap(({ at, text }) => folded(text, `  ${clock(at).padEnd(clockWidth)}  `)),
    ),
    ...section('Path', pathLines(kept, width)),
    ...section(affectedTitle(view), [
      ...alikeOf(view.affected).flatMap(({ failureMode, summary, ids }) => [
        ...folded(`${failureMode}: ${few(ids, shownIds)}`, '  '),
        ...folded(summary, '      '),
      ]),
      ...(view.affectedCount > view.affected.length ? [`  and ${view.affectedCount - view.affected.length} more`] : []),
      ...earlierLines(kept).flatMap((line) => folded(line, '  ')),
    ]),
    ...section(
      'Cause',
      causeLines(kept).flatMap((line) => folded(line, '  ')),
    ),
    ...section(
      capital(labels.next),
      commandsOf(view, kept.hosts, mostSteps).flatMap(({ command, ifTrue, ifFalse, headline }, index) => {
        const { yes, no } = answerLabels({ headline });
        return [
          `  ${index + 1}  ${command}`,
          ...folded(`${yes}: ${ifTrue}`, '     '),
          ...folded(`${no}: ${ifFalse}`, '     '),
        ];
      }),
    ),
    ...(only === undefined || more.length > 0
      ? []
      : section(capital(labels.fix), folded(runbookIn(only.id, view, null).remedy, '  '))),
  ];
};

/** `2026-11-21 02:57 UTC` */
const clockWidth = 20;

const pathLines = ({ view: { path } }: KeptIncident, width: number): readonly string[] => {
  const line = shortPath(path, width - 2);
  return line === null ? ['  the broken hop is not known'] : [`  ${line}`, `  (${hopLegend})`];
};

const causeLines = ({ view }: KeptIncident): readonly string[] => {
  const sure = incidentSureness(view);
  if (view.causes.length === 0) return [noKnownCauseSentence];
  return [
    ...view.causes.map((cause) => `${withSureness(cause.id, sure(cause))}: ${runbookIn(cause.id, view, null).title}`),
    ...(view.notRuledOut.length === 0
      ? []
      : [`${labels.notRuledOut}: ${view.notRuledOut.map((one) => withSureness(one.id, sure(one))).join(', ')}`]),
  ];
};

const earlierLines = ({ view }: KeptIncident): readonly string[] => {
  const earlier = recoveredIds(view);
  return earlier.length === 0
    ? []
    : [`${everAffectedCount(view)} in all; earlier, or not shown above: ${few(earlier, shownIds)}`];
};
