import { afterEach, describe, expect, test } from 'vitest';
import { type Answer, artifacts, ask, mlflowError, type System, unique } from './system.ts';

const uploaded = { status: 200, text: '{}' };
const invalidPath = mlflowError(400, 'INVALID_PARAMETER_VALUE', 'Invalid path');

export const artifactContract = (system: () => System): void => {
  const call = (method: string, path: string, body?: string): Promise<Answer> =>
    ask(system().url, method, `${artifacts}${path}`, body === undefined ? {} : { body });
  const put = (path: string, body: string): Promise<Answer> => call('PUT', `/${path}`, body);
  const list = async (path: string): Promise<Answer> => call('GET', `?path=${path}`);

  test('an upload can be downloaded as an attachment', async () => {
    const folder = unique('folder');

    expect(await put(`${folder}/MLmodel`, 'flavors: {}\n')).toMatchObject(uploaded);
    expect(await call('GET', `/${folder}/MLmodel`)).toMatchObject({
      status: 200,
      text: 'flavors: {}\n',
      headers: {
        server: 'uvicorn',
        'content-type': 'text/plain',
        'content-disposition': 'attachment; filename=MLmodel',
        'transfer-encoding': 'chunked',
      },
    });
  });

  test('unknown bytes are an octet stream, and an empty file is a file, too', async () => {
    const folder = unique('folder');
    await put(`${folder}/weights.bin`, 'bytes');
    await put(`${folder}/empty`, '');

    expect((await call('GET', `/${folder}/weights.bin`)).headers['content-type']).toBe('application/octet-stream');
    expect(await call('GET', `/${folder}/empty`)).toMatchObject({ status: 200, text: '' });
  });

  test('a folder is listed by the names in it, with sizes', async () => {
    const folder = unique('folder');
    await put(`${folder}/MLmodel`, 'flavors: {}\n');
    await put(`${folder}/data/weights.bin`, 'bytes');

    expect((await list(folder)).json).toEqual({
      files: [
        { path: 'MLmodel', is_dir: false, file_size: 12 },
        { path: 'data', is_dir: true },
      ],
    });
    expect((await list(`${folder}/data`)).json).toEqual({
      files: [{ path: 'weights.bin', is_dir: false, file_size: 5 }],
    });
  });

  test('a file and a missing folder are empty lists', async () => {
    const folder = unique('folder');
    await put(`${folder}/MLmodel`, 'x');

    expect(await list(`${folder}/MLmodel`)).toMatchObject(uploaded);
    expect(await list(unique('folder'))).toMatchObject(uploaded);
  });

  test("a missing file is a 500 in JSON with the store's message", async () => {
    const path = `${unique('folder')}/MLmodel`;

    expect(await call('GET', `/${path}`)).toMatchObject(
      mlflowError(
        500,
        'INTERNAL_ERROR',
        `The following failures occurred while downloading one or more artifacts from s3://${system().store.bucket}:\n##### File ${path} #####\nAn error occurred (404) when calling the HeadObject operation: Not Found`,
      ),
    );
  });

  test('a folder cannot be downloaded: HTML 500', async () => {
    const folder = unique('folder');
    await put(`${folder}/MLmodel`, 'x');

    expect(await call('GET', `/${folder}`)).toMatchObject({
      status: 500,
      headers: { 'content-type': 'text/html; charset=utf-8' },
    });
  });

  test('a path that climbs is refused, literal or encoded', async () => {
    for (const path of ['/a/../../x', '/..%2f..%2fx']) expect(await call('GET', path)).toMatchObject(invalidPath);
    expect(await put('..%2f..%2fx', 'x')).toMatchObject(invalidPath);
    expect(await list('../x')).toMatchObject(invalidPath);
    expect(await list('/etc')).toMatchObject(invalidPath);
  });

  test('an upload needs a name', async () => {
    expect(await put('', 'x')).toMatchObject({ status: 404 });
    expect(await call('PUT', '', 'x')).toMatchObject({ status: 405 });
  });

  test('a deletion needs no body, may be repeated, and removes a whole folder', async () => {
    const folder = unique('folder');
    await put(`${folder}/MLmodel`, 'x');
    await put(`${folder}/data/weights.bin`, 'x');

    for (let count = 0; count < 2; count += 1)
      expect(await call('DELETE', `/${folder}/MLmodel`)).toMatchObject(uploaded);
    expect(await call('DELETE', `/${folder}`)).toMatchObject(uploaded);
    expect(await list(folder)).toMatchObject(uploaded);
    expect(
      system()
        .store.keys()
        .filter((key) => key.startsWith(folder)),
    ).toEqual([]);
  });

  test('a deletion removes a folder with its subfolders, spares its neighbour, and may be repeated', async () => {
    const [folder, beside] = [unique('folder'), unique('beside')];
    await put(`${folder}/artifacts/model/MLmodel`, 'x');
    await put(`${folder}/artifacts/model/data/weights.bin`, 'x');
    await put(`${beside}/artifacts/model/MLmodel`, 'x');

    for (let count = 0; count < 2; count += 1) expect(await call('DELETE', `/${folder}`)).toMatchObject(uploaded);
    expect(
      system()
        .store.keys()
        .filter((key) => key.startsWith(folder) || key.startsWith(beside)),
    ).toEqual([`${beside}/artifacts/model/MLmodel`]);
  });

  test('a deletion also removes every neighbour whose name starts alike', async () => {
    const folder = unique('folder');
    await put(`${folder}/MLmodel`, 'x');
    await put(`${folder}/MLmodel.bak`, 'x');
    await call('DELETE', `/${folder}/MLmodel`);

    expect((await list(folder)).json).toEqual({});
  });

  describe('with a failing artifact store', () => {
    afterEach(async () => {
      const { store } = system();
      store.allow();
      store.createBucket();
      await store.reopen();
    });

    const page = { status: 500, headers: { 'content-type': 'text/html; charset=utf-8' } };

    test('denied: a write is an HTML 500, a read is a 403 in JSON', async () => {
      const denied = mlflowError(
        403,
        'PERMISSION_DENIED',
        `Failed to list artifacts in s3://${system().store.bucket}: Access Denied`,
      );
      system().store.deny();

      expect(await put('folder/MLmodel', 'x')).toMatchObject(page);
      expect(await call('DELETE', '/folder/MLmodel')).toMatchObject(page);
      expect(await call('GET', '/folder/MLmodel')).toMatchObject(denied);
      expect(await list('folder')).toMatchObject(denied);
    });

    test('denied to delete: MLflow reports success, and the files are still there', async () => {
      const path = `${unique('folder')}/MLmodel`;
      await put(path, 'x');
      system().store.denyDeletes();

      expect(await call('DELETE', `/${path}`)).toMatchObject(uploaded);
      expect(await call('GET', `/${path}`)).toMatchObject({ status: 200, text: 'x' });
    });

    test('without its bucket: a write is an HTML 500, a read is a 404 in JSON', async () => {
      const gone = mlflowError(
        404,
        'RESOURCE_DOES_NOT_EXIST',
        `Failed to list artifacts in s3://${system().store.bucket}: The specified bucket does not exist`,
      );
      system().store.removeBucket();

      expect(await put('folder/MLmodel', 'x')).toMatchObject(page);
      expect(await call('DELETE', '/folder/MLmodel')).toMatchObject(page);
      expect(await call('GET', '/folder/MLmodel')).toMatchObject(gone);
      expect(await list('folder')).toMatchObject(gone);
    });

    test('stopped: everything is an HTML 500', async () => {
      await system().store.close();

      expect(await put('folder/MLmodel', 'x')).toMatchObject(page);
      expect(await call('DELETE', '/folder/MLmodel')).toMatchObject(page);
      expect(await call('GET', '/folder/MLmodel')).toMatchObject(page);
      expect(await list('folder')).toMatchObject(page);
    });

    test('back again: artifacts are written', async () => {
      await system().store.close();
      await system().store.reopen();

      expect(await put(`${unique('folder')}/MLmodel`, 'x')).toMatchObject(uploaded);
    });
  });
};
