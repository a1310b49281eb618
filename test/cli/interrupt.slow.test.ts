import { watch } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { renderJson } from '../../src/report/json.ts';
import { outcome, report as reportOf } from '../metrics/reports.ts';
import { type Meddle, type Registry, startRegistry } from '../registration/platform.ts';
import { type CliResult, cli, startCli } from '../support/cli.ts';
import { makeNamedPipe } from '../support/named-pipe.ts';

type Child = ReturnType<typeof startCli>;

interface Ended extends CliResult {
  readonly signal: NodeJS.Signals | null;
}

/** What a command says until it ends, and how it does. `onText` hears all that was said so far, each time that there is more. */
const ended = (child: Child, onText: (said: string) => void = () => undefined): Promise<Ended> => {
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
    onText(stdout + stderr);
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
    onText(stdout + stderr);
  });
  return new Promise((resolve) =>
    child.on('close', (exitCode, signal) => resolve({ exitCode, signal, stdout, stderr })),
  );
};

/** Calls once when this was said. */
const once = (text: string | RegExp, then: () => void): ((said: string) => void) => {
  let isDone = false;
  return (said) => {
    if (isDone || said.search(text) < 0) return;
    isDone = true;
    then();
  };
};

const announced = 'interrupted: cleaning up, up to 8 s; press Ctrl-C again to leave at once\n';

describe('a check that is interrupted during its flow', () => {
  let registry: Registry;
  let configuration: string;
  let env: Readonly<Record<string, string>>;

  beforeEach(async () => {
    registry = await startRegistry();
    ({ configuration, env } = await registry.commandLine());
  });
  afterEach(() => registry.close());

  const flow = (...more: readonly string[]): Child =>
    startCli(['check', '--target', 'registration', '--config', configuration, ...more], { env });

  /** Interrupts when a request comes; `then`: what is done with that one, and with those after it. */
  const interruptedAt = (request: RegExp, signal: NodeJS.Signals, then: Meddle = () => 'pass'): Promise<Ended> => {
    const child = flow('--format', 'json');
    let isReached = false;
    registry.meddle((method, path) => {
      if (!isReached && request.test(`${method} ${path}`)) {
        isReached = true;
        child.kill(signal);
      }
      return isReached ? then(method, path) : 'pass';
    });
    return ended(child);
  };

  /** Signals the first time that such a request comes. */
  const signalAt = (request: RegExp, child: Child, signal: NodeJS.Signals): void => {
    const send = once(request, () => child.kill(signal));
    registry.meddle((method, path) => {
      send(`${method} ${path}`);
      return 'pass';
    });
  };

  const nothing = { models: [], versions: 0, runs: [], loggedModels: 0 };

  it.each([
    ['before anything is made', /GET .*get-by-name/],
    ['as the run is created', /POST .*runs\/create/],
    ['as its values are logged', /POST .*runs\/log-batch/],
    ['as the logged model is created', /POST .*logged-models$/],
    ['as a file is uploaded', /^PUT/],
    ['as the model is registered', /POST .*registered-models\/create/],
    ['as a version is created', /POST .*model-versions\/create/],
    ['as it is read back', /GET .*registered-models\/alias/],
    ['as the clean-up begins', /DELETE .*registered-models\/alias/],
    ['as the clean-up ends', /POST .*runs\/delete/],
  ])('cleans up on %s, says so, and exits as a shell expects', async (_, request) => {
    const { exitCode, stdout, stderr } = await interruptedAt(request, 'SIGINT');

    expect(stderr).toBe(`${announced}nothing is left behind\n`);
    expect(exitCode).toBe(130);
    expect(await registry.contents()).toEqual(nothing);
    const { verdict, registration } = JSON.parse(stdout) as Report;
    // With all steps done, there is nothing that was not seen.
    const isWhole = registration?.steps.every(({ status }) => status === 'pass');
    expect([verdict, registration?.status]).toEqual(isWhole ? ['healthy', 'pass'] : ['inconclusive', 'inconclusive']);
    expect(registration?.steps.filter(({ status }) => status === 'fail' || status === 'degraded')).toEqual([]);
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('does the same on %s', async (signal, code) => {
    const { exitCode, stderr } = await interruptedAt(/POST .*model-versions\/create/, signal);
    expect(stderr).toBe(`${announced}nothing is left behind\n`);
    expect(exitCode).toBe(code);
    expect(await registry.contents()).toEqual(nothing);
  });

  it('looks for a created object whose response was lost, and deletes it', async () => {
    const { exitCode, stderr } = await interruptedAt(/POST .*registered-models\/create/, 'SIGINT', (_, path) =>
      /registered-models\/create/.test(path) ? 'lose-answer' : 'pass',
    );
    expect(stderr).toBe(`${announced}nothing is left behind\n`);
    expect(exitCode).toBe(130);
    expect(await registry.contents()).toEqual(nothing);
  });

  it('ends within the announced time on a platform that hangs, and names what is left and how to delete it', async () => {
    const { exitCode, stderr } = await interruptedAt(/POST .*model-versions\/create/, 'SIGINT', () => 'hang');
    const { models, runs } = await registry.contents();

    expect(stderr).toBe(
      `${announced}left behind: registered-model ${models[0]}, run ${runs[0]}\n` +
        `this deletes it: npx hokusai-synthetics sweep --all --config ${configuration}\n`,
    );
    expect(exitCode).toBe(130);

    registry.meddle(() => 'pass');
    const sweep = (...more: readonly string[]) => cli(['sweep', '--config', configuration, ...more], env);
    expect((await sweep('--dry-run')).stdout).toBe(
      '2 younger than 1 h are kept, because a flow may still be running; --all shows them\n',
    );
    const shown = await sweep('--all', '--dry-run');
    expect(shown.stdout).toContain(`would delete registered-model ${models[0]}\nwould delete run ${runs[0]}\n`);
    expect(shown.stderr).toBe('objects younger than 1 h may belong to a flow that is still running elsewhere\n');
    expect((await sweep('--all')).stdout).toMatch(/\d deleted, 0 left behind\n$/);
    expect(await registry.contents()).toEqual(nothing);
    expect((await sweep('--all', '--dry-run')).stdout).toBe('nothing is left over\n');
  });

  it('leaves at once on a second signal, and names what is left', async () => {
    const child = flow();
    const send = once(/model-versions\/create/, () => child.kill('SIGINT'));
    registry.meddle((_, path) => {
      send(path);
      return /model-versions\/create/.test(path) ? 'hang' : 'pass';
    });
    const { exitCode, stdout, stderr } = await ended(
      child,
      once('press Ctrl-C again', () => child.kill('SIGINT')),
    );

    const { models, runs } = await registry.contents();
    expect(stderr).toBe(
      `${announced}left behind: registered-model ${models[0]}, run ${runs[0]}\n` +
        `this deletes it: npx hokusai-synthetics sweep --all --config ${configuration}\n`,
    );
    expect(stdout).toBe('');
    expect(exitCode).toBe(130);
  });

  it('continues its clean-up when the terminal closes afterwards', async () => {
    const child = flow();
    signalAt(/model-versions\/create/, child, 'SIGTERM');
    const { exitCode, stderr } = await ended(
      child,
      once('press Ctrl-C again', () => child.kill('SIGHUP')),
    );
    expect(stderr).toBe(`${announced}nothing is left behind\n`);
    expect(exitCode).toBe(143);
  });

  it('writes what it saw, and the rest as inconclusive', async () => {
    const output = join(env['TMPDIR'] ?? '', 'report.json');
    const child = flow('--format', 'json', '--output', output);
    signalAt(/runs\/log-batch/, child, 'SIGINT');
    const { exitCode } = await ended(child);
    expect(exitCode).toBe(130);
    const { verdict, registration } = JSON.parse(await readFile(output, 'utf8')) as Report;
    expect(verdict).toBe('inconclusive');
    expect(registration?.steps.at(-1)).toMatchObject({ status: expect.stringMatching(/inconclusive|skipped/) });
    expect(await readdir(env['TMPDIR'] ?? '')).toEqual(['report.json']);
  });

  it('ends a watch, which reports nothing about the partial cycle and exits as a watch does', async () => {
    const state = join(env['TMPDIR'] ?? '', 'state.json');
    const only = ['--every', '1h', '--config', configuration, '--state', state];
    const child = startCli(['watch', ...only], { env });
    signalAt(/model-versions\/create/, child, 'SIGTERM');
    const { exitCode, stdout, stderr } = await ended(child);
    expect(stderr).toBe(`${announced}nothing is left behind\n`);
    expect(stdout).toMatch(/^Watching (?!.*\n\n.)/s);
    expect(exitCode).toBe(0);
    expect(await registry.contents()).toEqual(nothing);
  });

  it('ends a sweep after its current deletion', async () => {
    await interruptedAt(/POST .*model-versions\/create/, 'SIGKILL', () => 'hang');
    const child = startCli(['sweep', '--all', '--config', configuration], { env });
    signalAt(/GET .*registered-models\/get/, child, 'SIGINT');
    const { exitCode, stdout, stderr } = await ended(child);
    expect(stderr).toMatch(/\ninterrupted: finishing the current deletion, up to 8 s; press Ctrl-C again to leave/);
    expect(stdout).toMatch(/^deleted registered-model \S+\n1 deleted, 0 left behind, 1 not tried\n$/);
    expect(exitCode).toBe(130);
    expect((await registry.contents()).models).toEqual([]);
  });
});

describe('an interrupted command leaves no temporary files', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hokusai-test-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const started = (...args: readonly string[]): Child => startCli(args, { env: { TMPDIR: folder } });
  /** Signals when the sandbox has its folder, or later. */
  const whenFolderIsThere = (then: () => void): void => {
    const watcher = watch(folder, (_, name) => {
      if (name?.startsWith('hokusai-sandbox-') !== true) return;
      watcher.close();
      then();
    });
  };

  it('a check that is starting its sandbox', async () => {
    const child = started('check', '--sandbox');
    whenFolderIsThere(() => child.kill('SIGINT'));
    expect((await ended(child)).exitCode).toBe(130);
    expect(await readdir(folder)).toEqual([]);
  });

  it('a check that is waiting for a version', async () => {
    const child = started('check', '--sandbox', '--wait-for', '9.9.9');
    const { exitCode, stdout, stderr } = await ended(
      child,
      once('2026.6.1', () => child.kill('SIGTERM')),
    );
    expect(exitCode).toBe(143);
    expect(stderr).toMatch(/\ninterrupted: no longer waiting; press Ctrl-C again to leave at once\n$/);
    expect(stdout).toBe('');
    expect(await readdir(folder)).toEqual([]);
  });

  it('a sandbox, which ends by a signal', async () => {
    const child = started('sandbox');
    const { exitCode } = await ended(
      child,
      once('the sandbox runs', () => child.kill('SIGINT')),
    );
    expect(exitCode).toBe(0);
    expect(await readdir(folder)).toEqual([]);
  });

  it('a watch of a sandbox between cycles', async () => {
    const child = started(
      'watch',
      '--sandbox',
      '--every',
      '1h',
      '--skip-registration',
      '--state',
      join(folder, 's.json'),
    );
    const { exitCode } = await ended(
      child,
      once('healthy', () => child.kill('SIGINT')),
    );
    expect(exitCode).toBe(0);
    expect(await readdir(folder)).toEqual(['s.json']);
  });

  it('a drill, which then writes no report', async () => {
    const output = join(folder, 'drill.json');
    const child = started('drill', '--no-pairs', '--format', 'json', '--output', output);
    whenFolderIsThere(() => child.kill('SIGINT'));
    const { exitCode, stderr } = await ended(child);
    expect(stderr).toBe(
      'interrupted: closing the sandboxes; press Ctrl-C again to leave at once\nno report is written: only a complete drill has one\n',
    );
    expect(exitCode).toBe(130);
    expect(await readdir(folder)).toEqual([]);
  });

  it('a replay waiting for a reader of its named pipe', async () => {
    const [pipe, report] = [join(folder, 'pipe'), join(folder, 'report.json')];
    makeNamedPipe(pipe);
    await writeFile(report, renderJson(reportOf([outcome('my.page', 'pass')])));
    const child = started('replay', report, '--output', pipe);
    // It has read the report by then.
    const { exitCode } = await ended(
      child,
      once('not used', () => child.kill('SIGINT')),
    );
    expect(exitCode).toBe(130);
  });
});
