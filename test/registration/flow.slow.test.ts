import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stepIds } from '../../src/platform/flow-steps.ts';
import { type Registry, startRegistry, stepOf, stepTroubles } from './platform.ts';

let registry: Registry;

beforeEach(async () => {
  registry = await startRegistry();
});

afterEach(() => registry.close());

const nothing = { models: [], versions: 0, runs: [], loggedModels: 0 };

describe('the model-registration flow', () => {
  it('runs every step and leaves nothing behind', async () => {
    const flow = await registry.run();
    expect(stepTroubles(flow)).toEqual([]);
    expect(flow.status).toBe('pass');
    expect(flow.steps.map(({ id }) => id)).toEqual(stepIds);
    expect(flow.cleanup).toMatchObject({ status: 'pass', leftBehind: [] });
    expect(flow.cleanup.removed.map(({ thing }) => thing)).toEqual([
      'alias',
      'model-version',
      'model-version',
      'registered-model',
      'run-artifacts',
      'model-artifacts',
      'logged-model',
      'run',
    ]);
    expect(await registry.contents()).toEqual(nothing);
  });

  it('really creates its objects: another client sees them while it runs', async () => {
    const seen: unknown[] = [];
    const flow = await registry.run(() => 'pass', {
      onStep: ({ id }) => {
        if (id === 'search-model') seen.push(registry.contents());
      },
    });
    // What was asked for within the flow was answered before its clean-up could delete the run, which is the last thing that goes.
    expect(((await seen[0]) as { readonly runs: readonly string[] }).runs).toHaveLength(1);
    expect(flow.status).toBe('pass');
  });

  it('uses one permanent experiment, and restores it after a deletion', async () => {
    await registry.run();
    const before = await registry.ask('GET', 'experiments/get-by-name?experiment_name=hokusai-synthetics');
    const { experiment_id } = before['experiment'] as { readonly experiment_id: string };
    await registry.ask('POST', 'experiments/delete', { experiment_id });
    const flow = await registry.run();
    expect(stepTroubles(flow)).toEqual([]);
    const after = await registry.ask('GET', 'experiments/get-by-name?experiment_name=hokusai-synthetics');
    expect(after['experiment']).toMatchObject({ experiment_id, lifecycle_stage: 'active' });
  });

  it('can run twenty times at once, even if no run finds the experiment at first', async () => {
    const flows = await Promise.all(Array.from({ length: 20 }, () => registry.run()));
    expect(flows.flatMap(stepTroubles)).toEqual([]);
    expect(new Set(flows.map(({ model }) => model)).size).toBe(20);
    expect(await registry.contents()).toEqual(nothing);
  });

  it('cleans up even if the cycle ends in the middle', async () => {
    const flow = await registry.run((_method, path) => (path.endsWith('/registered-models/alias') ? 'hang' : 'pass'), {
      deadlineMs: 6_000,
      limits: { cleanupReserveMs: 4_000 },
    });
    expect(stepOf(flow, 'set-alias')).toMatchObject({ status: 'inconclusive', failureMode: 'deadline-exceeded' });
    expect(flow.status).toBe('inconclusive');
    expect(flow.cleanup.leftBehind).toEqual([]);
    expect(await registry.contents()).toEqual(nothing);
  });

  it('is slow when responses are slow, but not when a single step timed out', async () => {
    const flow = await registry.run(
      (method, path) => (method === 'PUT' && path.includes('/mlflow-artifacts/') ? 'hang' : 'pass'),
      {
        deadlineMs: 25_000,
        limits: { decisiveMs: 10_000 },
      },
    );
    expect(stepOf(flow, 'upload-artifacts')).toMatchObject({ status: 'fail', failureMode: 'response-timeout' });
    expect(flow.steps.filter(({ failureMode }) => failureMode === 'slow')).toEqual([]);
  });

  it('names objects that it could not delete, and continues with the rest', async () => {
    const flow = await registry.run((method, path) =>
      method === 'DELETE' && path.endsWith('/model-versions/delete') ? 'lose-body' : 'pass',
    );
    expect(flow.cleanup).toMatchObject({ status: 'degraded', failureMode: 'cleanup-failed' });
    expect(flow.cleanup.leftBehind.map(({ thing, id }) => [thing, id])).toEqual([
      ['model-version', `${flow.model}/2`],
      ['model-version', `${flow.model}/1`],
    ]);
    expect(flow.status).toBe('degraded');
  });
});

describe('a registry that cannot delete', () => {
  it('gets no objects: the flow says why, and still runs the reads that need none', async () => {
    const flow = await registry.run((method) => (method === 'DELETE' ? 'lose-body' : 'pass'));
    expect(stepOf(flow, 'prove-deletion')).toMatchObject({ status: 'fail', failureMode: 'cleanup-impossible' });
    expect(stepOf(flow, 'prove-deletion').evidence.summary).toContain('nothing is created');
    expect(stepOf(flow, 'read-registry').status).toBe('pass');
    expect(stepOf(flow, 'create-run').status).toBe('skipped');
    expect(flow.facts).toMatchObject({ readsWork: true, writesWork: null, artifactsWork: null, deletesThrough: null });
    const { runs } = await registry.contents();
    expect(runs).toEqual([]);
    const answer = await registry.ask('GET', 'experiments/get-by-name?experiment_name=hokusai-synthetics');
    expect(answer).toMatchObject({ error_code: 'RESOURCE_DOES_NOT_EXIST' });
  });

  it("gets deletions by the second route when only the users' route drops bodies", async () => {
    const flow = await registry.run((method, path) =>
      method === 'DELETE' && path.startsWith('/api/mlflow/') ? 'lose-body' : 'pass',
    );
    expect(stepTroubles(flow)).toEqual([]);
    expect(flow.facts.deletesThrough).toBe('https://registry.hokus.ai/mlflow/ajax-api/2.0/mlflow');
    expect(await registry.contents()).toEqual(nothing);
  });
});
