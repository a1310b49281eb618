import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ArtifactStore, startArtifactStore } from '../../src/sandbox/mlflow/artifact-store.ts';
import { type Database, startDatabase } from '../../src/sandbox/mlflow/database.ts';
import { releases } from '../../src/sandbox/mlflow/release.ts';
import { type MlflowOptions, type MlflowServer, startMlflow } from '../../src/sandbox/mlflow/server.ts';

/**
 * Faults are made in what MLflow depends on. The texts are those of the real 3.9.0 on PostgreSQL 15, measured once:
 * a database cannot be set up everywhere. The artifact store's are in the contract that the real server passes.
 */

const api = '/api/2.0/mlflow';
const readPath = `${api}/experiments/search?max_results=1`;
const page = { status: 500, type: 'text/html; charset=utf-8' };

interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
}

let database: Database;
let store: ArtifactStore;
let mlflow: MlflowServer;

beforeEach(async () => {
  database = await startDatabase({ password: 'hk_test_database' });
  store = await startArtifactStore();
  mlflow = await start();
});

afterEach(async () => {
  await mlflow.close();
  await Promise.all([database.close(), store.close()]);
});

const start = (options: Partial<MlflowOptions> = {}): Promise<MlflowServer> =>
  startMlflow({ database, artifactStore: store, ...options });

const restart = async (options: Partial<MlflowOptions> = {}): Promise<void> => {
  await mlflow.close();
  mlflow = await start(options);
};

const call = async (method: string, path: string, json?: object): Promise<Answer> => {
  const response = await fetch(`${mlflow.url}${path}`, {
    method,
    ...(json === undefined ? {} : { body: JSON.stringify(json), headers: { 'content-type': 'application/json' } }),
  });
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
};

const read = (): Promise<Answer> => call('GET', readPath);
const write = (): Promise<Answer> => call('POST', `${api}/registered-models/create`, { name: crypto.randomUUID() });
const error = (status: number, error_code: string, message: string): object => ({
  status,
  type: 'application/json',
  text: JSON.stringify({ error_code, message }).replace('","message":', '", "message": ').replace('":"', '": "'),
});
const unavailable = (cause: string): object =>
  error(
    503,
    'TEMPORARILY_UNAVAILABLE',
    `(psycopg2.OperationalError) connection to server at "127.0.0.1", port ${database.port} failed: ${cause}\n\n(Background on this error at: https://sqlalche.me/e/21/e3q8)`,
  );

describe('when the database', () => {
  test('is stopped, every query reports a refused connection, and health and pages stay fine', async () => {
    await database.close();
    const refused = unavailable(
      'Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?',
    );

    expect(await read()).toMatchObject(refused);
    expect(await write()).toMatchObject(refused);
    expect(await call('GET', '/health')).toMatchObject({ status: 200, text: 'OK' });
    expect(await call('GET', '/')).toMatchObject({ status: 200 });
    expect(await call('POST', `${api}/experiments/create`, {})).toMatchObject({ status: 400 });
    expect(await call('PUT', '/api/2.0/mlflow-artifacts/artifacts/folder/file')).toMatchObject({ status: 200 });
  });

  test('is stopped, a version of a logged model is a 500 that hides the reason behind its own', async () => {
    await database.close();
    const answer = await call('POST', `${api}/model-versions/create`, { name: 'model', source: 'models:/m-1' });

    expect(answer.status).toBe(500);
    expect(answer.text).toMatch(
      /^{"error_code": "INTERNAL_ERROR", "message": "Unable to fetch model .* 'models:\/m-1'\.Error: \(psycopg2\.OperationalError\) .*Connection refused/,
    );
  });

  test('is stopped, a late insert reports it', async () => {
    await database.close();

    expect((await call('POST', `${api}/experiments/create`, { name: 'experiment' })).text).toContain(
      '"message": "(raised as a result of Query-invoked autoflush; ',
    );
  });

  test('comes back, its data is there again', async () => {
    await call('POST', `${api}/registered-models/create`, { name: 'model' });
    await database.close();
    await database.reopen();

    expect(await call('GET', `${api}/registered-models/get?name=model`)).toMatchObject({ status: 200 });
  });

  test('has another password, it reports a failed authentication', async () => {
    database.setPassword('hk_test_rotated');

    expect(await read()).toMatchObject(unavailable('FATAL:  password authentication failed for user "mlflow"'));
    expect(await call('GET', '/health')).toMatchObject({ status: 200 });
    database.setPassword('hk_test_database');
    expect(await read()).toMatchObject({ status: 200 });
  });

  test('has no connection left, it reports too many clients', async () => {
    database.occupy();

    expect(await read()).toMatchObject(unavailable('FATAL:  sorry, too many clients already'));
    database.release();
    expect(await read()).toMatchObject({ status: 200 });
  });

  test('is read-only, reads work, and a write is refused with the reason', async () => {
    database.setReadOnly(true);
    const written = await write();

    expect(await read()).toMatchObject({ status: 200 });
    expect(written.status).toBe(400);
    expect(written.text).toMatch(
      /^{"error_code": "BAD_REQUEST", "message": "\(psycopg2\.errors\.ReadOnlySqlTransaction\) cannot execute INSERT in a read-only transaction\\n\\n\[SQL: INSERT INTO registered_models /,
    );
    expect(await call('DELETE', `${api}/registered-models/delete`, { name: 'nobody' })).toMatchObject({ status: 404 });
  });

  test('is full, reads and deletions work, and inserts report it', async () => {
    await call('POST', `${api}/registered-models/create`, { name: 'model' });
    database.setDiskFull(true);
    const written = await write();

    expect(await read()).toMatchObject({ status: 200 });
    expect(written.status).toBe(503);
    expect(written.text).toMatch(
      /^{"error_code": "TEMPORARILY_UNAVAILABLE", "message": "\(psycopg2\.errors\.DiskFull\) could not extend file .* No space left on device\\nHINT: {2}Check free disk space\.\\n\\n\[SQL: INSERT INTO registered_models /,
    );
    expect(await call('DELETE', `${api}/registered-models/delete`, { name: 'model' })).toMatchObject({ status: 200 });
  });

  test('denies MLflow deletions, deleting a missing object is still a 404', async () => {
    await call('POST', `${api}/registered-models/create`, { name: 'model' });
    database.revokeDelete();
    const deleted = await call('DELETE', `${api}/registered-models/delete`, { name: 'model' });

    expect(deleted.status).toBe(400);
    expect(deleted.text).toMatch(
      /^{"error_code": "BAD_REQUEST", "message": "\(psycopg2\.errors\.InsufficientPrivilege\) permission denied for table registered_models\\n/,
    );
    expect(await call('DELETE', `${api}/registered-models/delete`, { name: 'nobody' })).toMatchObject({ status: 404 });
  });

  test('is a replica that has stopped, written objects are not found', async () => {
    await call('POST', `${api}/registered-models/create`, { name: 'before' });
    database.readFromReplica('stopped');
    await call('POST', `${api}/registered-models/create`, { name: 'after' });
    const get = (name: string): Promise<Answer> => call('GET', `${api}/registered-models/get?name=${name}`);

    expect(await get('before')).toMatchObject({ status: 200 });
    expect(await get('after')).toMatchObject({ status: 404 });
    expect(await call('POST', `${api}/registered-models/create`, { name: 'after' })).toMatchObject({ status: 400 });
  });

  test('is a replica without updates, new objects are found in their first state', async () => {
    database.readFromReplica('without-updates');
    const created = await call('POST', `${api}/runs/create`, { experiment_id: '0', start_time: 1 });
    const { run_id } = JSON.parse(created.text).run.info;
    await call('POST', `${api}/runs/update`, { run_id, status: 'FINISHED' });

    expect(JSON.parse((await call('GET', `${api}/runs/get?run_id=${run_id}`)).text).run.info.status).toBe('RUNNING');
  });

  test('has lost its tables, it names the missing one until a restart creates them', async () => {
    database.dropTables();
    const answer = await read();

    expect(answer.status).toBe(400);
    expect(answer.text).toMatch(
      /^{"error_code": "BAD_REQUEST", "message": "\(psycopg2\.errors\.UndefinedTable\) relation \\"experiments\\" does not exist\\n/,
    );
    await restart();
    expect(await read()).toMatchObject({ status: 200 });
  });

  test('is another one, everything works and the old data is gone', async () => {
    await call('POST', `${api}/experiments/create`, { name: 'known' });
    const known = (): Promise<Answer> => call('GET', `${api}/experiments/get-by-name?experiment_name=known`);
    expect(await known()).toMatchObject({ status: 200 });
    const other = await startDatabase({ password: 'hk_test_other' });

    await restart({ database: other });
    expect(await read()).toMatchObject({ status: 200 });
    expect(await known()).toMatchObject({ status: 404 });
    await restart();
    expect(await known()).toMatchObject({ status: 200 });
    await other.close();
  });

  test('hangs, every query hangs, and nothing else does', async () => {
    database.freeze();
    let answered = false;
    const waiting = read().finally(() => {
      answered = true;
    });

    expect(await call('GET', '/health')).toMatchObject({ status: 200 });
    expect(answered).toBe(false);
    database.thaw();
    expect(await waiting).toMatchObject({ status: 200 });
  });

  test('hangs, MLflow can still be stopped', async () => {
    database.freeze();
    const waiting = read().catch(() => 'cut off');
    await call('GET', '/health');
    await mlflow.close();

    expect(await waiting).toBe('cut off');
  });

  test('holds all connections of the pool for too long, the next request reports it', async () => {
    await restart({ pool: { size: 1, overflow: 0, timeoutMs: 50 } });
    database.freeze();
    const both = [read(), read()];

    expect(await Promise.race(both)).toMatchObject(
      error(
        400,
        'BAD_REQUEST',
        'QueuePool limit of size 1 overflow 0 reached, connection timed out, timeout 0.05 (Background on this error at: https://sqlalche.me/e/21/3o7r)',
      ),
    );
    database.thaw();
    expect((await Promise.all(both)).map(({ status }) => status).sort()).toEqual([200, 400]);
  });

  test('was away for a moment, a broken connection of the pool is replaced without an error', async () => {
    await read();
    await database.close();
    await database.reopen();

    expect(await read()).toMatchObject({ status: 200 });
  });

  test('rejects MLflow, MLflow does not start', async () => {
    await expect(start({ database: { ...database, password: 'hk_test_wrong' } })).rejects.toThrow(
      'password authentication failed for user "mlflow"',
    );
  });

  test('has too few connections, the registry gets none while tracking has them', async () => {
    const small = await startDatabase({ password: 'hk_test_small', maxConnections: 1 });
    await restart({ database: small });
    await read();

    expect((await write()).text).toContain('sorry, too many clients already');
    await small.close();
  });
});

describe('when the artifact store', () => {
  const path = '/api/2.0/mlflow-artifacts/artifacts/folder/MLmodel';
  const put = async (): Promise<Answer> => call('PUT', path, {});
  const get = (): Promise<Answer> => call('GET', path);

  test('denies MLflow, an upload is a bare 500 and a download gives the reason; metadata stays fine', async () => {
    await put();
    store.deny();

    expect(await put()).toMatchObject(page);
    expect(await get()).toMatchObject(
      error(403, 'PERMISSION_DENIED', 'Failed to list artifacts in s3://mlflow-artifacts: Access Denied'),
    );
    expect(await write()).toMatchObject({ status: 200 });
    store.allow();
    expect(await get()).toMatchObject({ status: 200 });
  });

  test('has lost its bucket, the files stay gone even after it is created again', async () => {
    await put();
    store.removeBucket();

    expect(await put()).toMatchObject(page);
    expect(await get()).toMatchObject({ status: 404 });
    store.createBucket();
    expect(await get()).toMatchObject({ status: 500, type: 'application/json' });
  });

  test('is stopped, both are a bare 500, and its files are there afterwards', async () => {
    await put();
    await store.close();

    expect([await put(), await get()]).toMatchObject([page, page]);
    await store.reopen();
    expect(await get()).toMatchObject({ status: 200, text: '{}' });
  });

  test('is not served by MLflow, it names the option that would serve it', async () => {
    await restart({ artifactStore: null });

    expect(await get()).toMatchObject({
      status: 503,
      text: expect.stringMatching(
        /^Endpoint: \/api\/2\.0\/mlflow-artifacts\/artifacts\/<path:artifact_path> disabled due to the mlflow server running with `--no-serve-artifacts`\./,
      ),
    });
  });
});

describe('MLflow itself', () => {
  test('is silent while it is frozen, and responds to everything afterwards', async () => {
    mlflow.freeze();
    let answered = false;
    const waiting = call('GET', '/health').finally(() => {
      answered = true;
    });
    await database.close();
    expect(answered).toBe(false);
    mlflow.thaw();

    expect(await waiting).toMatchObject({ status: 200 });
  });

  test('requires a password when it starts with its own authentication, except for its health', async () => {
    mlflow.setBasicAuth(true);

    for (const path of [readPath, '/', '/version', '/nothing'])
      expect(await call('GET', path)).toMatchObject({
        status: 401,
        text: expect.stringContaining('You are not authenticated.'),
      });
    expect((await fetch(`${mlflow.url}${readPath}`)).headers.get('www-authenticate')).toBe('Basic realm="mlflow"');
    expect(await call('GET', '/health')).toMatchObject({ status: 200 });
    mlflow.setBasicAuth(false);
    expect(await read()).toMatchObject({ status: 200 });
  });

  test('requires it for its health too, when that is below a static prefix', async () => {
    await restart({ staticPrefix: '/mlflow', basicAuth: true });

    expect(await call('GET', '/mlflow/health')).toMatchObject({ status: 401 });
    expect(await call('GET', '/health')).toMatchObject({ status: 404 });
  });

  test('serves everything from the root without a static prefix, and its health to any host', async () => {
    for (const path of ['/', '/health', '/version', readPath, `/ajax-api/2.0/mlflow/experiments/search?max_results=1`])
      expect(await call('GET', path)).toMatchObject({ status: 200 });
    expect(await call('GET', '/mlflow/health')).toMatchObject({ status: 404 });
  });

  test('may delay new versions, or be an older release without logged models', async () => {
    await call('POST', `${api}/registered-models/create`, { name: 'model' });
    mlflow.setNewVersionStatus('PENDING_REGISTRATION');
    const made = await call('POST', `${api}/model-versions/create`, { name: 'model', source: 's3://bucket/x' });
    expect(JSON.parse(made.text).model_version.status).toBe('PENDING_REGISTRATION');

    mlflow.setRelease(releases['2.22.5']);
    for (const path of ['logged-models', 'logged-models/search', 'runs/outputs'])
      expect(await call('POST', `${api}/${path}`, {})).toMatchObject({ status: 404, type: 'text/html; charset=utf-8' });
    expect(await call('GET', '/version')).toMatchObject({ text: '2.22.5' });
    expect(await read()).toMatchObject({ status: 200 });
  });

  test('gives every version its own number, however many are created at once', async () => {
    await call('POST', `${api}/registered-models/create`, { name: 'model' });
    const create = async (): Promise<number> => {
      const { text } = await call('POST', `${api}/model-versions/create`, { name: 'model', source: 's3://bucket/x' });
      return Number(JSON.parse(text).model_version.version);
    };
    const numbers = await Promise.all(Array.from({ length: 20 }, create));

    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });
});
