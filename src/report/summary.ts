import { idsOf, isOfCycle } from '../model/predicates.ts';
import type { Report, Verdict } from '../model/report.ts';
import { isOfFlow, leftBehindIn, requests } from '../model/requests.ts';
import { shownVerdict } from '../wording/awaited.ts';
import { plainText } from '../wording/plain-text.ts';
import { countWords } from '../wording/requests.ts';
import { knownAs, recoveredWords, verdictLead } from '../wording/status.ts';
import { fitted, words } from './fit.ts';
import type { Page } from './page.ts';
import type { Colors } from './paint.ts';

/** Ids of the known failures, by how they are known. */
export const knownByWords = (report: Report): readonly (readonly [string, readonly string[]])[] =>
  [
    ...Map.groupBy(
      requests(report).filter((one) => one.known && isOfCycle(one)),
      knownAs,
    ),
  ].map(([words, all]) => [words, idsOf(all).map(plainText)] as const);

/** The differences from the baseline. */
export const renderNotes = (report: Report, { colors, width }: Pick<Page, 'colors' | 'width'>): readonly string[] => {
  const recovered = report.recovered.map(plainText).join(', ');
  return [
    ...knownByWords(report).flatMap(([about, ids]) => words(`${about}: ${ids.join(', ')}`, width).map(colors.dim)),
    ...(recovered === '' ? [] : words(`${recoveredWords}: ${recovered}`, width).map(colors.yellow)),
  ];
};

/** The verdict and the counts on one line: of all requests, with those of the flow in brackets. */
export const summaryLine = (report: Report, colors: Colors): string =>
  summaryLines(report, { colors, width: Number.POSITIVE_INFINITY }).join('');

/** The same on lines of this width. */
export const summaryLines = (report: Report, { colors, width }: Pick<Page, 'colors' | 'width'>): readonly string[] => {
  const verdict = shownVerdict(report);
  const all = requests(report).filter(isOfCycle);
  const flow = all.filter(isOfFlow);
  const left = leftBehindIn(flow).length;
  const paint: Readonly<Record<Verdict, (text: string) => string>> = {
    healthy: colors.green,
    degraded: colors.yellow,
    'still-failing': colors.yellow,
    failing: colors.red,
    inconclusive: colors.yellow,
  };
  const ofFlow = `registration: ${countWords(flow)}${left === 0 ? '' : `, ${left} left behind`}`;
  const counts = flow.length === all.length ? [ofFlow] : [countWords(all), `(${ofFlow})`];
  const said = verdictLead(verdict, all);
  const [first, ...more] = all.length === 0 ? [] : flow.length === 0 ? [countWords(all)] : counts;
  return fitted([first === undefined ? said : `${said} · ${first}`, ...more], ' ', width).map((line, index) =>
    index === 0 && line.startsWith(said) ? paint[verdict](colors.bold(said)) + line.slice(said.length) : line,
  );
};
