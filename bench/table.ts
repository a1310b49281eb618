import { median } from './statistics.ts';

/** One figure, with the values of all runs per column. A missing column was not measured. */
export interface Row {
  readonly figure: string;
  readonly columns: Readonly<Record<string, readonly number[]>>;
  readonly goal: string;
}

export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /** Explanations of the figures, one paragraph each. */
  readonly notes: readonly string[];
}

/** Rounds to three significant digits. */
const shown = (value: number): string => value.toFixed(Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2);

const cell = (values: readonly number[] | undefined): string =>
  values === undefined || values.length === 0
    ? '–'
    : `${shown(median(values))} (${shown(Math.min(...values))}–${shown(Math.max(...values))})`;

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** A Markdown table with the median, minimum and maximum of the runs. */
export const renderTable = ({ title, columns, rows, notes }: Table): string =>
  [
    `## ${title}`,
    '',
    line(['figure', ...columns, 'goal']),
    line(['---', ...columns.map(() => '---:'), '---']),
    ...rows.map(({ figure, columns: values, goal }) =>
      line([figure, ...columns.map((column) => cell(values[column])), goal]),
    ),
    ...notes.flatMap((note) => ['', note]),
  ].join('\n');
