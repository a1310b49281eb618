import { expect, it } from 'vitest';
import type { FailureMode } from '../../src/model/failure-modes.ts';
import type { StepId } from '../../src/platform/flow-steps.ts';
import type { RealMlflowOptions } from '../setup/mlflow-server.ts';
import { describeWith } from '../setup/real-parts.ts';
import { startTogether, type Wanted } from '../setup/started-together.ts';
import { firstFailure, onPlatform } from '../support/registering.ts';
import { contentsOf } from '../support/registry-contents.ts';

interface Started extends Wanted {
  readonly step: StepId;
  readonly mode: FailureMode;
}

const as = (options: RealMlflowOptions): RealMlflowOptions => ({ staticPrefix: '/mlflow', ...options });

const wrong: readonly Started[] = [
  {
    title: 'with its own authentication',
    parts: ['mlflow'],
    options: as({ basicAuth: true }),
    step: 'credentials',
    mode: 'auth-rejected',
  },
  {
    title: 'without serving artifacts',
    parts: ['mlflow'],
    options: as({ servesArtifacts: false }),
    step: 'create-run',
    mode: 'artifact-store-error',
  },
  {
    title: 'without room for artifacts',
    parts: ['mlflow', 'small-disk'],
    options: as({ artifactDiskFull: true }),
    step: 'upload-artifacts',
    mode: 'artifact-store-error',
  },
];

const serverOf = startTogether(wrong);

for (const { title, parts, options, step, mode } of wrong)
  describeWith(parts, `a real MLflow 3.9.0 that was started ${title}`, () => {
    it(`fails at ${step}, as ${mode}, and nothing is left`, async () => {
      const mlflow = serverOf(title);
      const flow = await onPlatform(mlflow.url, {}, (platform) => platform.run());

      expect(firstFailure(flow)).toEqual([step, mode]);
      expect(flow.steps.find(({ id }) => id === step)?.answeredBy).toBe('mlflow');
      expect(flow.cleanup.leftBehind).toEqual([]);
      // With its user check it tells nobody what it holds.
      if (options.basicAuth !== true)
        expect(await contentsOf(mlflow)).toMatchObject({ models: [], runs: [], loggedModels: [] });
    });
  });
