import { expect, test } from 'vitest';
import { clientFor, mlflowError, type System, unique } from './system.ts';

export const experimentContract = (system: () => System): void => {
  const mlflow = clientFor(system);

  test('the default experiment exists from the start', async () => {
    expect(await mlflow.get('experiments/get-by-name', { experiment_name: 'Default' })).toMatchObject({
      status: 200,
      json: { experiment: { experiment_id: '0', artifact_location: 'mlflow-artifacts:/0', lifecycle_stage: 'active' } },
    });
  });

  test('a missing name is a 404 that repeats it', async () => {
    expect(await mlflow.get('experiments/get-by-name', { experiment_name: 'nobody' })).toMatchObject(
      mlflowError(404, 'RESOURCE_DOES_NOT_EXIST', "Could not find experiment with name 'nobody'"),
    );
  });

  test('a new one can be read by its name', async () => {
    const name = unique('experiment');
    const created = await mlflow.post('experiments/create', { name, tags: [{ key: 'synthetic', value: 'true' }] });
    const id = created.string('experiment_id');

    expect(created).toMatchObject({ status: 200, json: { experiment_id: expect.stringMatching(/^\d+$/) } });
    const experiment = {
      experiment_id: id,
      name,
      artifact_location: `mlflow-artifacts:/${id}`,
      lifecycle_stage: 'active',
      creation_time: expect.any(Number),
      last_update_time: expect.any(Number),
      tags: [{ key: 'synthetic', value: 'true' }],
    };
    expect((await mlflow.get('experiments/get-by-name', { experiment_name: name })).json).toEqual({ experiment });
  });

  test('a name is unique', async () => {
    const name = unique('experiment');
    await mlflow.post('experiments/create', { name });

    expect(await mlflow.post('experiments/create', { name })).toMatchObject(
      mlflowError(
        400,
        'RESOURCE_ALREADY_EXISTS',
        expect.stringMatching(new RegExp(`^Experiment\\(name=${name}\\) already exists\\. Error: `)),
      ),
    );
  });

  test('a search without a number of results is refused', async () => {
    const zero = mlflowError(
      400,
      'INVALID_PARAMETER_VALUE',
      "Invalid value 0 for parameter 'max_results' supplied. It must be a positive integer",
    );
    expect(await mlflow.get('experiments/search')).toMatchObject(zero);
    expect(await mlflow.post('experiments/search', {})).toMatchObject(zero);
    expect(await mlflow.get('experiments/search', { max_results: '50001' })).toMatchObject(
      mlflowError(
        400,
        'INVALID_PARAMETER_VALUE',
        "Invalid value 50001 for parameter 'max_results' supplied. It must be at most 50000",
      ),
    );
  });

  test('a search finds by name, pattern and tag, newest first, page by page', async () => {
    const prefix = unique('experiment');
    for (const name of [`${prefix}-1`, `${prefix}-2`])
      await mlflow.post('experiments/create', { name, tags: [{ key: 'of', value: name }] });
    const find = async (filter: string, rest: object = {}): Promise<readonly string[]> => {
      const found = await mlflow.post('experiments/search', { max_results: 9, filter, ...rest });
      return found.strings('experiments', 'name');
    };

    expect(await find(`name = '${prefix}-1'`)).toEqual([`${prefix}-1`]);
    expect(await find(`name LIKE '${prefix}%'`)).toEqual([`${prefix}-2`, `${prefix}-1`]);
    expect(await find(`name LIKE '${prefix}%' AND tags.of = '${prefix}-2'`)).toEqual([`${prefix}-2`]);
    expect(await find("name = 'nobody'")).toEqual([]);
    const first = await mlflow.get('experiments/search', { max_results: '1', filter: `name LIKE '${prefix}%'` });
    expect(await find(`name LIKE '${prefix}%'`, { page_token: first.at('next_page_token') })).toEqual([`${prefix}-1`]);
  });

  test('a malformed search is an invalid value', async () => {
    const search = (query: Record<string, string>) => mlflow.get('experiments/search', { max_results: '1', ...query });

    expect(await search({ filter: 'xx' })).toMatchObject(
      mlflowError(400, 'INVALID_PARAMETER_VALUE', 'Invalid clause(s) in filter string: xx'),
    );
    expect(await search({ filter: "bogus = 'x'" })).toMatchObject(
      mlflowError(400, 'INVALID_PARAMETER_VALUE', expect.stringContaining("Invalid attribute key 'bogus' specified.")),
    );
    expect(await search({ page_token: 'zzz' })).toMatchObject(
      mlflowError(400, 'INVALID_PARAMETER_VALUE', 'Invalid page token, could not base64-decode'),
    );
  });

  test('a deleted one keeps its name, is hidden from a search, accepts no runs, and can be restored', async () => {
    const name = unique('experiment');
    const experiment_id = (await mlflow.post('experiments/create', { name })).string('experiment_id');
    const filter = `name = '${name}'`;

    expect(await mlflow.post('experiments/delete', { experiment_id })).toMatchObject({ status: 200, text: '{}' });
    expect((await mlflow.get('experiments/get-by-name', { experiment_name: name })).at('experiment')).toMatchObject({
      experiment_id,
      lifecycle_stage: 'deleted',
    });
    expect(await mlflow.post('experiments/create', { name })).toMatchObject({
      status: 400,
      json: { error_code: 'RESOURCE_ALREADY_EXISTS' },
    });
    expect((await mlflow.post('experiments/search', { max_results: 1, filter })).json).toEqual({});
    expect(
      (await mlflow.post('experiments/search', { max_results: 1, filter, view_type: 'DELETED_ONLY' })).at(
        'experiments',
      ),
    ).toHaveLength(1);
    expect(await mlflow.post('runs/create', { experiment_id, start_time: 1 })).toMatchObject(
      mlflowError(
        400,
        'INVALID_PARAMETER_VALUE',
        `The experiment ${experiment_id} must be in the 'active' state. Current state is deleted.`,
      ),
    );
    expect(await mlflow.post('experiments/restore', { experiment_id })).toMatchObject({ status: 200, text: '{}' });
    expect((await mlflow.get('experiments/get-by-name', { experiment_name: name })).at('experiment')).toMatchObject({
      lifecycle_stage: 'active',
    });
  });

  test('its runs are deleted and restored with it', async () => {
    const experiment_id = await mlflow.experiment();
    const run_id = await mlflow.run(experiment_id);
    const stage = async (): Promise<unknown> =>
      (await mlflow.get('runs/get', { run_id })).at('run.info.lifecycle_stage');

    await mlflow.post('experiments/delete', { experiment_id });
    expect(await stage()).toBe('deleted');
    await mlflow.post('experiments/restore', { experiment_id });
    expect(await stage()).toBe('active');
  });

  test('a second deletion, or restoring an active one, is a 404', async () => {
    const experiment_id = await mlflow.experiment();
    const gone = mlflowError(404, 'RESOURCE_DOES_NOT_EXIST', `No Experiment with id=${experiment_id} exists`);

    expect(await mlflow.post('experiments/restore', { experiment_id })).toMatchObject(gone);
    await mlflow.post('experiments/delete', { experiment_id });
    expect(await mlflow.post('experiments/delete', { experiment_id })).toMatchObject(gone);
  });
};
