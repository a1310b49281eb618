import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tagsFor } from '../../src/registration/tags.ts';
import { put, runAltered, type Where } from './hostile.ts';
import { type Alter, type Meddling, type Registry, startRegistry, stepOf } from './platform.ts';

let registry: Registry;
let theirs: Theirs;

/** What another person has in the registry, with nothing of ours on it. */
interface Theirs {
  readonly run: Row;
  readonly loggedModel: Row;
  readonly model: Row;
  readonly version: Row;
}

type Row = Readonly<Record<string, unknown>>;

const model = 'churn';

beforeEach(async () => {
  registry = await startRegistry();
  // It makes the experiment, which both use.
  await registry.run();
  const { experiment } = (await registry.ask('GET', 'experiments/get-by-name?experiment_name=hokusai-synthetics')) as {
    readonly experiment: Row;
  };
  const experiment_id = experiment['experiment_id'];
  const { run } = await registry.ask('POST', 'runs/create', { experiment_id, start_time: 1, run_name: 'their run' });
  const runId = infoOf(run)['run_id'];
  await registry.ask('POST', 'runs/log-batch', { run_id: runId, params: [{ key: 'depth', value: '3' }] });
  await registry.ask('POST', 'logged-models', { experiment_id, name: 'theirs', source_run_id: runId });
  await registry.ask('POST', 'registered-models/create', { name: model });
  await registry.ask('POST', 'model-versions/create', { name: model, source: 'mlflow-artifacts:/1/x', run_id: runId });
  theirs = await readTheirs(experiment_id);
});

afterEach(() => registry.close());

const infoOf = (value: unknown): Row => (value as { readonly info: Row }).info;

const readTheirs = async (experimentId: unknown): Promise<Theirs> => {
  const experiment_ids = [experimentId];
  const runs = await registry.ask('POST', 'runs/search', { experiment_ids });
  const models = await registry.ask('POST', 'logged-models/search', { experiment_ids });
  const { registered_model } = await registry.ask('GET', `registered-models/get?name=${model}`);
  const { model_version } = await registry.ask('GET', `model-versions/get?name=${model}&version=1`);
  return {
    run: (runs['runs'] as readonly Row[])[0] ?? {},
    loggedModel: (models['models'] as readonly Row[])[0] ?? {},
    model: registered_model as Row,
    version: model_version as Row,
  };
};

/** The flow leaves all of theirs as it was, and nothing of its own. */
const expectUntouched = async (): Promise<void> => {
  expect(await readTheirs(infoOf(theirs.run)['experiment_id'])).toEqual(theirs);
  expect(await registry.contents()).toMatchObject({ models: [model], versions: 1, loggedModels: 1 });
  expect((await registry.contents()).runs).toEqual([infoOf(theirs.run)['run_id']]);
};

const theirRun: Alter = () => ({ run: theirs.run });
const theirRunId: Alter = (answer) => put('run.info.run_id', infoOf(theirs.run)['run_id'])(answer);
const theirModel: Alter = () => ({ model: theirs.loggedModel });
const theirModelId: Alter = (answer) => put('model.info.model_id', infoOf(theirs.loggedModel)['model_id'])(answer);

/** Requests that change something, and name something of theirs in their path. What is in a body shows in `theirs`. */
const changing = (asked: readonly string[]): readonly string[] =>
  asked.filter(
    (url) =>
      !url.startsWith('GET ') &&
      [infoOf(theirs.run)['run_id'], infoOf(theirs.loggedModel)['model_id'], `/${model}`].some((id) =>
        url.includes(String(id)),
      ),
  );

const createRun: Where = { method: 'POST', ending: '/runs/create' };
const readRun: Where = { method: 'GET', ending: '/runs/get' };
const searchRuns: Where = { method: 'POST', ending: '/runs/search' };
const createModel: Where = { method: 'POST', ending: '/logged-models' };
const readModel: Where = { method: 'GET', ending: /\/logged-models\/m-/ };
const searchModels: Where = { method: 'POST', ending: '/logged-models/search' };

const sweep = ['GET registered-models/search', 'POST runs/search'];
const removeOwnRun = ['POST runs/search', 'GET runs/get?run_id=RUN', 'POST logged-models/search', 'POST runs/delete'];

describe("a response with another person's object", () => {
  const runCases: readonly {
    readonly title: string;
    readonly alterations: readonly (readonly [Where, Meddling])[];
    readonly after: readonly string[];
  }[] = [
    // The first request is to read it, by which it is known as somebody else's.
    {
      title: 'a proxy returns an old run',
      alterations: [[createRun, { alter: theirRun }]],
      after: ['GET runs/get?run_id=RUN', ...removeOwnRun, ...sweep],
    },
    {
      title: 'the registry returns the wrong id',
      alterations: [[createRun, { alter: theirRunId }]],
      after: ['GET runs/get?run_id=RUN', ...removeOwnRun, ...sweep],
    },
    {
      title: 'another run is returned',
      alterations: [[readRun, { alter: theirRun }]],
      after: [...removeOwnRun, ...sweep],
    },
    {
      title: "after a lost response, a search finds only another person's run",
      alterations: [
        [createRun, 'lose-answer'],
        [searchRuns, { alter: () => ({ runs: [theirs.run] }) }],
      ],
      after: ['POST runs/search', ...removeOwnRun, ...sweep],
    },
    {
      title: 'after a lost response, a search returns the wrong id',
      alterations: [
        [createRun, 'lose-answer'],
        [searchRuns, { alter: (answer) => put('runs.0.info.run_id', infoOf(theirs.run)['run_id'])(answer) }],
      ],
      after: ['POST runs/search', 'GET runs/get?run_id=RUN', ...removeOwnRun, ...sweep],
    },
  ];

  it.each(runCases)('create-run: $title', async ({ alterations, after }) => {
    const altered = await runAltered(registry, alterations);
    expect(stepOf(altered.flow, 'create-run')).toMatchObject({ status: 'fail' });
    expect(stepOf(altered.flow, 'log-batch').status).toBe('skipped');
    expect(altered.after).toEqual(after);
    expect(changing(altered.asked)).toEqual([]);
    expect(altered.flow.cleanup.leftBehind).toEqual([]);
    await expectUntouched();
  });

  it('create-run: after a lost response, its own run is used, wherever the search lists it', async () => {
    const { flow, asked } = await runAltered(registry, [
      [createRun, 'lose-answer'],
      [searchRuns, { alter: ({ runs }) => ({ runs: [theirs.run, ...(runs as readonly Row[])] }) }],
    ]);
    expect(stepOf(flow, 'create-run')).toMatchObject({ status: 'degraded', failureMode: 'connection-closed' });
    expect(flow.steps.filter(({ status }) => status !== 'pass')).toHaveLength(1);
    expect(changing(asked)).toEqual([]);
    await expectUntouched();
  });

  it.each<[string, readonly (readonly [Where, Meddling])[]]>([
    ['a proxy answers with an old one', [[createModel, { alter: theirModel }]]],
    ['the registry gives the wrong id', [[createModel, { alter: theirModelId }]]],
    ['another one is read', [[readModel, { alter: theirModel }]]],
    [
      'after a lost answer, a search finds theirs alone',
      [
        [createModel, 'lose-answer'],
        [searchModels, { alter: () => ({ models: [theirs.loggedModel] }) }],
      ],
    ],
  ])('create-logged-model: %s', async (_, alterations) => {
    const { flow, asked } = await runAltered(registry, alterations);
    expect(stepOf(flow, 'create-logged-model')).toMatchObject({ status: 'fail' });
    expect(stepOf(flow, 'finish-logged-model').status).toBe('skipped');
    expect(changing(asked)).toEqual([]);
    expect(flow.cleanup.leftBehind).toEqual([]);
    await expectUntouched();
  });

  it('create-registered-model: after a lost response, a model without the tag is not used', async () => {
    const { flow, asked } = await runAltered(registry, [
      [{ method: 'POST', ending: '/registered-models/create' }, 'lose-answer'],
      [{ method: 'GET', ending: '/registered-models/get' }, { alter: put('registered_model.tags', []) }],
    ]);
    expect(stepOf(flow, 'create-registered-model')).toMatchObject({ status: 'fail', failureMode: 'connection-closed' });
    expect(changing(asked)).toEqual([]);
    await expectUntouched();
  });

  it('create-version-from-run: after a lost response, a version of another model is not used', async () => {
    const { flow, asked } = await runAltered(registry, [
      [{ method: 'POST', ending: '/model-versions/create' }, 'lose-answer'],
      [{ method: 'GET', ending: '/model-versions/search' }, { alter: () => ({ model_versions: [theirs.version] }) }],
    ]);
    expect(stepOf(flow, 'create-version-from-run')).toMatchObject({ status: 'fail', failureMode: 'connection-closed' });
    expect(changing(asked)).toEqual([]);
    await expectUntouched();
  });

  it("experiment: another person's experiment is not written to", async () => {
    const { flow, after } = await runAltered(registry, [
      [{ method: 'GET', ending: '/experiments/get-by-name', time: 3 }, { alter: put('experiment.name', 'production') }],
    ]);
    expect(stepOf(flow, 'experiment')).toMatchObject({ status: 'fail', failureMode: 'unexpected-body' });
    expect(after).toEqual(sweep.slice(0, 1));
    await expectUntouched();
  });

  it("read-artifacts: another person's files are not requested", async () => {
    const uri = `mlflow-artifacts:/1/${infoOf(theirs.run)['run_id']}/artifacts/model`;
    const { flow, asked } = await runAltered(registry, [
      [{ method: 'GET', ending: '/get-download-uri' }, { alter: put('artifact_uri', uri) }],
    ]);
    expect(stepOf(flow, 'read-artifacts')).toMatchObject({ status: 'fail', failureMode: 'unexpected-body' });
    expect(asked.filter((url) => url.includes(uri.slice('mlflow-artifacts:/'.length)))).toEqual([]);
    await expectUntouched();
  });
});

describe("a clean-up that finds another person's objects", () => {
  const asTheirs =
    (path: string, row: () => unknown): Alter =>
    (answer) =>
      put(path, [row()])(answer);

  it.each<{ readonly title: string; readonly where: Where; readonly alter: Alter; readonly left: readonly string[] }>([
    // What is not about the own model, or the own run, is passed over: nothing of the own is found, then.
    {
      title: 'versions',
      where: { method: 'GET', ending: '/model-versions/search' },
      alter: asTheirs('model_versions', () => theirs.version),
      left: [],
    },
    { title: 'logged models', where: searchModels, alter: asTheirs('models', () => theirs.loggedModel), left: [] },
  ])('$title: leaves them alone', async ({ where, alter, left }) => {
    const { flow, asked } = await runAltered(registry, [[where, { alter }]]);
    expect(flow.steps.filter(({ status }) => status !== 'pass')).toEqual([]);
    expect(changing(asked)).toEqual([]);
    expect(flow.cleanup.leftBehind.map(({ thing }) => thing)).toEqual(left);
    expect(await readTheirs(infoOf(theirs.run)['experiment_id'])).toMatchObject({ version: theirs.version });
  });

  it.each<{ readonly title: string; readonly where: Where; readonly change: (row: Row) => Row; readonly list: string }>(
    [
      {
        title: 'a version of its own model without its tag',
        where: { method: 'GET', ending: '/model-versions/search' },
        change: (row) => ({ ...row, tags: [] }),
        list: 'model_versions',
      },
      {
        title: 'a logged model of its own run without its tag',
        where: searchModels,
        change: (row) => ({ info: { ...infoOf(row), tags: [] } }),
        list: 'models',
      },
      {
        title: "another person's logged model that claims its run",
        where: searchModels,
        change: (row) => ({ info: { ...infoOf(row), model_id: infoOf(theirs.loggedModel)['model_id'] } }),
        list: 'models',
      },
    ],
  )('$title: leaves it and its parents, and the report says so', async ({ where, change, list }) => {
    const alter: Alter = (answer) => ({ ...answer, [list]: (answer[list] as readonly Row[]).map(change) });
    const { flow, asked } = await runAltered(registry, [[where, { alter }]]);
    expect(flow.steps.filter(({ status }) => status !== 'pass')).toEqual([]);
    expect(changing(asked)).toEqual([]);
    expect(flow.cleanup).toMatchObject({ status: 'degraded', failureMode: 'cleanup-failed' });
    expect(flow.cleanup.evidence?.summary).toContain("does not carry this flow's tag");
    expect(flow.cleanup.leftBehind.map(({ thing }) => thing)).toEqual(
      list === 'models' ? ['logged-model', 'run'] : ['model-version', 'registered-model'],
    );
    const after = await readTheirs(infoOf(theirs.run)['experiment_id']);
    expect({ ...after, run: theirs.run, loggedModel: theirs.loggedModel }).toEqual(theirs);
  });
});

describe('a clean-up that finds thousands of objects', () => {
  const copies = (row: Row, change: (at: number) => Row): readonly Row[] =>
    Array.from({ length: 2_000 }, (_, at) => ({ ...row, ...change(at) }));

  it.each<{ readonly title: string; readonly where: Where; readonly alter: Alter }>([
    {
      title: 'aliases',
      where: { method: 'GET', ending: '/registered-models/get' },
      alter: ({ registered_model: row }) => ({
        registered_model: { ...(row as Row), aliases: copies({ version: '1' }, (at) => ({ alias: `a${at}` })) },
      }),
    },
    {
      title: 'versions',
      where: { method: 'GET', ending: '/model-versions/search' },
      alter: ({ model_versions: rows }) => ({
        model_versions: copies((rows as readonly Row[])[0] ?? {}, (at) => ({ version: `${at + 1}`, description: '' })),
      }),
    },
    {
      title: 'logged models',
      where: searchModels,
      alter: ({ models: rows }) => ({
        models: copies({}, (at) => {
          const { model_id, source_run_id } = infoOf((rows as readonly Row[])[0]);
          return { info: { model_id: `${model_id}${at}`, source_run_id } };
        }),
      }),
    },
  ])('$title: checks a few of them, and its report stays short', async ({ where, alter }) => {
    const { flow, asked } = await runAltered(registry, [[where, { alter }]], { limits: { bodyBytes: 1_000_000 } });
    expect(flow.steps.filter(({ status }) => status !== 'pass')).toEqual([]);
    expect(asked.length).toBeLessThan(90);
    expect(JSON.stringify(flow.cleanup).length).toBeLessThan(10_000);
  });
});

describe("a sweep that finds another person's objects", () => {
  const flow = randomUUID();
  const tags = tagsFor(flow, 'test', Date.now());
  const name = `hokusai-synthetics-${flow}`;

  it('deletes nothing that only the search calls ours', async () => {
    const asked: string[] = [];
    const report = await registry.sweep(false, { clockMs: 7_200_000 }, (method, url) => {
      asked.push(`${method} ${url}`);
      if (url.includes('/runs/search'))
        return {
          alter: () => ({ runs: [{ info: { ...infoOf(theirs.run), run_name: name }, data: { tags } }] }),
        };
      return url.includes('/registered-models/search')
        ? { alter: () => ({ registered_models: [{ ...theirs.model, name, tags }] }) }
        : 'pass';
    });
    expect(report.found).toHaveLength(2);
    expect(report).toMatchObject({ removed: [], left: [], failure: null });
    expect(changing(asked)).toEqual([]);
    await expectUntouched();
  });
});
