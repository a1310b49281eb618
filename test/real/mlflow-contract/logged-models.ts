import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { type Answer, clientFor, missingParameter, mlflowError, type System, wrongType } from './system.ts';

const missing = mlflowError(404, 'RESOURCE_DOES_NOT_EXIST', "Logged model with ID 'm-nobody' not found.");

export const loggedModelContract = (system: () => System): void => {
  const mlflow = clientFor(system);

  test('a new one is pending and has the place of its files', async () => {
    const experiment_id = await mlflow.experiment();
    const created = await mlflow.post('logged-models', {
      experiment_id,
      name: 'model',
      source_run_id: 'whoever',
      params: [{ key: 'rate', value: '0.1' }],
      tags: [{ key: 'synthetic', value: 'true' }],
    });
    const model_id = created.string('model.info.model_id');
    const model = {
      info: {
        model_id,
        experiment_id,
        name: 'model',
        creation_timestamp_ms: expect.any(Number),
        last_updated_timestamp_ms: expect.any(Number),
        artifact_uri: `mlflow-artifacts:/${experiment_id}/models/${model_id}/artifacts`,
        status: 'LOGGED_MODEL_PENDING',
        model_type: '',
        source_run_id: 'whoever',
        tags: [{ key: 'synthetic', value: 'true' }],
      },
      data: { params: [{ key: 'rate', value: '0.1' }] },
    };

    expect(model_id).toMatch(/^m-[0-9a-f]{32}$/);
    expect(created.json).toEqual({ model });
    expect((await mlflow.get(`logged-models/${model_id}`)).json).toEqual({ model });
  });

  test('one in no experiment, in a deleted one, or with an invalid name is refused', async () => {
    const experiment_id = await mlflow.experiment();

    expect(await mlflow.post('logged-models', { name: 'model' })).toMatchObject(missingParameter('experiment_id'));
    expect(await mlflow.post('logged-models', { experiment_id: '999999' })).toMatchObject(
      mlflowError(404, 'RESOURCE_DOES_NOT_EXIST', 'No Experiment with id=999999 exists'),
    );
    expect(await mlflow.post('logged-models', { experiment_id, name: 'a/b' })).toMatchObject(
      mlflowError(
        400,
        'INVALID_PARAMETER_VALUE',
        `Invalid model name ('a/b') provided. Model name must be a non-empty string and cannot contain the following characters: ('/', ':', '.', '%', '"', "'")`,
      ),
    );
    await mlflow.post('experiments/delete', { experiment_id });
    expect(await mlflow.post('logged-models', { experiment_id })).toMatchObject({
      status: 400,
      json: { error_code: 'INVALID_PARAMETER_VALUE' },
    });
  });

  test('any request for a missing one is a 404', async () => {
    expect(await mlflow.get('logged-models/m-nobody')).toMatchObject(missing);
    expect(await mlflow.delete('logged-models/m-nobody')).toMatchObject(missing);
    expect(
      await mlflow.patch('logged-models/m-nobody', { model_id: 'm-nobody', status: 'LOGGED_MODEL_READY' }),
    ).toMatchObject(missing);
  });

  test('it is finalized by its id in the body and in the path', async () => {
    const id = await mlflow.loggedModel();
    const status = 'LOGGED_MODEL_READY';

    expect(await mlflow.patch(`logged-models/${id}`, { status })).toMatchObject(missingParameter('model_id'));
    expect(await mlflow.patch(`logged-models/${id}`, { model_id: id })).toMatchObject(missingParameter('status'));
    const ready = await mlflow.patch(`logged-models/${id}`, { model_id: id, status });
    expect(ready).toMatchObject({ status: 200, json: { model: { info: { model_id: id, status } } } });
    expect((await mlflow.get(`logged-models/${id}`)).at('model.info.status')).toBe(status);
  });

  test('a deleted one can be deleted again, but not read', async () => {
    const id = await mlflow.loggedModel();

    expect(await mlflow.delete(`logged-models/${id}`)).toMatchObject({ status: 200, text: '{}' });
    expect(await mlflow.delete(`logged-models/${id}`)).toMatchObject({ status: 200, text: '{}' });
    expect(await mlflow.get(`logged-models/${id}`)).toMatchObject({ status: 404 });
  });

  describe('a search', () => {
    const make = async (): Promise<{ readonly experiment: string; readonly ids: readonly string[] }> => {
      const experiment = await mlflow.experiment();
      const ids: string[] = [];
      for (const name of ['one', 'two', 'three']) {
        const made = await mlflow.post('logged-models', {
          experiment_id: experiment,
          name,
          source_run_id: `run-${name}`,
          params: [{ key: 'rate', value: name }],
          tags: [{ key: 'owner', value: name }],
        });
        ids.push(made.string('model.info.model_id'));
        // The order of a search is that of their times, in milliseconds.
        await sleep(5);
      }
      return { experiment, ids };
    };
    const search = (experiment: string, rest: object = {}): Promise<Answer> =>
      mlflow.post('logged-models/search', { experiment_ids: [experiment], ...rest });
    const find = async (experiment: string, filter: string): Promise<readonly string[]> =>
      (await search(experiment, { filter })).strings('models', 'info.model_id');

    test('finds by run, tag, parameter and name, latest first', async () => {
      const { experiment, ids } = await make();
      const [, two] = ids;

      for (const filter of [
        "source_run_id = 'run-two'",
        "tags.owner = 'two'",
        "params.rate = 'two'",
        "name = 'two'",
        "source_run_id = 'run-two' AND tags.owner = 'two'",
      ])
        expect(await find(experiment, filter)).toEqual([two]);
      expect(await find(experiment, '')).toEqual(ids.toReversed());
      expect(await find(experiment, "name LIKE 't%'")).toHaveLength(2);
      expect(await find(experiment, "source_run_id = 'run-two' AND tags.owner = 'one'")).toEqual([]);
    });

    test('shows each as a read does', async () => {
      const { experiment, ids } = await make();
      const { json } = await mlflow.get(`logged-models/${ids[0]}`);

      expect((await search(experiment, { filter: "name = 'one'" })).json).toEqual({
        models: [(json as { readonly model: unknown }).model],
      });
    });

    test('has pages with tokens that only that search accepts', async () => {
      const { experiment, ids } = await make();
      const first = await search(experiment, { max_results: 2 });
      const page_token = first.string('next_page_token');
      const second = await search(experiment, { max_results: 2, page_token });

      expect(first.strings('models', 'info.model_id')).toEqual(ids.toReversed().slice(0, 2));
      expect(second.strings('models', 'info.model_id')).toEqual(ids.slice(0, 1));
      expect(second.at('next_page_token')).toBeUndefined();
      expect((await search(experiment, { max_results: 3 })).at('next_page_token')).toBeUndefined();
      expect(await search(experiment, { filter: "name = 'one'", page_token })).toMatchObject(
        mlflowError(400, 'INVALID_PARAMETER_VALUE', expect.stringContaining('Filter string in the page token')),
      );
    });

    test('excludes deleted ones and other experiments', async () => {
      const { experiment, ids } = await make();
      await mlflow.delete(`logged-models/${ids[0]}`);

      expect(await find(experiment, '')).toEqual(ids.slice(1).toReversed());
      expect((await search('999999')).json).toEqual({});
      expect((await mlflow.post('logged-models/search', { experiment_ids: [] })).json).toEqual({});
    });

    test('needs experiments, and is refused when malformed', async () => {
      const { experiment } = await make();

      expect(await mlflow.post('logged-models/search', {})).toMatchObject(missingParameter('experiment_ids'));
      expect(await search(experiment, { max_results: 'x' })).toMatchObject(wrongType('max_results', 'x', 'str'));
      expect(await search(experiment, { filter: 'bogus' })).toMatchObject({
        status: 400,
        json: { error_code: 'INVALID_PARAMETER_VALUE' },
      });
    });

    test('is a POST: a GET reads a model of that name', async () => {
      expect(await mlflow.get('logged-models/search')).toMatchObject(
        mlflowError(404, 'RESOURCE_DOES_NOT_EXIST', "Logged model with ID 'search' not found."),
      );
    });
  });
};
