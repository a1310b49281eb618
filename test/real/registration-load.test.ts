import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RealMlflow, startRealMlflow } from '../setup/mlflow-server.ts';
import { inspectWithPythonClient } from '../setup/python-client.ts';
import { describeWith } from '../setup/real-parts.ts';
import { flowTroubles, onPlatform, type Platform, startPlatform } from '../support/registering.ts';
import { askMlflow, contentsOf, type RegistryContents } from '../support/registry-contents.ts';

/** Long enough for the slowest machine: none of this is about time. */
const patienceMs = 480_000;

describeWith('mlflow', 'many registration flows on one real MLflow 3.9.0', () => {
  let mlflow: RealMlflow;
  let platform: Platform;
  let before: RegistryContents;

  beforeAll(async () => {
    mlflow = await startRealMlflow({ staticPrefix: '/mlflow' });
    platform = await startPlatform(mlflow.url);
    // Somebody's own model, which nobody may lose.
    await askMlflow(mlflow, 'POST', 'registered-models/create', { name: 'hokusai-synthetics-of-somebody' });
    const source = 'mlflow-artifacts:/0/somewhere/artifacts/model';
    await askMlflow(mlflow, 'POST', 'model-versions/create', { name: 'hokusai-synthetics-of-somebody', source });
    await askMlflow(mlflow, 'POST', 'runs/create', { experiment_id: '0', start_time: 1 });
    await fetch(`${mlflow.url}/api/2.0/mlflow-artifacts/artifacts/0/somewhere/artifacts/model/MLmodel`, {
      method: 'PUT',
      body: 'flavors: {}\n',
    });
    before = await contentsOf(mlflow);
  });
  afterAll(async () => {
    await platform?.close();
    await mlflow?.close();
  });

  it(
    'a hundred runs one after the other all pass, and leave the registry unchanged',
    async () => {
      for (let count = 1; count <= 100; count += 1)
        expect(flowTroubles(await platform.run()), `flow ${count}`).toEqual([]);
      expect(await contentsOf(mlflow)).toEqual(before);
    },
    patienceMs,
  );

  it(
    'twenty runs at once all pass, and leave the registry unchanged',
    async () => {
      const flows = await Promise.all(Array.from({ length: 20 }, () => platform.run()));
      expect(flows.map(flowTroubles)).toEqual(flows.map(() => []));
      expect(new Set(flows.map(({ model }) => model)).size).toBe(20);
      expect(await contentsOf(mlflow)).toEqual(before);
      expect(inspectWithPythonClient(mlflow)).toMatchObject({
        models: before.models,
        versions: 1,
        runs: before.runs,
        loggedModels: [],
      });
    },
    patienceMs,
  );

  it(
    "another environment on the same registry is undisturbed by this one's sweeps",
    async () => {
      await onPlatform(mlflow.url, { environment: 'production' }, async (other) => {
        const flows = Promise.all(Array.from({ length: 5 }, () => other.run()));
        let over = false;
        const ended = flows.finally(() => {
          over = true;
        });
        // Everything of this environment counts as left over, whatever its age.
        while (!over) expect(await platform.sweep({ olderThan: Date.now() + 60_000 })).toMatchObject({ found: [] });
        expect((await ended).flatMap(flowTroubles)).toEqual([]);
      });
      expect(await contentsOf(mlflow)).toEqual(before);
    },
    patienceMs,
  );
});
