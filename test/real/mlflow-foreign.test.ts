import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RealMlflow, startRealMlflow } from '../setup/mlflow-server.ts';
import { describeWith } from '../setup/real-parts.ts';
import { flowTroubles, onPlatform } from '../support/registering.ts';

/** MLflow's longest tag, times so many that one row has twice the bytes of the largest response that is read. */
const tags = Array.from({ length: 100 }, (_, n) => ({ key: `foreign${n}`, value: 'x'.repeat(5_000) }));

describeWith(['mlflow'], 'a real MLflow 3.9.0 full of other people’s large tags', () => {
  let mlflow: RealMlflow;
  beforeAll(async () => {
    mlflow = await startRealMlflow({ staticPrefix: '/mlflow' });
    const post = async (route: string, body: object): Promise<void> => {
      const response = await fetch(`${mlflow.url}/api/2.0/mlflow/${route}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new Error(`${route}: ${response.status} ${await response.text()}`);
    };
    await post('experiments/create', { name: 'foreign', tags });
    await post('experiments/create', { name: 'hokusai-synthetics', tags });
    await post('registered-models/create', { name: 'aaa-foreign', tags });
  });
  afterAll(() => mlflow.close());

  it('still gets a model registered, and every step passes', async () => {
    expect(flowTroubles(await onPlatform(mlflow.url, {}, (platform) => platform.run()))).toEqual([]);
  });
});
