import { defineConfig } from 'vitest/config';

const real = 'test/real/**/*.test.ts';

export default defineConfig({
  test: {
    // For both projects, once a run.
    globalSetup: ['test/setup/built.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [real],
          // A guard against a test that hangs, not a measure: these machines are shared, and a slow minute is no failure.
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // Not 0, which comes last where there is one worker.
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          // Against real servers (MLflow, moto, the Lambda runtime), which it sets up itself: after the others, not beside them.
          name: 'real',
          include: [real],
          globalSetup: ['test/setup/global-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
