import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FailureMode } from '../../src/model/failure-modes.ts';
import type { Registration } from '../../src/model/report.ts';
import type { StepId } from '../../src/platform/flow-steps.ts';
import { type RealMlflow, startRealMlflow } from '../setup/mlflow-server.ts';
import { describeWith } from '../setup/real-parts.ts';
import { run } from '../setup/run.ts';
import { firstFailure, flowTroubles, onPlatform, type PlatformOptions } from '../support/registering.ts';
import { contentsOf, emptyRegistry } from '../support/registry-contents.ts';

const flowOn = (url: string, options: PlatformOptions = {}): Promise<Registration> =>
  onPlatform(url, options, (platform) => platform.run());

describeWith('mlflow', 'a real MLflow 3.9.0 in which something is wrong', () => {
  let mlflow: RealMlflow;
  /** The name by which it may be asked for. */
  let url: string;

  beforeAll(async () => {
    mlflow = await startRealMlflow({ staticPrefix: '/mlflow', allowedHosts: ['localhost:*'] });
    url = `http://localhost:${mlflow.port}`;
    // The permanent experiment is there from now on, as on the platform.
    expect(flowTroubles(await flowOn(url))).toEqual([]);
  });
  afterAll(() => mlflow?.close());

  const nothingIsLeft = async (): Promise<void> => expect(await contentsOf({ ...mlflow, url })).toEqual(emptyRegistry);

  /** Statements on the database's file, while MLflow uses it. */
  const sqlite = (...statements: readonly string[]): Promise<string> =>
    run(
      mlflow.python,
      [
        '-c',
        'import sqlite3, sys\nwith sqlite3.connect(sys.argv[1]) as db: [db.execute(each) for each in sys.argv[2:]]',
        mlflow.databaseFile,
        ...statements,
      ],
      { limitMs: 120_000 },
    );

  const ofThePlatform: readonly { readonly fault: string; readonly step: StepId; readonly mode: FailureMode }[] = [
    { fault: 'delete-bodies-lost-everywhere', step: 'prove-deletion', mode: 'cleanup-impossible' },
    { fault: 'key-read-only', step: 'create-run', mode: 'forbidden' },
    { fault: 'proxy-reads-bodies-as-text', step: 'read-artifacts', mode: 'artifact-mismatch' },
    { fault: 'mlflow-stopped', step: 'credentials', mode: 'upstream-unreachable' },
    { fault: 'proxy-strips-credentials', step: 'credentials', mode: 'auth-missing' },
    { fault: 'rate-limit-low', step: 'credentials', mode: 'rate-limited' },
    { fault: 'auth-service-stopped', step: 'credentials', mode: 'auth-unavailable' },
  ];
  it.each(ofThePlatform)(
    'behind a platform with $fault: the flow fails at $step, as $mode',
    async ({ fault, step, mode }) => {
      const flow = await flowOn(url, { faults: [fault] });

      expect(firstFailure(flow)).toEqual([step, mode]);
      await nothingIsLeft();
    },
  );

  it('that cannot delete gets no writes, and reads still work', async () => {
    const flow = await flowOn(url, { faults: ['delete-bodies-lost-everywhere'] });

    expect(flow.steps.filter(({ status }) => status === 'pass').map(({ id }) => id)).toEqual([
      'credentials',
      'read-registry',
    ]);
    expect(flow.cleanup).toMatchObject({ status: 'skipped', removed: [] });
    expect(flow.facts).toMatchObject({ deletesThrough: null, readsWork: true });
  });

  it('that responds after the API’s time-out gets no second request: its work is found and used', async () => {
    const flow = await flowOn(url, { faults: ['mlflow-answers-late'], pace: 1 });

    expect(flow.status).toBe('degraded');
    const poor = flow.steps.filter(({ status }) => status !== 'pass');
    expect(poor.map(({ id, status, failureMode }) => [id, status, failureMode])).toEqual([
      ['create-version-from-run', 'degraded', 'upstream-timeout'],
      ['create-version-from-model', 'degraded', 'upstream-timeout'],
    ]);
    expect(flow.cleanup.removed.filter(({ thing }) => thing === 'model-version')).toHaveLength(2);
    await nothingIsLeft();
  });

  it('that cannot write its artifacts fails at the upload only', async () => {
    await run('chmod', ['-R', 'a-w', mlflow.artifactsFolder], { limitMs: 120_000 });
    const flow = await flowOn(url).finally(() =>
      run('chmod', ['-R', 'u+w', mlflow.artifactsFolder], { limitMs: 120_000 }),
    );

    expect(firstFailure(flow)).toEqual(['upload-artifacts', 'artifact-store-error']);
    expect(flow.steps.find(({ id }) => id === 'upload-artifacts')).toMatchObject({
      hop: 'artifact-store',
      httpStatus: 500,
    });
    expect(flow.steps.find(({ id }) => id === 'read-run')?.status).toBe('pass');
    expect(flow.cleanup.status).toBe('pass');
    await nothingIsLeft();
  });

  const statuses = ['PENDING_REGISTRATION', 'FAILED_REGISTRATION'];
  it.each(statuses)('with versions that stay %s is waited for, but not for long', async (status) => {
    await sqlite(
      `CREATE TRIGGER checked AFTER INSERT ON model_versions BEGIN UPDATE model_versions SET status = '${status}' WHERE name = NEW.name; END`,
    );
    const flow = await flowOn(url).finally(() => sqlite('DROP TRIGGER checked'));

    expect(firstFailure(flow)).toEqual(['await-versions', 'version-not-ready']);
    expect(flow.cleanup.status).toBe('pass');
    await nothingIsLeft();
  });

  it('that stores another number than it received is found out despite its 200', async () => {
    await sqlite(
      'CREATE TRIGGER rounded AFTER INSERT ON latest_metrics BEGIN UPDATE latest_metrics SET value = round(value) WHERE run_uuid = NEW.run_uuid; END',
    );
    const flow = await flowOn(url).finally(() => sqlite('DROP TRIGGER rounded'));

    expect(firstFailure(flow)).toEqual(['read-run', 'value-mismatch']);
    await nothingIsLeft();
  });

  it('that can no longer delete rows is left with named objects, which are swept after recovery', async () => {
    await sqlite("CREATE TRIGGER kept BEFORE DELETE ON registered_models BEGIN SELECT RAISE(ABORT, 'kept'); END");
    const flow = await flowOn(url).finally(() => sqlite('DROP TRIGGER kept'));

    expect(flow.status).toBe('degraded');
    expect(flow.cleanup).toMatchObject({
      status: 'degraded',
      failureMode: 'cleanup-failed',
      leftBehind: [{ thing: 'registered-model', id: flow.model }],
    });
    expect((await contentsOf({ ...mlflow, url })).models).toEqual([flow.model]);
    await onPlatform(url, {}, (platform) => platform.sweep({ olderThan: Date.now() + 1_000 }));
    await nothingIsLeft();
  });

  it('that is called by a forbidden name refuses everything', async () => {
    const flow = await flowOn(mlflow.url);

    expect(firstFailure(flow)).toEqual(['credentials', 'unexpected-status']);
    expect(flow.steps[0]).toMatchObject({ answeredBy: 'mlflow', httpStatus: 403 });
  });

  it('that is frozen (SIGSTOP) is reported as unreachable by the API', async () => {
    const flow = await onPlatform(url, { pace: 1 }, async (platform) => {
      mlflow.pause();
      return platform.run().finally(() => mlflow.resume());
    });

    expect(firstFailure(flow)).toEqual(['credentials', 'upstream-timeout']);
    expect(flow.cleanup.status).toBe('skipped');
  });

  it('that freezes between two steps: created objects are named as left behind, and swept after recovery', async () => {
    const flow = await onPlatform(url, { pace: 1 }, (platform) =>
      platform
        .run({ onStep: ({ id }) => id === 'create-registered-model' && mlflow.pause() })
        .finally(() => mlflow.resume()),
    );

    expect(firstFailure(flow)).toEqual(['create-version-from-run', 'upstream-timeout']);
    expect(flow.cleanup).toMatchObject({ status: 'degraded', failureMode: 'cleanup-failed' });
    expect(flow.cleanup.leftBehind.map(({ thing }) => thing)).toEqual(['registered-model', 'run']);
    await onPlatform(url, {}, (platform) => platform.sweep({ olderThan: Date.now() + 1_000 }));
    await nothingIsLeft();
  });
});
