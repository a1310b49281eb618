import { expect, test } from 'vitest';
import { clientFor, missingParameter, mlflowError, type System, wrongType } from './system.ts';

const missingRun = mlflowError(404, 'RESOURCE_DOES_NOT_EXIST', 'Run with id=nobody not found');

export const runContract = (system: () => System): void => {
  const mlflow = clientFor(system);
  const read = async (run_id: string, part: string): Promise<unknown> =>
    (await mlflow.get('runs/get', { run_id })).at(`run.${part}`);

  test('a new run is running and has the place of its artifacts', async () => {
    const experiment_id = await mlflow.experiment();
    const created = await mlflow.post('runs/create', {
      experiment_id,
      start_time: 1_700_000_000_000,
      run_name: 'probe',
      tags: [{ key: 'synthetic', value: 'true' }],
    });
    const run_id = created.string('run.info.run_id');
    const run = {
      info: {
        run_id,
        run_uuid: run_id,
        experiment_id,
        run_name: 'probe',
        user_id: '',
        status: 'RUNNING',
        start_time: 1_700_000_000_000,
        artifact_uri: `mlflow-artifacts:/${experiment_id}/${run_id}/artifacts`,
        lifecycle_stage: 'active',
      },
      data: {
        tags: expect.toSatisfy((tags) => tags.length === 2),
      },
      inputs: {},
    };

    expect(created).toMatchObject({ status: 200 });
    expect(run_id).toMatch(/^[0-9a-f]{32}$/);
    expect(created.json).toEqual({ run });
    expect((await mlflow.get('runs/get', { run_id })).json).toEqual({ run: { ...run, outputs: {} } });
    expect(await read(run_id, 'data.tags')).toEqual(
      expect.arrayContaining([
        { key: 'synthetic', value: 'true' },
        { key: 'mlflow.runName', value: 'probe' },
      ]),
    );
  });

  test('a run without a name gets one, and a run without a start has none', async () => {
    const created = await mlflow.post('runs/create', { experiment_id: await mlflow.experiment() });

    expect(created.at('run.info')).toMatchObject({ run_name: expect.stringMatching(/./), start_time: 0 });
  });

  test('a run in no experiment, or with an invalid start, is refused', async () => {
    expect(await mlflow.post('runs/create', { experiment_id: '999999', start_time: 1 })).toMatchObject(
      mlflowError(404, 'RESOURCE_DOES_NOT_EXIST', 'No Experiment with id=999999 exists'),
    );
    expect(await mlflow.post('runs/create', { experiment_id: '0', start_time: 'x' })).toMatchObject(
      wrongType('start_time', 'x', 'str'),
    );
  });

  test('any request for a missing run is a 404', async () => {
    expect(await mlflow.get('runs/get', { run_id: 'nobody' })).toMatchObject(missingRun);
    for (const path of ['runs/update', 'runs/delete', 'runs/log-batch'])
      expect(await mlflow.post(path, { run_id: 'nobody' })).toMatchObject(missingRun);
    expect(await mlflow.post('runs/outputs', { run_id: 'nobody', models: [{ model_id: 'm', step: 0 }] })).toMatchObject(
      missingRun,
    );
  });

  test('a request without a run gets an error about it', async () => {
    expect(await mlflow.get('runs/get')).toMatchObject(missingParameter('run_id'));
    for (const path of ['runs/update', 'runs/delete', 'runs/log-batch'])
      expect(await mlflow.post(path, {})).toMatchObject(missingParameter('run_id'));
    expect(await mlflow.post('runs/outputs', { run_id: 'x' })).toMatchObject(missingParameter('models'));
  });

  test('metrics, parameters and tags are read back as logged, with the last value of each metric', async () => {
    const run_id = await mlflow.run();
    const logged = await mlflow.post('runs/log-batch', {
      run_id,
      metrics: [
        { key: 'accuracy', value: 0.93, timestamp: 1_700_000_000_001, step: 1 },
        { key: 'accuracy', value: 0.91, timestamp: 1_700_000_000_002, step: 0 },
        { key: 'undefined', value: 'NaN', timestamp: 1_700_000_000_001, step: 0 },
      ],
      params: [{ key: 'rate', value: '0.1' }],
      tags: [{ key: 'purpose', value: 'probe' }],
    });

    expect(logged).toMatchObject({ status: 200, text: '{}' });
    expect(await read(run_id, 'data.metrics')).toEqual(
      expect.arrayContaining([
        { key: 'accuracy', value: 0.93, timestamp: 1_700_000_000_001, step: 1 },
        { key: 'undefined', value: 'NaN', timestamp: 1_700_000_000_001, step: 0 },
      ]),
    );
    expect(await read(run_id, 'data.params')).toEqual([{ key: 'rate', value: '0.1' }]);
    expect(await read(run_id, 'data.tags')).toContainEqual({ key: 'purpose', value: 'probe' });
  });

  test('an unreadable metric is a 200: it is stored as zero, and the following ones are lost', async () => {
    const run_id = await mlflow.run();
    const logged = await mlflow.post('runs/log-batch', {
      run_id,
      metrics: [
        { key: 'before', value: 1, timestamp: 1, step: 0 },
        { key: 'broken', value: 'abc', timestamp: 5, step: 7 },
        { key: 'after', value: 1, timestamp: 1, step: 0 },
      ],
      params: [{ key: 'after', value: '1' }],
    });

    expect(logged).toMatchObject({ status: 200, text: '{}' });
    expect(await read(run_id, 'data.metrics')).toHaveLength(2);
    expect(await read(run_id, 'data.metrics')).toContainEqual({ key: 'broken', value: 0, timestamp: 0, step: 0 });
    expect(await read(run_id, 'data.params')).toBeUndefined();
  });

  test('a metric without a value is named', async () => {
    expect(
      await mlflow.post('runs/log-batch', { run_id: await mlflow.run(), metrics: [{ key: 'accuracy', timestamp: 1 }] }),
    ).toMatchObject(missingParameter('metrics[0].value'));
  });

  test('a parameter can be logged again, but not changed', async () => {
    const run_id = await mlflow.run();
    const log = (value: string) => mlflow.post('runs/log-batch', { run_id, params: [{ key: 'rate', value }] });

    expect((await log('0.1')).status).toBe(200);
    expect((await log('0.1')).status).toBe(200);
    expect(await log('0.2')).toMatchObject(
      mlflowError(
        400,
        'INVALID_PARAMETER_VALUE',
        `Changing param values is not allowed. Params were already logged='[{'key': 'rate', 'old_value': '0.1', 'new_value': '0.2'}]' for run ID='${run_id}'.`,
      ),
    );
  });

  test('a finished run has an end time; an unknown status changes nothing', async () => {
    const run_id = await mlflow.run();
    const updated = await mlflow.post('runs/update', { run_id, status: 'FINISHED', end_time: 1_700_000_009_999 });

    expect(updated.json).toMatchObject({ run_info: { run_id, status: 'FINISHED', end_time: 1_700_000_009_999 } });
    expect((await mlflow.post('runs/update', { run_id, status: 'BOGUS' })).at('run_info.status')).toBe('FINISHED');
    expect(await read(run_id, 'info')).toMatchObject({ status: 'FINISHED', end_time: 1_700_000_009_999 });
  });

  test('outputs are stored, whether or not the model exists', async () => {
    const run_id = await mlflow.run();
    const answer = await mlflow.post('runs/outputs', { run_id, models: [{ model_id: 'm-nobody', step: 0 }] });

    expect(answer).toMatchObject({ status: 200, text: '{}' });
    expect(await read(run_id, 'outputs')).toEqual({ model_outputs: [{ model_id: 'm-nobody', step: 0 }] });
  });

  test('a search finds by tag, parameter, metric and attribute', async () => {
    const experiment = await mlflow.experiment();
    const run_id = await mlflow.run(experiment);
    await mlflow.run(experiment);
    await mlflow.post('runs/log-batch', {
      run_id,
      metrics: [{ key: 'accuracy', value: 0.9, timestamp: 1, step: 0 }],
      params: [{ key: 'rate', value: '0.1' }],
      tags: [{ key: 'purpose', value: 'probe' }],
    });
    const find = async (filter: string, rest: object = {}): Promise<readonly string[]> => {
      const found = await mlflow.post('runs/search', { experiment_ids: [experiment], filter, ...rest });
      return found.strings('runs', 'info.run_id');
    };

    for (const filter of [
      "tags.purpose = 'probe'",
      "params.rate = '0.1'",
      'metrics.accuracy > 0.5',
      `run_id = '${run_id}'`,
    ])
      expect(await find(filter)).toEqual([run_id]);
    expect(await find("attributes.run_name = 'probe' and tags.purpose = 'other'")).toEqual([]);
    expect(await find('')).toHaveLength(2);
    expect((await mlflow.post('runs/search', {})).json).toEqual({});
    expect(await mlflow.post('runs/search', { experiment_ids: [experiment], max_results: 50_001 })).toMatchObject(
      wrongType('max_results', 50_001, 'int'),
    );
  });

  test('a search by several tags finds the run with all of them', async () => {
    const experiment = await mlflow.experiment();
    const tagged = async (owner: string, environment: string): Promise<string> => {
      const tags = [
        { key: 'synthetics_owner', value: owner },
        { key: 'synthetics_environment', value: environment },
      ];
      const made = await mlflow.post('runs/create', { experiment_id: experiment, start_time: 1, tags });
      return made.string('run.info.run_id');
    };
    const mine = await tagged('synthetics', 'development');
    await tagged('synthetics', 'production');
    await tagged('somebody', 'development');
    await mlflow.run(experiment);
    const found = await mlflow.post('runs/search', {
      experiment_ids: [experiment],
      filter: "tags.synthetics_owner = 'synthetics' and tags.synthetics_environment = 'development'",
    });

    expect(found.strings('runs', 'info.run_id')).toEqual([mine]);
  });

  test('a full page of runs promises another, even when there is none', async () => {
    const experiment = await mlflow.experiment();
    await mlflow.run(experiment);
    const first = await mlflow.post('runs/search', { experiment_ids: [experiment], max_results: 1 });

    expect(first.json).toMatchObject({ runs: [expect.anything()], next_page_token: expect.any(String) });
    const page_token = first.string('next_page_token');
    expect(
      (await mlflow.post('runs/search', { experiment_ids: [experiment], max_results: 1, page_token })).json,
    ).toEqual({});
  });

  test('a deleted run can be deleted again and read, but not changed or found', async () => {
    const experiment = await mlflow.experiment();
    const run_id = await mlflow.run(experiment);
    const inactive = mlflowError(
      400,
      'INVALID_PARAMETER_VALUE',
      `The run ${run_id} must be in the 'active' state. Current state is deleted.`,
    );

    expect(await mlflow.post('runs/delete', { run_id })).toMatchObject({ status: 200, text: '{}' });
    expect(await mlflow.post('runs/delete', { run_id })).toMatchObject({ status: 200, text: '{}' });
    expect(await read(run_id, 'info.lifecycle_stage')).toBe('deleted');
    expect(await mlflow.post('runs/update', { run_id, status: 'FINISHED' })).toMatchObject(inactive);
    expect(await mlflow.post('runs/log-batch', { run_id, params: [{ key: 'a', value: 'b' }] })).toMatchObject(inactive);
    expect(await mlflow.post('runs/outputs', { run_id, models: [{ model_id: 'm', step: 0 }] })).toMatchObject(inactive);
    expect((await mlflow.post('runs/search', { experiment_ids: [experiment] })).json).toEqual({});
  });
};
