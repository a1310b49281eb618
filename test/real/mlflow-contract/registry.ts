import { describe, expect, test } from 'vitest';
import { type Client, clientFor, missingParameter, mlflowError, type System, unique, wrongType } from './system.ts';

const noModel = mlflowError(404, 'RESOURCE_DOES_NOT_EXIST', 'Registered Model with name=nobody not found');
const noVersion = (name: string, version: string) =>
  mlflowError(404, 'RESOURCE_DOES_NOT_EXIST', `Model Version (name=${name}, version=${version}) not found`);
const done = { status: 200, text: '{}' };
const source = 'mlflow-artifacts:/0/somewhere/artifacts/model';

export const registryContract = (system: () => System): void => {
  const mlflow = clientFor(system);
  describe('registered models', () => registeredModels(mlflow));
  describe('model versions', () => modelVersions(mlflow));
  describe('aliases', () => aliases(mlflow));
  describe('deletion', () => deletion(mlflow));
};

const registeredModels = (mlflow: Client): void => {
  test('a new one is read back with its tags and description', async () => {
    const name = unique('model');
    const tags = [{ key: 'synthetic', value: 'true' }];
    const created = await mlflow.post('registered-models/create', { name, tags, description: 'a probe' });
    const registered_model = {
      name,
      creation_timestamp: expect.any(Number),
      last_updated_timestamp: expect.any(Number),
      description: 'a probe',
      tags,
    };

    expect(created).toMatchObject({ status: 200 });
    expect(created.json).toEqual({ registered_model });
    expect((await mlflow.get('registered-models/get', { name })).json).toEqual({ registered_model });
  });

  test('a name is unique, and nearly any text is a name', async () => {
    const name = `${unique('model')}/a:b`;

    expect(await mlflow.post('registered-models/create', { name })).toMatchObject({ status: 200 });
    expect(await mlflow.post('registered-models/create', { name })).toMatchObject(
      mlflowError(400, 'RESOURCE_ALREADY_EXISTS', `Registered Model (name=${name}) already exists.`),
    );
    expect(await mlflow.post('registered-models/create', {})).toMatchObject(missingParameter('name'));
  });

  test('a missing one is a 404', async () => {
    expect(await mlflow.get('registered-models/get', { name: 'nobody' })).toMatchObject(noModel);
  });

  test('a search finds by name, case-insensitive pattern and tag, in order of names, page by page', async () => {
    const prefix = unique('model');
    for (const name of [`${prefix}-2`, `${prefix}-1`])
      await mlflow.post('registered-models/create', { name, tags: [{ key: 'of', value: name }] });
    const search = (query: Record<string, string>) => mlflow.get('registered-models/search', query);
    const find = async (filter: string): Promise<readonly string[]> =>
      (await search({ filter })).strings('registered_models', 'name');

    expect(await find(`name = '${prefix}-1'`)).toEqual([`${prefix}-1`]);
    expect(await find(`name LIKE '${prefix}%'`)).toEqual([`${prefix}-1`, `${prefix}-2`]);
    expect(await find(`name ILIKE '${prefix.toUpperCase()}%'`)).toHaveLength(2);
    expect(await find(`name LIKE '${prefix}%' AND tags.of = '${prefix}-2'`)).toEqual([`${prefix}-2`]);
    expect(await find("name = 'nobody'")).toEqual([]);
    const filter = `name LIKE '${prefix}%'`;
    const first = await search({ filter, max_results: '1' });
    expect(first.at('registered_models')).toHaveLength(1);
    const second = await search({ filter, max_results: '1', page_token: first.string('next_page_token') });
    expect(second.strings('registered_models', 'name')).toEqual([`${prefix}-2`]);
    expect(second.at('next_page_token')).toBeUndefined();
  });

  test('a search by prefix and several tags finds models with all of them, and a wildcard in the prefix counts', async () => {
    const prefix = unique('my_model');
    const make = async (name: string, owner: string | null): Promise<void> => {
      const tags = [
        { key: 'synthetic', value: 'true' },
        ...(owner === null ? [] : [{ key: 'synthetics_owner', value: owner }]),
      ];
      await mlflow.post('registered-models/create', { name, tags });
    };
    await make(`${prefix}-1`, 'synthetics');
    await make(`${prefix}-2`, 'somebody');
    await make(`${prefix}-3`, null);
    await make(prefix, 'synthetics');
    await make(`${prefix.replace('my_model', 'my-model')}-4`, 'synthetics');
    const filter = `name LIKE '${prefix}-%' AND tags.synthetic = 'true' AND tags.synthetics_owner = 'synthetics'`;
    const found = await mlflow.get('registered-models/search', { filter });

    expect(found.strings('registered_models', 'name')).toEqual(
      [`${prefix}-1`, `${prefix.replace('my_model', 'my-model')}-4`].sort(),
    );
  });

  test('a malformed or oversized search is refused', async () => {
    const search = (query: Record<string, string>) => mlflow.get('registered-models/search', query);

    expect(await search({ max_results: '1001' })).toMatchObject(wrongType('max_results', '1001', 'str'));
    expect(await search({ filter: "bogus='x'" })).toMatchObject(
      mlflowError(400, 'INVALID_PARAMETER_VALUE', "Invalid attribute key 'bogus' specified. Valid keys are '{'name'}'"),
    );
    expect(await search({ filter: 'name = x' })).toMatchObject(
      mlflowError(400, 'INVALID_PARAMETER_VALUE', expect.stringContaining('is either not quoted')),
    );
  });
};

const modelVersions = (mlflow: Client): void => {
  test('the first is 1 and ready, wherever its files are said to be', async () => {
    const name = await mlflow.registeredModel();
    const created = await mlflow.post('model-versions/create', { name, source, run_id: 'nobody' });
    const model_version = {
      name,
      version: '1',
      creation_timestamp: expect.any(Number),
      last_updated_timestamp: expect.any(Number),
      current_stage: 'None',
      description: '',
      source,
      run_id: 'nobody',
      status: 'READY',
      run_link: '',
    };

    expect(created).toMatchObject({ status: 200 });
    expect(created.json).toEqual({ model_version });
    expect((await mlflow.get('model-versions/get', { name, version: '1' })).json).toEqual({ model_version });
    expect((await mlflow.get('model-versions/get-download-uri', { name, version: '1' })).json).toEqual({
      artifact_uri: source,
    });
    expect((await mlflow.get('registered-models/get', { name })).at('registered_model.latest_versions')).toEqual([
      model_version,
    ]);
  });

  test('a blind repetition creates a second one', async () => {
    const name = await mlflow.registeredModel();
    const create = async () =>
      (await mlflow.post('model-versions/create', { name, source })).at('model_version.version');

    expect([await create(), await create()]).toEqual(['1', '2']);
  });

  test("one of a logged model has its run, and points to the logged model's files", async () => {
    const name = await mlflow.registeredModel();
    const experiment_id = await mlflow.experiment();
    const logged = await mlflow.post('logged-models', { experiment_id, name: 'model', source_run_id: 'whoever' });
    const model_id = logged.string('model.info.model_id');
    const artifact_uri = logged.string('model.info.artifact_uri');
    const created = await mlflow.post('model-versions/create', { name, source: `models:/${model_id}`, model_id });

    expect(created.at('model_version')).toMatchObject({
      source: `models:/${model_id}`,
      run_id: 'whoever',
      status: 'READY',
    });
    expect((await mlflow.get('model-versions/get-download-uri', { name, version: '1' })).json).toEqual({
      artifact_uri,
    });
    expect((await mlflow.get(`logged-models/${model_id}`)).at('model.info.tags')).toEqual([
      { key: 'mlflow.modelVersions', value: `[{"name": "${name}", "version": 1}]` },
    ]);
  });

  test("one of another version points to that version's files", async () => {
    const name = await mlflow.registeredModel();
    await mlflow.post('model-versions/create', { name, source });
    await mlflow.post('model-versions/create', { name, source: `models:/${name}/1` });

    expect((await mlflow.get('model-versions/get-download-uri', { name, version: '2' })).json).toEqual({
      artifact_uri: source,
    });
  });

  test('one of a missing logged model is a 500 in JSON', async () => {
    const name = await mlflow.registeredModel();

    for (const model_id of ['m-nobody', undefined])
      expect(await mlflow.post('model-versions/create', { name, source: 'models:/m-nobody', model_id })).toMatchObject(
        mlflowError(
          500,
          'INTERNAL_ERROR',
          "Unable to fetch model from model URI source artifact location 'models:/m-nobody'.Error: Logged model with ID 'm-nobody' not found.",
        ),
      );
  });

  test('a source on the disk, or one that climbs, is refused', async () => {
    const name = await mlflow.registeredModel();
    const create = (from: string, rest: object = {}) =>
      mlflow.post('model-versions/create', { name, source: from, ...rest });

    expect(await create('/etc/x')).toMatchObject(
      mlflowError(400, 'INVALID_PARAMETER_VALUE', expect.stringContaining('specified by the run_id.')),
    );
    expect(await create('mlflow-artifacts:/1/../../x')).toMatchObject(
      mlflowError(
        400,
        'INVALID_PARAMETER_VALUE',
        expect.stringContaining('an absolute path must be provided without relative path references present.'),
      ),
    );
    expect(await mlflow.post('model-versions/create', { name })).toMatchObject(missingParameter('source'));
    expect(await mlflow.post('model-versions/create', { name: 'nobody', source })).toMatchObject(noModel);
  });

  test('a missing one is a 404, a version that is not a number is an invalid value', async () => {
    const name = await mlflow.registeredModel();
    const get = (version: string) => mlflow.get('model-versions/get', { name, version });

    expect(await get('9')).toMatchObject(noVersion(name, '9'));
    expect(await get('abc')).toMatchObject(
      mlflowError(400, 'INVALID_PARAMETER_VALUE', "Parameter 'version' must be an integer, got 'abc'."),
    );
    expect(await mlflow.get('model-versions/get', { name })).toMatchObject(missingParameter('version'));
    expect(await mlflow.get('model-versions/get-download-uri', { name, version: '9' })).toMatchObject(
      noVersion(name, '9'),
    );
  });

  test('a tag can be set with it', async () => {
    const name = await mlflow.registeredModel();
    const tags = [{ key: 'one', value: '1' }];
    await mlflow.post('model-versions/create', { name, source, tags });

    expect((await mlflow.get('model-versions/get', { name, version: '1' })).at('model_version.tags')).toEqual(tags);
  });

  test('a search finds by name, run and number, latest first', async () => {
    const name = await mlflow.registeredModel();
    for (const run_id of ['first', 'second']) await mlflow.post('model-versions/create', { name, source, run_id });
    const find = async (filter: string): Promise<readonly string[]> =>
      (await mlflow.get('model-versions/search', { filter })).strings('model_versions', 'version');

    expect(await find(`name='${name}'`)).toEqual(['2', '1']);
    expect(await find(`name='${name}' and run_id='first'`)).toEqual(['1']);
    expect(await find(`name='${name}' and version_number > 1`)).toEqual(['2']);
    expect(await find("name='nobody'")).toEqual([]);
    expect(await mlflow.get('model-versions/search', { filter: 'bogus' })).toMatchObject(
      mlflowError(400, 'INVALID_PARAMETER_VALUE', 'Invalid clause(s) in filter string: bogus'),
    );
  });
};

const aliases = (mlflow: Client): void => {
  const versioned = async (): Promise<string> => {
    const name = await mlflow.registeredModel();
    for (let count = 0; count < 2; count += 1) await mlflow.post('model-versions/create', { name, source });
    return name;
  };
  const set = (name: string, alias: string, version: string) =>
    mlflow.post('registered-models/alias', { name, alias, version });
  const get = (name: string, alias: string) => mlflow.get('registered-models/alias', { name, alias });

  test('an alias points to its version, and is listed with the version and the model', async () => {
    const name = await versioned();

    expect(await set(name, 'champion', '1')).toMatchObject(done);
    expect((await get(name, 'champion')).at('model_version')).toMatchObject({ version: '1', aliases: ['champion'] });
    expect((await mlflow.get('model-versions/get', { name, version: '1' })).at('model_version.aliases')).toEqual([
      'champion',
    ]);
    expect((await mlflow.get('registered-models/get', { name })).at('registered_model.aliases')).toEqual([
      { alias: 'champion', version: '1' },
    ]);
  });

  test('an alias that is set again moves', async () => {
    const name = await versioned();
    for (const version of ['1', '2']) await set(name, 'champion', version);

    expect((await get(name, 'champion')).at('model_version.version')).toBe('2');
  });

  test('a missing alias is an invalid value, not a 404', async () => {
    for (const name of [await versioned(), 'nobody'])
      expect(await get(name, 'champion')).toMatchObject(
        mlflowError(400, 'INVALID_PARAMETER_VALUE', 'Registered model alias champion not found.'),
      );
    expect(await mlflow.get('registered-models/alias', { name: 'nobody' })).toMatchObject(missingParameter('alias'));
  });

  test('reserved and invalid names are refused, and so is a missing version', async () => {
    const name = await versioned();
    const refused = (message: string) => mlflowError(400, 'INVALID_PARAMETER_VALUE', message);

    expect(await set(name, 'Latest', '1')).toMatchObject(
      refused("'latest' alias name (case insensitive) is reserved."),
    );
    expect(await set(name, 'v7', '1')).toMatchObject(refused("Version alias name 'v7' is reserved."));
    expect(await set(name, 'not good!', '1')).toMatchObject(
      refused(
        "Invalid alias name: 'not good!'. Names may only contain alphanumerics, underscores (_), and dashes (-).",
      ),
    );
    expect(await set(name, 'champion', '9')).toMatchObject(noVersion(name, '9'));
    expect(await set(name, 'champion', 'abc')).toMatchObject(
      refused("Parameter 'version' must be an integer, got 'abc'."),
    );
  });
};

const deletion = (mlflow: Client): void => {
  test('a DELETE without its body gets an error about the missing field', async () => {
    const name = await mlflow.registeredModel();

    for (const path of ['registered-models/delete', 'model-versions/delete', 'registered-models/alias']) {
      expect(await mlflow.delete(path)).toMatchObject(missingParameter('name'));
      expect(await mlflow.delete(`${path}?name=${name}&version=1&alias=a`)).toMatchObject(missingParameter('name'));
    }
  });

  test('a DELETE of a missing name proves that its body arrived', async () => {
    expect(await mlflow.delete('registered-models/delete', { name: 'nobody' })).toMatchObject(noModel);
    expect(await mlflow.delete('registered-models/alias', { name: 'nobody', alias: 'a' })).toMatchObject(noModel);
    expect(await mlflow.delete('model-versions/delete', { name: 'nobody', version: '1' })).toMatchObject(
      noVersion('nobody', '1'),
    );
  });

  test('an alias can be deleted twice', async () => {
    const name = await mlflow.registeredModel();
    await mlflow.post('model-versions/create', { name, source });
    await mlflow.post('registered-models/alias', { name, alias: 'champion', version: '1' });

    for (let count = 0; count < 2; count += 1)
      expect(await mlflow.delete('registered-models/alias', { name, alias: 'champion' })).toMatchObject(done);
    expect(await mlflow.get('registered-models/alias', { name, alias: 'champion' })).toMatchObject({ status: 400 });
  });

  test('a version can be deleted once, its number is not reused, and its aliases dangle', async () => {
    const name = await mlflow.registeredModel();
    const create = async () =>
      (await mlflow.post('model-versions/create', { name, source })).at('model_version.version');
    await create();
    await mlflow.post('registered-models/alias', { name, alias: 'champion', version: '1' });

    expect(await mlflow.delete('model-versions/delete', { name, version: '1' })).toMatchObject(done);
    expect(await mlflow.delete('model-versions/delete', { name, version: '1' })).toMatchObject(noVersion(name, '1'));
    expect(await mlflow.get('registered-models/alias', { name, alias: 'champion' })).toMatchObject(
      noVersion(name, '1'),
    );
    expect((await mlflow.get('registered-models/get', { name })).at('registered_model')).toMatchObject({
      aliases: [{ alias: 'champion', version: '1' }],
    });
    expect(await create()).toBe('2');
  });

  test('a registered model is deleted with its versions and aliases, and its name is free', async () => {
    const name = await mlflow.registeredModel();
    await mlflow.post('model-versions/create', { name, source });
    await mlflow.post('registered-models/alias', { name, alias: 'champion', version: '1' });

    expect(await mlflow.delete('registered-models/delete', { name })).toMatchObject(done);
    expect(await mlflow.get('registered-models/get', { name })).toMatchObject({ status: 404 });
    expect((await mlflow.get('model-versions/search', { filter: `name='${name}'` })).json).toEqual({});
    expect(await mlflow.get('registered-models/alias', { name, alias: 'champion' })).toMatchObject({ status: 400 });
    expect(await mlflow.post('registered-models/create', { name })).toMatchObject({ status: 200 });
    expect((await mlflow.post('model-versions/create', { name, source })).at('model_version.version')).toBe('1');
  });
};
