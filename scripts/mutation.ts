/**
 * `npm run mutation -- classify 1/10`: changes a room's code in one place after another (Stryker's mutants) and counts
 * how many of the changes its quick tests notice. 1/10 takes a tenth of the mutants, 2/10 another tenth.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { rooms } from './mutation/rooms.ts';
import { summary, survivors } from './mutation/summary.ts';

const [name = '', slice = '1/10'] = process.argv.slice(2);
const room = rooms.get(name);
if (room === undefined) throw new Error(`Name one of ${[...rooms.keys()].join(', ')}`);
process.env['MUTATION_TESTS'] = JSON.stringify(room.tests);
process.env['MUTATION_SLICE'] = slice;

const stryker = new Stryker({
  mutate: [...room.mutate],
  testRunner: 'vitest',
  vitest: { configFile: 'scripts/mutation/vitest.config.ts', related: false },
  plugins: [import.meta.resolve('@stryker-mutator/vitest-runner'), import.meta.resolve('./mutation/sample.ts')],
  checkers: ['sample'],
  coverageAnalysis: 'perTest',
  // A mutant of a constant at module level would need all tests each time; most are words and tables.
  ignoreStatic: true,
  concurrency: 1,
  // A busy machine must not count as a killed mutant. A loop without end is found by its count.
  timeoutMS: 30_000,
  reporters: ['progress-append-only'],
  allowConsoleColors: false,
  ignorePatterns: ['dist', 'docs', 'bench', '.cache', 'test/real', 'test/fuzz'],
  tempDirName: join(tmpdir(), `hokusai-mutation-${process.pid}`),
  // TypeScript 7 has no interface for Stryker to rewrite tsconfig.json with.
  tsconfigFile: 'none.json',
  warnings: false,
});
const results = await stryker.runMutationTest();
for (const line of [...survivors(results), summary(name, slice, results)]) console.log(line);
