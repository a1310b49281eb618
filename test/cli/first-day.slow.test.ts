import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSandboxThread, type ThreadedSandbox } from '../../src/sandbox/start-thread.ts';
import { builtCli } from '../support/built.ts';
import { type CliResult, cli, whenEnded } from '../support/cli.ts';

let folder: string;
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hokusai-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** `init` with these lines as its input. */
const init = (lines: readonly string[], ...args: readonly string[]): Promise<CliResult> => {
  const child = spawn(process.execPath, [builtCli, 'init', ...args], { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.end(lines.map((line) => `${line}\n`).join(''));
  return whenEnded(child);
};

describe('init', () => {
  test('writes a valid configuration from the answers, with the schema for editors', async () => {
    const answers = ['staging', 'registry.staging.example', '', '', '', '', 'secretsManager:a/b#key', 'env:CHAT_URL'];
    expect(await init(answers, '--output', 'asked.yaml')).toMatchObject({ exitCode: 0 });
    const text = await readFile(at('asked.yaml'), 'utf8');

    expect(text).toContain('environment: staging\n');
    expect(text).toContain('  auth: auth.staging.example\n');
    expect(text).toContain('  apiKey: { secretsManager: a/b, field: key }\n');
    expect(text).toContain('  webhook: { env: CHAT_URL }\n');
    const schema = /\$schema=(\S+)/.exec(text)?.[1] ?? '';
    expect(existsSync(resolve(dirname(at('asked.yaml')), schema))).toBe(true);
    expect(await cli(['validate', at('asked.yaml')])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/environment staging/),
    });
  });

  test('asks for further channels, a line for all and one for the secret of each', async () => {
    const answers = ['', '', '', '', '', 'Teams, pagerduty json', 'ssm:/pager', '', 'file:/run/hook'];
    expect(await init(answers, '--output', 'channels.yaml')).toMatchObject({ exitCode: 0 });
    const text = await readFile(at('channels.yaml'), 'utf8');
    expect(text).toContain('  pagerduty: { routingKey: { ssm: "/pager" } }   # region: eu');
    expect(text).toContain('  teams: { url: { env: TEAMS_WORKFLOW_URL } }\n');
    expect(text).toContain('  json: { url: { file: "/run/hook" } }   # template');
    expect(text).not.toContain('opsgenie');
    expect(await cli(['validate', at('channels.yaml')])).toMatchObject({ exitCode: 0 });
  });

  test('takes the defaults where there is no answer, and replaces no file', async () => {
    expect(await init([], '--output', 'defaults.yaml')).toMatchObject({ exitCode: 0 });
    expect(await cli(['validate', at('defaults.yaml')], { HOKUSAI_API_KEY: 'hk_test_0123456789' })).toMatchObject({
      exitCode: 0,
      stdout: expect.not.stringContaining('note:'),
    });
    expect(await init([], '--output', 'defaults.yaml')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/defaults\.yaml exists: --force replaces it/),
    });
  });

  test.each<readonly [title: string, answers: readonly string[], says: RegExp]>([
    ['an environment with a space', ['two words'], /Environment: is not a valid environment name/],
    ['a host with a scheme', ['', 'https://registry.example'], /Host of the registry: .*host name/],
    ['the key itself', ['', '', 'hk_test_0123456789abcdef'], /never the key itself/],
    ['the URL itself', ['', '', '', 'https://hooks.example/T0/B0/x'], /never the URL itself/],
    [
      'a channel that does not exist',
      ['', '', '', '', '', 'carrier-pigeon'],
      /Other channels: pagerduty, opsgenie, teams, json are known/,
    ],
    [
      'the secret of a channel',
      ['', '', '', '', '', 'opsgenie', 'hk_test_0123456789abcdef'],
      /Opsgenie: .*never the secret itself/,
    ],
    ['a topic that is not an ARN', ['', '', '', '', 'my-topic'], /SNS topic.*ARN/],
  ])('refuses %s, and does not repeat it', async (_title, answers, says) => {
    const { exitCode, stderr } = await init(answers, '--output', 'refused.yaml');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/hk_test_|T0\/B0/);
    expect(existsSync(at('refused.yaml'))).toBe(false);
  });
});

describe('watch --sandbox', () => {
  const env = () => ({ XDG_STATE_HOME: at('state') });
  const asked = (...args: readonly string[]): Promise<CliResult> => cli(args, env());

  test('tracks what incidents --sandbox lists, and each names the command that leads on', async () => {
    const empty = await asked('incidents');
    expect(empty.stdout).toMatch(
      /^no cycle of development has been tracked yet in \S+development\.json\nto track them: npx hokusai-synthetics watch --every 60s\n$/,
    );
    const watched = await asked('watch', '--every', '10s', '--cycles', '1', '--sandbox', '--target', 'auth.health');
    const [, list = ''] = /to list them +npx hokusai-synthetics (.*)\n/.exec(watched.stdout) ?? [];
    expect((await asked(...list.split(' '))).stdout).toMatch(/^sandbox · no incident is open · last cycle /);
    expect((await asked('incidents')).stdout).toMatch(
      /\ntracked in the same folder: sandbox \(npx hokusai-synthetics incidents --sandbox\)\n$/,
    );
  });

  test.each(['incidents', 'explain registry'])('%s takes --sandbox or --config, not both', async (command) => {
    expect(await asked(...command.split(' '), '--sandbox', '--config', at('x.yaml'))).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/leave --config and --environment out/),
    });
  });
});

test('a check of a sandbox that fails says that its commands to ask again need one that keeps running', async () => {
  const broken = ['check', '--sandbox', '--scenario', 'api-targets-deregistered', '--target', 'api.health'];
  expect((await cli(broken)).stderr).toMatch(
    /keeps running: npx hokusai-synthetics sandbox --scenario api-targets-deregistered\n$/,
  );
  expect((await cli(['check', '--sandbox', '--target', 'auth.health'])).stderr).not.toContain('keeps running');
});

describe('validate', () => {
  test('reports mistakes, files that are missing and notes in one pass', async () => {
    await writeFile(
      at('wrong.yaml'),
      'enviroment: x\nbaseline: nope.json\nincidents: { mute: [{ host: api, until: 2026-01-01T00:00Z }] }\n',
    );
    const { exitCode, stderr } = await cli(['validate', at('wrong.yaml')]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/did you mean environment\?[\s\S]*nope\.json[\s\S]*is over since/);
  });

  test('notes a secret that is not on this machine', async () => {
    await writeFile(at('no-key.yaml'), 'credentials: { apiKey: { env: NO_SUCH_KEY } }\n');
    expect(await cli(['validate', at('no-key.yaml')])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/note: API key: .*NO_SUCH_KEY.*is not set/),
    });
  });

  test.each([
    ['no file', [], /name the file/],
    ['two files', ['a.yaml', '--config', 'b.yaml'], /name one/],
  ])('refuses %s', async (_title, args, says) => {
    expect(await cli(['validate', ...args])).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(says) });
  });

  describe('--online', () => {
    let sandbox: ThreadedSandbox;
    beforeAll(async () => {
      sandbox = await startSandboxThread({
        options: { generation: '2026', mlflowUrl: null, pace: 1 },
        faultIds: ['registry-record-deleted'],
      });
    });
    afterAll(() => sandbox.close());

    test('says what the key, the names and the decisive read show', async () => {
      const { exitCode, stdout } = await cli(['validate', sandbox.configurationFile, '--online']);
      expect(exitCode).toBe(1);
      expect(stdout).toMatch(/✓ API key: found in /);
      expect(stdout).toMatch(/✗ registry\.dns: dns-nxdomain/);
      expect(stdout).toMatch(/✓ api\.dns: ok/);
      expect(stdout).toMatch(/✗ registry\.mlflow-proxy-search: dns-nxdomain/);
    });
  });
});
