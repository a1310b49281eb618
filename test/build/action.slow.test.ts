import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { distFolder } from '../support/built.ts';
import { inSandbox } from '../support/sandboxed.ts';

interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly run?: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

const root = join(import.meta.dirname, '..', '..');
let action: Action;
let folder: string;

beforeAll(async () => {
  action = parse(await readFile(join(root, 'action.yml'), 'utf8')) as Action;
  folder = await mkdtemp(join(tmpdir(), 'hokusai-test-'));
  // What its step "Build the prober" makes, without the installation.
  await cp(distFolder, join(folder, 'action', 'dist'), { recursive: true });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** The runner's `${{ inputs.x }}`, which is all that this action uses. */
const filled = (value: string, inputs: Readonly<Record<string, string>>): string =>
  value.replace(
    /\$\{\{ inputs\.([\w-]+) \}\}/g,
    (_, name: string) => inputs[name] ?? action.inputs[name]?.default ?? '',
  );

interface Ran {
  readonly exitCode: number | null;
  readonly log: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
}

let uses = 0;

/** Runs the step that checks, as the runner does: bash, its files, its environment. */
const use = async (inputs: Readonly<Record<string, string>>): Promise<Ran> => {
  const step = action.runs.steps.find(({ id }) => id === 'check');
  uses += 1;
  const own = join(folder, `use ${uses}`);
  await mkdir(own);
  const files = { output: join(own, 'output'), summary: join(own, 'summary'), script: join(own, 'script.sh') };
  await Promise.all([
    writeFile(files.output, ''),
    writeFile(files.summary, ''),
    writeFile(files.script, step?.run ?? 'exit 99'),
  ]);
  const { HOKUSAI_API_KEY: _key, NODE_OPTIONS: _options, ...inherited } = process.env;
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', files.script], {
    cwd: own,
    env: {
      ...inherited,
      ...Object.fromEntries(Object.entries(step?.env ?? {}).map(([name, value]) => [name, filled(value, inputs)])),
      GITHUB_ACTION_PATH: join(folder, 'action'),
      GITHUB_OUTPUT: files.output,
      GITHUB_STEP_SUMMARY: files.summary,
      RUNNER_TEMP: own,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      log += chunk;
    });
  const exitCode = await new Promise<number | null>((resolve) => child.on('close', resolve));
  const outputs = (await readFile(files.output, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => line.split('='));
  return {
    exitCode,
    log,
    summary: await readFile(files.summary, 'utf8'),
    outputs: Object.fromEntries(outputs.map(([name = '', ...value]) => [name, value.join('=')])),
  };
};

describe('the GitHub Action', () => {
  it('takes inputs from the environment only, and never puts the key on a command line', () => {
    for (const { run = '' } of action.runs.steps) {
      expect(run).not.toContain('${{');
      expect(run).not.toMatch(/prober .*KEY/);
    }
    const env = Object.values(action.runs.steps.find(({ id }) => id === 'check')?.env ?? {}).join(' ');
    for (const input of Object.keys(action.inputs)) expect(env).toContain(`inputs.${input} }}`);
  });

  it('passes after a good deployment and keeps the report for later use', async () => {
    await inSandbox({}, async ({ configurationFile: config }) => {
      const { exitCode, log, summary, outputs } = await use({ config });
      expect(exitCode, log).toBe(0);
      expect(outputs).toEqual({
        'exit-code': '0',
        verdict: 'healthy',
        diagnosis: 'healthy',
        'still-failing': '',
        'version-served': '',
        report: expect.stringMatching(/report\.json$/),
      });
      expect(log).toMatch(/^::notice title=Hokusai sandbox%3A healthy::All is well/m);
      expect(summary).toMatch(/^## ✅ Hokusai sandbox: healthy\n/);
    });
  });

  it('fails with the cause in the summary; with a report from before, only for new failures', async () => {
    await inSandbox({ faults: ['discovery-record-deleted'] }, async ({ configurationFile: config }) => {
      const failed = await use({ config });
      expect(failed.exitCode, failed.log).toBe(1);
      expect(failed.outputs).toMatchObject({
        'exit-code': '1',
        verdict: 'failing',
        diagnosis: 'service-discovery-broken or mlflow-unreachable-from-api',
      });
      expect(failed.summary).toContain('The API does not find MLflow');
      expect(failed.log).toMatch(/^::error title=upstream-unreachable at service discovery::/m);
      const report = failed.outputs['report'] ?? '';
      expect(JSON.parse(await readFile(report, 'utf8'))).toMatchObject({ verdict: 'failing' });

      const again = await use({ config, baseline: report, target: 'registry\nauth.health' });
      expect(again.exitCode, again.log).toBe(0);
      expect(again.summary).toContain('still failing as before: `registry.mlflow-proxy-health`');
      expect(again.outputs).toMatchObject({
        verdict: 'still-failing',
        diagnosis: expect.stringContaining('service-discovery-broken'),
        'still-failing': expect.stringContaining('service-discovery-broken'),
      });
      const strict = await use({ config, baseline: report, target: 'registry', 'fail-on-known': 'true' });
      expect(strict.exitCode).toBe(1);
      expect(strict.log).toContain('exit code 1 because of --fail-on-known');
    });
  });

  it('reports that the version it waited for never came', async () => {
    await inSandbox({}, async ({ configurationFile: config }) => {
      const { exitCode, log, summary, outputs } = await use({
        config,
        target: 'auth.health',
        'wait-for': '2027.1.0',
        'wait-limit': '1s',
      });
      expect(exitCode).toBe(1);
      expect(log).toMatch(
        /^::error title=Hokusai sandbox%3A failing%2C version 2027\.1\.0 never came::Version 2027\.1\.0 never came/m,
      );
      expect(log.match(/^::error/gm)).toHaveLength(1);
      expect(summary).toMatch(/^## ❌ Hokusai sandbox: failing, version 2027\.1\.0 never came\n/);
      expect(outputs).toMatchObject({ 'exit-code': '1', verdict: 'healthy', 'version-served': 'false' });
    });
  });

  it('says that the version came', async () => {
    await inSandbox({}, async ({ configurationFile: config }) => {
      const { exitCode, outputs } = await use({ config, target: 'auth.health', 'wait-for': '2026.6.1' });
      expect(exitCode).toBe(0);
      expect(outputs).toMatchObject({ verdict: 'healthy', 'version-served': 'true' });
    });
  });

  it('refuses an empty version, which comes from an unset variable', async () => {
    const { exitCode, log, outputs } = await use({ 'wait-for': '' });
    expect(exitCode).toBe(2);
    expect(outputs).toEqual({ 'exit-code': '2' });
    expect(log).toMatch(/^::error title=Hokusai smoke check::.*--wait-for <version>/m);
  });

  it('exits with 2 and the reason when its configuration is wrong, and runs nothing that an input contains', async () => {
    const config = join(folder, 'wrong.yaml');
    await writeFile(config, 'environmen: x\n');
    const { exitCode, log, summary, outputs } = await use({ config });
    expect(exitCode).toBe(2);
    expect(outputs).toEqual({ 'exit-code': '2' });
    expect(log).toMatch(/^::error title=Hokusai smoke check::.*wrong\.yaml:1:1/m);
    expect(summary).toContain('exit code 2');

    const trap = join(folder, 'trap');
    const hostile = `"; touch ${trap}; $(touch ${trap}) \`touch ${trap}\` #`;
    const odd = await use({
      config: hostile,
      target: hostile,
      'wait-for': hostile,
      baseline: hostile,
      'fail-on': 'failing',
    });
    expect(odd.exitCode).toBe(2);
    await expect(readFile(trap)).rejects.toThrow('ENOENT');
  });
});
