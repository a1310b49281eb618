import { isNews, isStillFailing, withStatus } from '../model/predicates.ts';
import type { Request } from '../model/requests.ts';
import { plural } from '../wording/count.ts';
import { worstWords } from '../wording/requests.ts';
import { stillFailingWords } from '../wording/status.ts';
import { calmWords } from './calm.ts';
import { calmLine, loudLines } from './entry.ts';
import type { Page, Section } from './page.ts';
import { hostGroups, type ResultGroup } from './results.ts';

/** One section per host: what fails, and the rest in a line. `names`: host names by role. */
export const hostSections = (
  all: readonly Request[],
  names: Readonly<Record<string, string>>,
  page: Page,
): readonly Section[] =>
  hostGroups(all, names).map((group) => ({
    trouble: group.results.some(isNews),
    lines: [heading(group, page), ...restLines(group, page)],
  }));

const heading = ({ title, results }: ResultGroup, { colors }: Page): string => {
  if (withStatus(results, 'fail').length > 0) return colors.red(colors.bold(`✗ ${title}   ${worstWords(results)}`));
  if (results.some(isNews)) return colors.yellow(colors.bold(`! ${title}   ${worstWords(results)}`));
  return results.some(isStillFailing)
    ? colors.yellow(`! ${colors.bold(title)}   ${stillWords(results)}`)
    : `${colors.green('✓')} ${colors.bold(title)}   ${colors.dim(calmWords(results))}`;
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
