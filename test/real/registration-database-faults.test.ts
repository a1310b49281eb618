import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FailureMode } from '../../src/model/failure-modes.ts';
import type { Registration } from '../../src/model/report.ts';
import type { StepId } from '../../src/platform/flow-steps.ts';
import { type RealMlflow, startRealMlflow } from '../setup/mlflow-server.ts';
import { startPassThrough } from '../setup/pass-through.ts';
import { type Postgres, startPostgres } from '../setup/postgres.ts';
import { inspectWithPythonClient } from '../setup/python-client.ts';
import { describeWith } from '../setup/real-parts.ts';
import { firstFailure, flowTroubles, onPlatform } from '../support/registering.ts';
import { contentsOf, emptyRegistry } from '../support/registry-contents.ts';

/** Frozen, the database makes the API wait for MLflow: half as long as elsewhere. */
const pace = 1;

const flowOn = (mlflow: RealMlflow): Promise<Registration> =>
  onPlatform(mlflow.url, { pace }, (platform) => platform.run());

describeWith(['mlflow', 'postgres'], 'a real MLflow 3.9.0 on PostgreSQL', () => {
  let postgres: Postgres;
  let mlflow: RealMlflow;
  beforeAll(async () => {
    postgres = await startPostgres();
    mlflow = await startRealMlflow({ staticPrefix: '/mlflow', backendStoreUri: postgres.uri });
  });
  afterAll(async () => {
    await mlflow?.close();
    await postgres?.close();
  });

  it('serves flows one after the other and ten at once, and is left unchanged', async () => {
    const flows = await onPlatform(mlflow.url, {}, async (platform) => [
      await platform.run(),
      ...(await Promise.all(Array.from({ length: 10 }, () => platform.run()))),
    ]);
    expect(flows.flatMap(flowTroubles)).toEqual([]);
    expect(await contentsOf(mlflow)).toEqual(emptyRegistry);
    expect(inspectWithPythonClient(mlflow)).toMatchObject({ models: [], versions: 0, runs: [], loggedModels: [] });
  });

  interface DatabaseFault {
    readonly title: string;
    readonly make: () => Promise<unknown>;
    readonly undo: () => Promise<unknown>;
    readonly step: StepId;
    readonly mode: FailureMode;
    /** What PostgreSQL says itself, as the report shows it. */
    readonly says: RegExp;
  }

  const faults: readonly DatabaseFault[] = [
    {
      title: 'is stopped',
      make: () => postgres.stop(),
      undo: () => postgres.start(),
      step: 'credentials',
      mode: 'database-error',
      says: /Connection refused/,
    },
    {
      title: 'is frozen',
      make: () => postgres.freeze(),
      undo: () => postgres.thaw(),
      step: 'credentials',
      mode: 'upstream-timeout',
      says: /MLflow server timed out/,
    },
    {
      title: 'has another password than MLflow',
      make: () => postgres.changePassword(),
      undo: () => postgres.restorePassword(),
      step: 'credentials',
      mode: 'database-error',
      says: /password authentication failed for user/,
    },
    {
      title: 'is read-only',
      make: () => postgres.setReadOnly(true),
      undo: () => postgres.setReadOnly(false),
      step: 'create-run',
      mode: 'read-only',
      says: /ReadOnlySqlTransaction/,
    },
    {
      title: 'has no free connection',
      make: () => postgres.limitConnections(0),
      undo: () => postgres.limitConnections(null),
      step: 'credentials',
      mode: 'database-error',
      says: /too many connections for role/,
    },
  ];

  describe.each(faults)('whose database $title', ({ make, undo, step, mode, says }) => {
    it(`fails at ${step}, as ${mode}, leaves nothing behind, and passes after recovery`, async () => {
      await make();
      const broken = await flowOn(mlflow).finally(undo);

      expect(firstFailure(broken)).toEqual([step, mode]);
      const failed = broken.steps.find(({ id }) => id === step);
      expect(`${failed?.evidence.summary} ${failed?.evidence.body}`).toMatch(says);
      expect(broken.cleanup.leftBehind).toEqual([]);
      const readsWork = mode === 'read-only';
      expect(broken.facts).toMatchObject(readsWork ? { readsWork, writesWork: false } : { readsWork });
      expect(flowTroubles(await flowOn(mlflow))).toEqual([]);
      expect(await contentsOf(mlflow)).toEqual(emptyRegistry);
    });
  });

  it('with a database that becomes read-only between two steps: created objects are named, and swept later', async () => {
    const between = await startPassThrough(mlflow.url, async ({ method, path }) => {
      if (method === 'POST' && path.endsWith('/registered-models/create')) await postgres.setReadOnly(true);
    });
    const flow = await onPlatform(between.url, { pace }, (platform) => platform.run()).finally(async () => {
      await postgres.setReadOnly(false);
      await between.close();
    });

    expect(firstFailure(flow)).toEqual(['create-version-from-run', 'read-only']);
    expect(flow.cleanup).toMatchObject({ status: 'degraded', failureMode: 'cleanup-failed' });
    const left = flow.cleanup.leftBehind.map(({ thing }) => thing);
    expect(left).toContain('registered-model');
    expect(left).toContain('run');
    await onPlatform(mlflow.url, {}, (platform) => platform.sweep({ olderThan: Date.now() + 1_000 }));
    expect(await contentsOf(mlflow)).toEqual(emptyRegistry);
  });

  it('with a user that may no longer delete: left-over objects are named, and none is reported as deleted', async () => {
    await postgres.sql('REVOKE DELETE ON registered_models FROM mlflow');
    const flow = await flowOn(mlflow).finally(() => postgres.sql('GRANT DELETE ON registered_models TO mlflow'));

    expect(flow.cleanup).toMatchObject({
      status: 'degraded',
      failureMode: 'cleanup-failed',
      leftBehind: [{ thing: 'registered-model', id: flow.model }],
    });
    expect(flow.cleanup.evidence?.body).toMatch(
      /InsufficientPrivilege\) permission denied for table registered_models/,
    );
    await onPlatform(mlflow.url, {}, (platform) => platform.sweep({ olderThan: Date.now() + 1_000 }));
    expect(await contentsOf(mlflow)).toEqual(emptyRegistry);
  });

  it('with a database without tables reports the missing one', async () => {
    await postgres.dropTables();
    const flow = await flowOn(mlflow);

    expect(firstFailure(flow)).toEqual(['credentials', 'database-error']);
    expect(flow.steps[0]?.evidence.body).toMatch(/UndefinedTable/);
  });
});

describeWith(['mlflow', 'postgres', 'small-disk'], 'a real MLflow 3.9.0 whose database has a full disk', () => {
  let postgres: Postgres;
  let mlflow: RealMlflow;
  beforeAll(async () => {
    postgres = await startPostgres({ disk: '64m' });
    mlflow = await startRealMlflow({ staticPrefix: '/mlflow', backendStoreUri: postgres.uri });
    await postgres.fillDisk();
  });
  afterAll(async () => {
    await mlflow?.close();
    await postgres?.close();
  });

  it('fails at the first row that needs room, as database-error, and reads still work', async () => {
    const flow = await flowOn(mlflow);

    expect(firstFailure(flow)).toEqual(['create-run', 'database-error']);
    expect(flow.steps.find(({ id }) => id === 'create-run')?.evidence.body).toMatch(/DiskFull|No space left on device/);
    expect(flow.facts).toMatchObject({ readsWork: true, writesWork: false });
    expect(flow.cleanup.leftBehind).toEqual([]);
  });
});
