import { isNews, isStillFailing, withStatus } from '../model/predicates.ts';
import type { Request } from '../model/requests.ts';
import { plural } from '../wording/count.ts';
import { worstWords } from '../wording/requests.ts';
import { stillFailingWords } from '../wording/status.ts';
import { calmWords } from './calm.ts';
import { calmLine, loudLines } from './entry.ts';
import { below, words } from './fit.ts';
import type { Page, Section } from './page.ts';
import type { Colors } from './paint.ts';
import { hostGroups, type ResultGroup } from './results.ts';

/** One section per host: what fails, and the rest in a line. `names`: host names by role. */
export const hostSections = (
  all: readonly Request[],
  names: Readonly<Record<string, string>>,
  page: Page,
): readonly Section[] =>
  hostGroups(all, names).map((group) => ({
    trouble: group.results.some(isNews),
    lines: [...heading(group, page), ...restLines(group, page)],
  }));

const heading = ({ title, results }: ResultGroup, { colors, width }: Page): readonly string[] => {
  const look = lookOf(results, colors);
  const start = `${look.mark} ${colors.bold(title)}`;
  return title.length + look.said.length + '✗    '.length <= width
    ? [look.title(`${start}   ${look.rest(look.said)}`)]
    : [look.title(start), ...below(words(look.said, width - 2), 2).map((line) => look.title(look.rest(line)))];
};

interface Look {
  readonly mark: string;
  readonly said: string;
  readonly title: (text: string) => string;
  readonly rest: (text: string) => string;
}

const lookOf = (results: readonly Request[], colors: Colors): Look => {
  const plain = (text: string): string => text;
  const loud = { said: worstWords(results), rest: plain };
  if (withStatus(results, 'fail').length > 0)
    return { mark: '✗', ...loud, title: (text) => colors.red(colors.bold(text)) };
  if (results.some(isNews)) return { mark: '!', ...loud, title: (text) => colors.yellow(colors.bold(text)) };
  return results.some(isStillFailing)
    ? { mark: '!', said: stillWords(results), title: colors.yellow, rest: plain }
    : { mark: colors.green('✓'), said: calmWords(results), title: plain, rest: colors.dim };
};

/** `4 of 16 still failing as before` */
const stillWords = (results: readonly Request[]): string =>
  `${results.filter(isStillFailing).length} of ${results.length} ${stillFailingWords}`;

const restLines = ({ results }: ResultGroup, page: Page): readonly string[] => {
  const [calm, loud] = [results.filter((one) => !isNews(one)), results.filter(isNews)];
  if (page.isVerbose) return [...calm.map((one) => calmLine(one, page)), ...loudLines(loud, page)];
  return [
    ...loudLines(loud, page),
    ...(loud.length > 0 && calm.length > 0
      ? [page.colors.dim(`  ${plural(calm.length, 'other')}: ${othersWords(calm)}`)]
      : []),
  ];
};

/** `9 pass, 2 known, 3 skipped` */
const othersWords = (calm: readonly Request[]): string =>
  [
    [calm.filter(({ status, known }) => status === 'pass' && !known).length, 'pass'] as const,
    [calm.filter(({ known }) => known).length, 'known'] as const,
    [withStatus(calm, 'skipped').length, 'skipped'] as const,
  ]
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(', ');
