import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Properties, and the diagnosis of every recorded report. */
const isLong = ({ moduleId }: TestSpecification): number => Number(/propert|diagnose\/evidence/.test(moduleId));

/** A run ends with the first test that fails. */
class LongestLast extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((a, b) => isLong(a) - isLong(b));
  }
}

export default defineConfig({
  test: {
    isolate: false,
    include: JSON.parse(process.env['MUTATION_TESTS'] ?? '[]'),
    exclude: ['test/**/*.slow.test.ts'],
    setupFiles: ['scripts/mutation/setup.ts'],
    sequence: { sequencer: LongestLast },
    testTimeout: 60_000,
  },
});
