import { expect, test } from 'vitest';
import {
  type Answer,
  api,
  ask,
  clientFor,
  missingParameter,
  mlflowError,
  type System,
  unique,
  wrongType,
} from './system.ts';

export const errorContract = (system: () => System): void => {
  const mlflow = clientFor(system);
  const create = (rest: Parameters<typeof ask>[3]): Promise<Answer> =>
    ask(system().url, 'POST', `${api}/experiments/create`, rest);

  test('an error is one line of JSON, a response is indented', async () => {
    const error = await mlflow.get('registered-models/get', { name: 'nobody' });

    expect(error.text).toBe(
      '{"error_code": "RESOURCE_DOES_NOT_EXIST", "message": "Registered Model with name=nobody not found"}',
    );
    expect(error.headers['content-type']).toBe('application/json');
    expect((await mlflow.get('experiments/get-by-name', { experiment_name: 'Default' })).text).toMatch(
      /^{\n {2}"experiment": {\n {4}"/,
    );
  });

  test('a POST without a content type gets an error about it', async () => {
    expect(await create({ body: '{"name":"x"}' })).toMatchObject(
      mlflowError(400, 'INVALID_PARAMETER_VALUE', 'Bad Request. Content-Type header is missing.'),
    );
  });

  test('a POST with another content type gets an error with the right one', async () => {
    expect(await create({ body: '{"name":"x"}', headers: { 'content-type': 'text/plain' } })).toMatchObject(
      mlflowError(400, 'INVALID_PARAMETER_VALUE', "Bad Request. Content-Type must be one of ['application/json']."),
    );
  });

  test('a charset next to the content type is fine', async () => {
    const json = { name: unique('experiment') };
    expect(await create({ json, headers: { 'content-type': 'application/json; charset=utf-8' } })).toMatchObject({
      status: 200,
    });
  });

  test('a body that is not JSON counts as empty', async () => {
    const headers = { 'content-type': 'application/json' };

    expect(await create({ body: '{"name":', headers })).toMatchObject(missingParameter('name'));
    expect(await create({ body: 'null', headers })).toMatchObject(missingParameter('name'));
  });

  test('a list as a body crashes the handler: HTML 500', async () => {
    const answer = await create({ body: '[1]', headers: { 'content-type': 'application/json' } });

    expect(answer).toMatchObject({ status: 500, headers: { 'content-type': 'text/html; charset=utf-8' } });
    expect(answer.text).toContain('<title>500 Internal Server Error</title>');
  });

  test('doubly encoded JSON is read', async () => {
    expect(await create({ json: JSON.stringify({ name: unique('experiment') }) })).toMatchObject({ status: 200 });
  });

  test('a missing, null or empty parameter is named', async () => {
    for (const json of [{}, { name: null }, { name: '' }])
      expect(await create({ json })).toMatchObject(missingParameter('name'));
    expect(await mlflow.get('runs/get')).toMatchObject(missingParameter('run_id'));
  });

  test('a parameter of another type is named with its value', async () => {
    expect(await create({ json: { name: 5 } })).toMatchObject(wrongType('name', 5, 'int'));
    expect(await mlflow.get('experiments/search', { max_results: 'abc' })).toMatchObject(
      wrongType('max_results', 'abc', 'str'),
    );
    expect(await mlflow.post('registered-models/create', { name: unique('model'), tags: 'x' })).toMatchObject(
      wrongType('tags', 'x', 'str'),
    );
  });

  test('an unknown parameter is ignored', async () => {
    expect(await create({ json: { name: unique('experiment'), bogus: 1 } })).toMatchObject({ status: 200 });
  });

  test('non-ASCII text comes back escaped', async () => {
    const name = unique('modèle');
    const answer = await mlflow.post('registered-models/create', { name });

    expect(answer.at('registered_model.name')).toBe(name);
    expect(answer.text).toContain('mod\\u00e8le');
  });
};
