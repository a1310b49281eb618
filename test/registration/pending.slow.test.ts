import { afterAll, beforeAll, expect, it } from 'vitest';
import { put, runAltered } from './hostile.ts';
import { type Registry, startRegistry, stepOf } from './platform.ts';

let registry: Registry;

beforeAll(async () => {
  registry = await startRegistry();
});

afterAll(() => registry.close());

it.each([
  {
    step: 'await-versions',
    where: { method: 'GET', ending: '/model-versions/get' },
    field: 'model_version.status',
    status: 'PENDING_REGISTRATION',
  },
  {
    step: 'finish-logged-model',
    where: { method: 'PATCH', ending: /\/logged-models\/m-\w+$/ },
    field: 'model.info.status',
    status: 'LOGGED_MODEL_PENDING',
  },
] as const)('$step: a status that MLflow gives is MLflow’s, whoever passed it on', async (given) => {
  const { step, where, field, status } = given;
  const limits = { pendingMs: 0 };
  const { flow } = await runAltered(registry, [[where, { alter: put(field, status) }]], { limits });

  expect(stepOf(flow, step)).toMatchObject({
    failureMode: 'version-not-ready',
    hop: 'mlflow',
    answeredBy: 'mlflow',
    evidence: { summary: expect.stringMatching(`^200 by MLflow: .*${status}`) },
  });
  expect(flow.cleanup.leftBehind).toEqual([]);
});
