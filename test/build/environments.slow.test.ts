import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { run } from '../setup/run.ts';
import { builtCli } from '../support/built.ts';

const root = join(import.meta.dirname, '..', '..');
const needed = ['src', 'scripts', 'package.json', 'tsconfig.json', '.npmrc'];
/** Node first, as after actions/setup-node, and no node_modules/.bin. */
const programs = `${dirname(process.execPath)}${delimiter}/usr/local/bin${delimiter}/usr/bin${delimiter}/bin`;

let outside: string;
let checkout: string;

/** A checkout inside somebody else's project, at a path that a URL or a shell reads differently. */
beforeAll(async () => {
  outside = await mkdtemp(join(tmpdir(), 'hokusai test %41 #'));
  checkout = join(outside, 'tools', 'prober');
  await mkdir(checkout, { recursive: true });
  for (const entry of needed) await cp(join(root, entry), join(checkout, entry), { recursive: true });
  await symlink(join(root, 'node_modules'), join(checkout, 'node_modules'));
  await writeFile(join(outside, 'package.json'), '{ "type": "commonjs", "workspaces": ["tools/*"] }');
  await writeFile(join(outside, 'tsconfig.json'), '{ "compilerOptions": { "target": "es3", "jsx": "preserve" } }');
  await mkdir(join(outside, 'locked'));
  await chmod(join(outside, 'locked'), 0o500);
  const other = join(outside, 'esbuild');
  await writeFile(other, '#!/bin/sh\necho 0.1.0\nexit 1\n', { mode: 0o755 });
});

afterAll(() => rm(outside, { recursive: true, force: true }));

const within = (program: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<string> =>
  run(program, args, {
    cwd: checkout,
    env: { PATH: programs, HOME: outside, NODE_OPTIONS: '', ...env },
    limitMs: 200_000,
  });

/** Each row has settings that have nothing to do with each other: a failure's message names the one. */
const environments: Readonly<Record<string, () => Readonly<Record<string, string>>>> = {
  'a deployment job, without development packages': () => ({
    ...{
      NODE_ENV: 'production',
      npm_config_omit: 'dev',
      npm_config_production: 'true',
      npm_config_ignore_scripts: 'true',
    },
    ...{ CI: 'true', npm_config_script_shell: '/bin/sh' },
  }),
  'a service without a home, temporary files or a locale': () => ({
    ...{ HOME: join(outside, 'locked'), TMPDIR: join(outside, 'nowhere'), LANG: 'C', LC_ALL: 'C', TERM: 'dumb' },
    XDG_CONFIG_HOME: join(outside, 'nowhere'),
  }),
  'a project with its own esbuild, modules and tests': () => ({
    ...{ ESBUILD_BINARY_PATH: join(outside, 'esbuild'), NODE_PATH: outside, NODE_TEST_CONTEXT: 'child-v8' },
    ...{ INIT_CWD: outside, FORCE_COLOR: '1' },
  }),
};

describe.each(Object.entries(environments))('in the environment of %s', (_, environment) => {
  it('npm run build:cli makes a command line that runs', async () => {
    await rm(join(checkout, 'dist'), { recursive: true, force: true });
    await within('npm', ['run', '--silent', 'build:cli'], environment());
    const said = await within(
      join(checkout, 'dist', 'cli.js'),
      ['explain', 'mlflow-unreachable-from-api'],
      environment(),
    );
    expect(said).toContain('mlflow-unreachable-from-api');
  });

  it('the packaged command line checks its sandbox', async () => {
    const args = [builtCli, 'check', '--sandbox', '--pace', '10', '--target', 'auth.health'];
    // Its verdict is not the point: the machine may be slow.
    expect(await within(process.execPath, args, environment())).toContain('Hokusai sandbox');
  });
});

describe('the GitHub Action', () => {
  it('builds and checks without the settings that the job has for its own programs', async () => {
    const { runs } = parse(await readFile(join(root, 'action.yml'), 'utf8')) as {
      readonly runs: { readonly steps: readonly { readonly run?: string }[] };
    };
    const stub = join(outside, 'bin');
    await mkdir(stub);
    const log = join(outside, 'log');
    // Says what it was started with, in place of the network.
    const script = `#!/bin/sh\necho "$0" "$@" "\${NODE_OPTIONS-none}" "\${ESBUILD_BINARY_PATH-none}" >> "$LOG"\n`;
    for (const name of ['npm', 'node']) await writeFile(join(stub, name), script, { mode: 0o755 });
    const env = {
      ...{ NODE_OPTIONS: '--require dd-trace/ci/init', ESBUILD_BINARY_PATH: join(outside, 'esbuild'), LOG: log },
      ...{ GITHUB_ACTION_PATH: checkout, GITHUB_OUTPUT: join(outside, 'output'), RUNNER_TEMP: outside },
      ...{ SMOKE_WAIT_FOR: 'none', SMOKE_FAIL_ON: 'failing', PATH: `${stub}${delimiter}${programs}` },
    };
    for (const { run: text } of runs.steps)
      if (text !== undefined) await within('bash', ['-eo', 'pipefail', '-c', text], env);
    const started = (await readFile(log, 'utf8')).trim().split('\n');
    expect(started[0]).toContain('npm ci --include=dev none none');
    expect(started.join('\n')).not.toContain('dd-trace');
    expect(started.some((line) => line.includes('cli.js check'))).toBe(true);
  });
});
