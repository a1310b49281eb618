import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { tagsFor } from '../../src/registration/tags.ts';
import { type RealMlflow, startRealMlflow } from '../setup/mlflow-server.ts';
import { type Passed, type PassThrough, startPassThrough } from '../setup/pass-through.ts';
import { describeWith } from '../setup/real-parts.ts';
import { type CliResult, cli, startCli, whenEnded } from '../support/cli.ts';
import { type Platform, startPlatform } from '../support/registering.ts';
import { askMlflow, contentsOf, type RegistryContents } from '../support/registry-contents.ts';

/** Every request of the flow that changes something, by what MLflow has done when the process is killed. */
const moments: readonly { readonly title: string; readonly request: RegExp; readonly nth: number }[] = [
  { title: 'the run is created', request: /^POST .*\/runs\/create$/, nth: 1 },
  { title: 'its values are logged', request: /^POST .*\/runs\/log-batch$/, nth: 1 },
  { title: 'the logged model is created', request: /^POST .*\/logged-models$/, nth: 1 },
  { title: 'it is attached to the run', request: /^POST .*\/runs\/outputs$/, nth: 1 },
  { title: 'the first file is uploaded', request: /^PUT /, nth: 1 },
  { title: 'all files are uploaded', request: /^PUT /, nth: 4 },
  { title: 'the logged model is finished', request: /^PATCH .*\/logged-models\/m-\w+$/, nth: 1 },
  { title: 'the registered model is created', request: /^POST .*\/registered-models\/create$/, nth: 1 },
  { title: 'the first version is created', request: /^POST .*\/model-versions\/create$/, nth: 1 },
  { title: 'the second version is created', request: /^POST .*\/model-versions\/create$/, nth: 2 },
  { title: 'the alias is set', request: /^POST .*\/registered-models\/alias$/, nth: 1 },
  { title: 'the run is finished', request: /^POST .*\/runs\/update$/, nth: 1 },
  { title: 'everything is read back', request: /^GET .*\/registered-models\/search\?filter/, nth: 2 },
  { title: 'the alias is deleted again', request: /^DELETE .*\/registered-models\/alias$/, nth: 1 },
  { title: 'one version is deleted again', request: /^DELETE .*\/model-versions\/delete$/, nth: 1 },
  { title: 'both versions are deleted again', request: /^DELETE .*\/model-versions\/delete$/, nth: 2 },
  { title: 'one folder of artifacts is deleted again', request: /^DELETE .*\/mlflow-artifacts\//, nth: 1 },
  { title: 'both folders of artifacts are deleted again', request: /^DELETE .*\/mlflow-artifacts\//, nth: 2 },
  { title: 'the logged model is deleted again', request: /^DELETE .*\/logged-models\/m-\w+$/, nth: 1 },
];

const prefix = 'hokusai-synthetics';

describeWith('mlflow', 'a registration flow that is killed', () => {
  let mlflow: RealMlflow;
  let between: PassThrough;
  let platform: Platform;
  /** What others have in the registry, most of it made to be mistaken for ours. */
  let others: RegistryContents;
  let onAnswer: (passed: Passed) => void | Promise<void> = () => {};

  beforeAll(async () => {
    mlflow = await startRealMlflow({ staticPrefix: '/mlflow' });
    between = await startPassThrough(mlflow.url, (passed) => onAnswer(passed));
    platform = await startPlatform(between.url);
    // It makes the experiment, which stays.
    await platform.run();
    await makeLookAlikes(mlflow);
    others = await contentsOf(mlflow);
  });
  afterAll(async () => {
    await platform?.close();
    await between?.close();
    await mlflow?.close();
  });

  /** Runs the command line, and kills it when MLflow has answered this request, before the answer gets to it. */
  const killAfter = async (request: RegExp, nth: number): Promise<void> => {
    const args = ['check', '--target', 'registration', '--config', platform.configurationFile];
    const child = startCli(args);
    const ended = once(child, 'exit');
    let seen = 0;
    onAnswer = async ({ method, path }) => {
      if (!request.test(`${method} ${path}`)) return;
      seen += 1;
      if (seen !== nth) return;
      child.kill('SIGKILL');
      await ended;
    };
    const [, signal] = await ended;
    onAnswer = () => {};
    expect(signal, `${nth} × ${request}`).toBe('SIGKILL');
  };

  /** The same with Ctrl-C, pressed when MLflow has answered; the answer gets through. */
  const interruptAt = async (request: RegExp, nth: number): Promise<CliResult> => {
    const child = startCli(['check', '--target', 'registration', '--config', platform.configurationFile]);
    let seen = 0;
    onAnswer = ({ method, path }) => {
      if (!request.test(`${method} ${path}`)) return;
      seen += 1;
      if (seen === nth) child.kill('SIGINT');
    };
    const ended = await whenEnded(child);
    onAnswer = () => {};
    return ended;
  };

  it.each(moments)('when $title: the next sweep deletes exactly what it left', async ({ request, nth }) => {
    await killAfter(request, nth);
    expect(await contentsOf(mlflow)).not.toEqual(others);

    const { found, left, failure } = await platform.sweep({ olderThan: Date.now() + 1_000 });

    expect([left, failure]).toEqual([[], null]);
    expect(found.length).toBeGreaterThan(0);
    expect(await contentsOf(mlflow)).toEqual(others);
  });

  it('after all deletions: nothing is left to sweep', async () => {
    await killAfter(/^POST .*\/runs\/delete$/, 1);

    expect(await platform.sweep({ olderThan: Date.now() + 1_000 })).toMatchObject({ found: [], failure: null });
    expect(await contentsOf(mlflow)).toEqual(others);
  });

  it.each(moments)('when $title, only interrupted: nothing is left', async ({ request, nth }) => {
    const { exitCode, stderr } = await interruptAt(request, nth);

    expect(stderr).toMatch(/^interrupted: cleaning up, up to 8 s; .*\nnothing is left behind\n$/);
    expect(exitCode).toBe(130);
    expect(await contentsOf(mlflow)).toEqual(others);
  });

  it('the next cycle deletes it too, and says so', async () => {
    await killAfter(/^POST .*\/registered-models\/alias$/, 1);

    const { status, cleanup } = await platform.run({ limits: { leftOverMs: 1 } });

    expect(status).toBe('pass');
    expect(cleanup.swept.map(({ thing }) => thing).sort()).toEqual([
      'alias',
      'logged-model',
      'model-artifacts',
      'model-version',
      'model-version',
      'registered-model',
      'run',
      'run-artifacts',
    ]);
    expect(await contentsOf(mlflow)).toEqual(others);
  });

  it('younger objects stay, because their flow may still run: the command line sweeps none of them, dry or not', async () => {
    await killAfter(/^POST .*\/registered-models\/create$/, 1);
    await sleep(5);
    const meanwhile = Date.now();
    await sleep(5);
    const young = await make(mlflow, `${prefix}-${randomUUID()}`, ours());
    await platform.sweep({ olderThan: meanwhile });
    expect((await contentsOf(mlflow)).models).toEqual([...others.models, young].sort());

    for (const dryRun of [['--dry-run'], []])
      expect(await cli(['sweep', '--config', platform.configurationFile, ...dryRun])).toMatchObject({
        exitCode: 0,
        stdout: `1 younger than 1 h is kept, because a flow may still be running; --all ${dryRun.length > 0 ? 'shows' : 'deletes'} it\n`,
      });
    const later = { olderThan: Date.now() + 1_000 };
    expect(await platform.sweep({ ...later, dryRun: true })).toMatchObject({ found: [{ id: young }], removed: [] });
    expect(await platform.sweep(later)).toMatchObject({ found: [{ id: young }], removed: [{ id: young }] });
    expect(await contentsOf(mlflow)).toEqual(others);
  });
});

type Tags = ReturnType<typeof tagsFor>;

/** The tags of a flow in the sandbox, or of one that is much like it. */
const ours = (environment = 'sandbox', flow: string = randomUUID()): Tags => tagsFor(flow, environment, Date.now());

const make = async (mlflow: RealMlflow, name: string, tags: Tags): Promise<string> => {
  await askMlflow(mlflow, 'POST', 'registered-models/create', { name, tags });
  return name;
};

/** Models and runs that share all marks of ours but one. */
const makeLookAlikes = async (mlflow: RealMlflow): Promise<void> => {
  const name = (): string => `${prefix}-${randomUUID()}`;
  const anothers = ours().map((tag) => (tag.key === 'synthetics_owner' ? { ...tag, value: 'somebody' } : tag));
  const notSynthetic = ours().filter(({ key }) => key !== 'synthetic');
  const models: readonly (readonly [string, Tags])[] = [
    [name(), []],
    [name(), anothers],
    [name(), notSynthetic],
    [name(), ours('production')],
    [name(), ours('sandbox', 'no-uuid')],
    [prefix, ours()],
    [`${prefix}-`, ours()],
    [`${name()}-v2`, ours()],
    [`my-${name()}`, ours()],
    [name().toUpperCase(), ours()],
    [name().replaceAll('-', '_'), ours()],
    [`${prefix}s-${randomUUID()}`, ours()],
    ['fraud-detector', ours()],
  ];
  for (const [model, tags] of models) {
    await make(mlflow, model, tags);
    const source = 'mlflow-artifacts:/0/somewhere/artifacts/model';
    await askMlflow(mlflow, 'POST', 'model-versions/create', { name: model, source });
  }
  const { experiment } = await askMlflow(mlflow, 'GET', `experiments/get-by-name?experiment_name=${prefix}`);
  const { experiment_id } = experiment as { readonly experiment_id: string };
  const runs: readonly (readonly [string, Tags, string])[] = [
    [name(), [], experiment_id],
    [name(), anothers, experiment_id],
    [name(), notSynthetic, experiment_id],
    [name(), ours('production'), experiment_id],
    ['nightly-training', ours(), experiment_id],
    [`${name()}-v2`, ours(), experiment_id],
    // Not where the flow works.
    [name(), ours(), '0'],
  ];
  for (const [run_name, tags, experimentId] of runs)
    await askMlflow(mlflow, 'POST', 'runs/create', { experiment_id: experimentId, run_name, start_time: 1, tags });
};
