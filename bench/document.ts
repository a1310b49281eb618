import { renderTable, type Table } from './table.ts';

export interface Measurements {
  readonly machine: readonly string[];
  /** The language that the target is written in. */
  readonly target: string;
  readonly runs: number;
  readonly tables: readonly Table[];
}

export const composeDocument = ({ machine, target, runs, tables }: Measurements): string =>
  [
    '# Benchmarks',
    '',
    'Written by `npm run bench -- --write`.',
    '',
    ...machine.map((fact) => `- ${fact}`),
    `- target: a separate process, in ${target}`,
    `- each figure: the median of ${runs} runs (least–greatest), the probers take turns`,
    '',
    tables.map(renderTable).join('\n\n'),
    '',
  ].join('\n');
