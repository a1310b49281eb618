import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSandboxThread, type ThreadedSandbox } from '../../src/sandbox/start-thread.ts';
import { cli } from '../support/cli.ts';

const examples = join(import.meta.dirname, '..', '..', 'examples');
const unit = await readFile(join(examples, 'hokusai-synthetics.service'), 'utf8');
const container = await readFile(join(examples, 'Containerfile'), 'utf8');

const [, ofUnit = ''] = /^ExecStart=\S+\/hokusai-synthetics (.*)$/m.exec(unit) ?? [];
const listOf = (instruction: string): readonly string[] =>
  JSON.parse(new RegExp(`^${instruction} (\\[.*\\])$`, 'm').exec(container)?.[1] ?? '[]') as readonly string[];

describe('the example of', () => {
  let folder: string;
  let sandbox: ThreadedSandbox;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hokusai-test-'));
    sandbox = await startSandboxThread({
      options: { generation: '2026', mlflowUrl: null, pace: 1 },
      faultIds: [],
    });
  });
  afterAll(async () => {
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** The command as the example runs it, once, with files of this machine. */
  const runOnce = (args: readonly string[]) =>
    cli([
      ...args.map((arg) =>
        arg.endsWith('/synthetics.yaml')
          ? sandbox.configurationFile
          : arg.endsWith('/state.json')
            ? join(folder, 'state.json')
            : arg,
      ),
      ...['--cycles', '1'],
    ]);

  test.each([
    ['a systemd unit', ofUnit.split(' ')],
    ['a container', listOf('CMD')],
  ])('%s runs watch against a configuration and stores its state', async (_title, args) => {
    expect(args).toContain('watch');
    expect(await runOnce(args)).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/\bhealthy\b/) });
    await rm(join(folder, 'state.json'));
  });

  test('a container starts the command that the package installs', () => {
    expect(listOf('ENTRYPOINT')).toEqual(['hokusai-synthetics']);
  });

  test.runIf(spawnSync('systemd-analyze', ['--version']).status === 0)(
    'a systemd unit has no mistake that systemd finds',
    () => {
      const { stderr } = spawnSync('systemd-analyze', ['verify', join(examples, 'hokusai-synthetics.service')], {
        encoding: 'utf8',
      });
      // The program is not installed here.
      expect(
        stderr
          .split('\n')
          .filter((line) => line.includes('hokusai-synthetics') && !/not executable|No such file/.test(line)),
      ).toEqual([]);
    },
  );
});
