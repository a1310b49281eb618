import { isNews, isStillFailing, withStatus } from '../model/predicates.ts';
import type { Request } from '../model/requests.ts';
import { worstWords } from '../wording/requests.ts';
import { stillFailingWords } from '../wording/status.ts';
import { calmLine, loudLines } from './entry.ts';
import type { Page, Section } from './page.ts';
import { hostGroups, type ResultGroup } from './results.ts';

/** One section per host. `names`: host names by role. */
export const hostSections = (
  all: readonly Request[],
  names: Readonly<Record<string, string>>,
  page: Page,
): readonly Section[] =>
  hostGroups(all, names).map((group) => ({ trouble: group.results.some(isNews), lines: renderHost(group, page) }));

/** `4 of 16 still failing as before` */
const stillWords = (results: readonly Request[]): string =>
  `${results.filter(isStillFailing).length} of ${results.length} ${stillFailingWords}`;

const renderHost = ({ title, results }: ResultGroup, page: Page): readonly string[] => {
  const { colors } = page;
  const failing = withStatus(results, 'fail').length > 0;
  const heading = failing
    ? colors.red(colors.bold(`✗ ${title}   ${worstWords(results)}`))
    : results.some(isNews)
      ? colors.yellow(colors.bold(`! ${title}   ${worstWords(results)}`))
      : results.some(isStillFailing)
        ? colors.yellow(`! ${colors.bold(title)}   ${stillWords(results)}`)
        : `${colors.green('✓')} ${colors.bold(title)}`;
  return [
    heading,
    ...results.filter((one) => !isNews(one)).map((one) => calmLine(one, page)),
    ...loudLines(results.filter(isNews), page),
  ];
};
