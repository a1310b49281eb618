/** A table. Cells may contain a bar. */
export const table = (heading: readonly string[], rows: readonly (readonly string[])[]): readonly string[] => [
  rowOf(heading),
  `|${heading.map(() => '---').join('|')}|`,
  ...rows.map(rowOf),
];

const rowOf = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

export const dollars = (amount: number): string => `$${amount.toFixed(2)}`;

export const quantity = (amount: number): string =>
  amount.toLocaleString('en-US', { maximumFractionDigits: amount < 10 ? 2 : 0 });

const markers = (name: string) => ({ begin: `<!-- ${name}: npm run generate -->`, end: `<!-- end of ${name} -->` });

/** The page with a part's lines replaced between its markers. @throws if there is no such part */
export const withPart = (page: string, name: string, lines: readonly string[]): string => {
  const { begin, end } = markers(name);
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`the page has no part ${name}`);
  return [page.slice(0, from + begin.length), '', ...lines, '', page.slice(to)].join('\n');
};
