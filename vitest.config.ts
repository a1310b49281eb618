import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const all = 'test/**/*.test.ts';
const real = 'test/real/**/*.test.ts';
const slow = 'test/**/*.slow.test.ts';

/**
 * One file more than there are cores: most slow tests wait, for limits and for servers. Vitest's own choice, one fewer
 * than there are cores, would leave half of a machine with two of them idle.
 */
const maxWorkers = availableParallelism() + 1;

/** Guards against a test that hangs, not measures: these machines are shared, and a slow minute is no failure. */
const guards = { testTimeout: 240_000, hookTimeout: 300_000 };

/** All run side by side, as one group. */
const common = {
  ...guards,
  maxWorkers,
  sequence: { groupOrder: 1 },
  // A title says all of it: no value of a table is cut.
  taskTitleValueFormatTruncate: 0,
};

/** Minutes each, several times as long as any other: begun last, one would run alone at the end. */
const longest = ['otherwise', 'registration-load', 'deployment'].map((name) => `test/real/${name}.test.ts`);
const isLongest = ({ moduleId }: TestSpecification): number => Number(longest.some((file) => moduleId.endsWith(file)));

/** Vitest begins projects in the order of their names, which suits: the real ones take longest, the quick ones fill up. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => isLongest(b) - isLongest(a));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    // For all projects, once a run.
    globalSetup: ['test/setup/built.ts'],
    projects: [
      {
        test: {
          // Against real servers (MLflow, moto, the Lambda runtime), which it sets up itself.
          ...common,
          name: 'real',
          include: [real],
          globalSetup: ['test/setup/global-setup.ts'],
        },
      },
      // Many processes of the built product, many cases, or limits that have to pass: seconds a file, and more.
      { test: { ...common, name: 'slow', include: [slow], exclude: [real] } },
      // What `npm run test:quick` runs.
      { test: { ...common, name: 'unit', isolate: false, include: [all], exclude: [real, slow] } },
    ],
  },
});
