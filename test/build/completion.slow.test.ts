import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cli } from '../support/cli.ts';
import { commandsIn, optionsIn } from './help.ts';

const shells = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof shells)[number];

/** Bash is where the tests run; the others are tried where they are installed. */
const isInstalled = (shell: Shell): boolean => spawnSync(shell, ['-c', 'true']).status === 0;

let folder: string;
const fileOf = (shell: Shell): string => join(folder, `completion.${shell}`);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hokusai-test-'));
  for (const shell of shells) await writeFile(fileOf(shell), (await cli(['completion', shell])).stdout);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The words that bash would offer for the last of `typed`. */
const offeredByBash = (typed: readonly string[]): readonly string[] => {
  const script = `source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _hokusai_synthetics; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', script, fileOf('bash'), 'hokusai-synthetics', ...typed], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((line) => line !== '');
};

const offeredByFish = (typed: readonly string[]): readonly string[] =>
  spawnSync(
    'fish',
    ['-c', 'source $argv[1]; complete -C "$argv[2]"', fileOf('fish'), `hokusai-synthetics ${typed.join(' ')}`],
    {
      encoding: 'utf8',
      env: { ...process.env, HOME: folder },
    },
  )
    .stdout.split('\n')
    .map((line) => line.split('\t')[0] ?? '')
    .filter((word) => word !== '');

const cases: readonly { readonly typed: readonly string[]; readonly offers: readonly string[] }[] = [
  { typed: ['ch'], offers: ['check'] },
  { typed: ['incidents', 'mu'], offers: ['mute'] },
  { typed: ['check', '--fail-on', ''], offers: ['degraded', 'failing'] },
  { typed: ['check', '--scenario', 'mlflow-sto'], offers: ['mlflow-stopped'] },
  { typed: ['check', '--target', 'registry.roo'], offers: ['registry.root'] },
  { typed: ['incidents', 'mute', '--hyp'], offers: ['--hypothesis'] },
  { typed: ['incidents', 'mute', '--hypothesis', 'rate-'], offers: ['rate-limited'] },
  { typed: ['explain', 'server-er'], offers: ['server-error'] },
  { typed: ['check', '--deadline', ''], offers: [] },
];

describe.each(cases)('completing "hokusai-synthetics $typed"', ({ typed, offers }) => {
  test('bash offers the words', () => {
    expect([...offeredByBash(typed)].sort()).toEqual(offers);
  });

  test.runIf(isInstalled('fish'))('fish offers the same words', () => {
    expect([...offeredByFish(typed)].sort()).toEqual(offers);
  });
});

/** Every command by its path, from the help of the built command line. */
const pathsBelow = async (path: readonly string[]): Promise<readonly (readonly string[])[]> => {
  const names = commandsIn((await cli([...path, '--help'])).stdout).filter((name) => name !== 'help');
  const below = await Promise.all(names.map((name) => pathsBelow([...path, name])));
  return [path, ...below.flat()];
};

test('every option that the help of a command shows is offered', async () => {
  const paths = await pathsBelow([]);
  expect(paths.length).toBeGreaterThan(8);
  for (const path of paths) {
    const options = optionsIn((await cli([...path, '--help'])).stdout).map(({ name }) => name);
    expect(offeredByBash([...path, '--'])).toEqual(expect.arrayContaining(options));
  }
});

test.each(shells.filter(isInstalled))('%s finds no mistake in its script', (shell) => {
  expect(spawnSync(shell, ['-n', fileOf(shell)], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
});

test('an unknown shell is refused with the known ones', async () => {
  expect(await cli(['completion', 'tcsh'])).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(/bash, zsh, fish/),
  });
});
