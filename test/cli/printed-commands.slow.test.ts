import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reachFor } from '../../src/cli/reach.ts';
import { ownCommand, reachWords } from '../../src/model/own-command.ts';
import { builtCli } from '../support/built.ts';
import { cli } from '../support/cli.ts';
import { inSandbox } from '../support/sandboxed.ts';

let folder: string;

beforeAll(async () => {
  // Its name has to be quoted for a shell.
  folder = await mkdtemp(join(tmpdir(), "hokusai test's-"));
  // As npx runs the package, without the network.
  await writeFile(join(folder, 'npx'), `#!/bin/sh\nshift\nexec '${process.execPath}' '${builtCli}' "$@"\n`);
  await chmod(join(folder, 'npx'), 0o755);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a command as a person pastes it, in another folder. */
const pasted = (command: string): Promise<{ readonly exitCode: number; readonly output: string }> =>
  new Promise((resolve) => {
    const env = { ...process.env, PATH: `${folder}:${process.env['PATH']}`, HOKUSAI_API_KEY: 'hk_test_pasted_012345' };
    execFile('sh', ['-c', command], { env, cwd: folder }, (error, stdout, stderr) => {
      const exitCode = typeof error?.code === 'number' ? error.code : error === null ? 0 : 99;
      resolve({ exitCode, output: `${stdout}${stderr}` });
    });
  });

/** The first printed command with these words. */
const printed = (text: string, words: string): string => {
  const found = text.split('\n').find((line) => line.includes(`npx hokusai-synthetics ${words}`)) ?? '';
  return found.slice(found.indexOf('npx '));
};

describe('a command that the program prints runs as printed', () => {
  it('to stop the reminders of an incident, with the state and the configuration of the watch', async () => {
    await inSandbox({ faults: ['mlflow-stopped'] }, async ({ configurationFile }) => {
      const config = join(folder, 'its own config.yaml');
      await writeFile(config, await readFile(configurationFile, 'utf8'));
      const state = join(folder, 'the state.json');
      const place = ['--config', config, '--state', state];
      await cli(['watch', ...place, '--every', '10s', '--cycles', '2', '--skip-registration']);
      const { stdout } = await cli(['incidents', ...place, '--format', 'json']);
      const id = /"id": "([^"]+)"/.exec(stdout)?.[1] ?? '';
      // As a mail has it (notify/text.ts).
      const command = ownCommand('incidents', 'acknowledge', id, ...reachWords(reachFor({ file: config }, state)));
      const { exitCode, output } = await pasted(command);
      expect(output).toMatch(/ is acknowledged\n/);
      expect(exitCode).toBe(0);
    });
  });

  it('to record a baseline, with the configuration of the check', async () => {
    await inSandbox({ faults: ['firewall-blocks'] }, async ({ configurationFile }) => {
      const config = await readFile(configurationFile, 'utf8');
      const bare = configurationFile.replace(/\.yaml$/, '-bare.yaml');
      await writeFile(bare, config.replace(/^baseline: .*$/m, ''));
      const { stdout } = await cli(['check', '--config', bare, '--target', 'registry.root']);
      const command = printed(stdout, 'check');
      expect(command).toContain('--output baseline.json');
      expect((await pasted(command)).output).toContain('report written to baseline.json');
      expect(JSON.parse(await readFile(join(folder, 'baseline.json'), 'utf8'))).toMatchObject({ schemaVersion: 1 });
    });
  });

  it('to check a configuration that init wrote', async () => {
    const { stderr } = await cli(['init', '--yes', '--output', join(folder, 'new.yaml')]);
    const { output } = await pasted(printed(stderr, 'validate').replace(' --online', ''));
    expect(output).toContain('is valid');
  });

  it('to save a report that can be read', async () => {
    await writeFile(join(folder, 'empty.json'), '');
    const { stderr } = await cli(['replay', join(folder, 'empty.json')]);
    expect(await pasted(`${printed(stderr, 'check')} --help`)).toMatchObject({ exitCode: 0 });
  });
});
