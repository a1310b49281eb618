import { isNews, withStatus } from '../model/predicates.ts';
import type { Request } from '../model/requests.ts';
import { worstWords } from '../wording/requests.ts';
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

const renderHost = ({ title, results }: ResultGroup, page: Page): readonly string[] => {
  const { colors } = page;
  const failing = withStatus(results, 'fail').length > 0;
  const heading = failing
    ? colors.red(colors.bold(`✗ ${title}   ${worstWords(results)}`))
    : results.some(isNews)
      ? colors.yellow(colors.bold(`! ${title}   ${worstWords(results)}`))
      : `${colors.green('✓')} ${colors.bold(title)}`;
  return [
    heading,
    ...results.filter((one) => !isNews(one)).map((one) => calmLine(one, page)),
    ...loudLines(results.filter(isNews), page),
  ];
};
