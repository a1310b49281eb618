import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSandboxThread, type ThreadedSandbox } from '../../src/sandbox/start-thread.ts';
import { builtCli } from '../support/built.ts';
import { cli } from '../support/cli.ts';

describe('mcp, asked by the official client', () => {
  let folder: string;
  let sandbox: ThreadedSandbox;
  let client: Client;
  let transport: StdioClientTransport;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hokusai-test-'));
    sandbox = await startSandboxThread({
      options: { generation: '2026', mlflowUrl: null, pace: 1 },
      faultIds: ['mlflow-stopped'],
    });
    transport = new StdioClientTransport({
      command: process.execPath,
      args: [builtCli, 'mcp', '--config', sandbox.configurationFile, '--state', join(folder, 'state.json')],
      stderr: 'pipe',
    });
    client = new Client({ name: 'test', version: '1' });
    await client.connect(transport);
  });
  afterAll(async () => {
    await client.close();
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  });

  const ask = async (
    name: string,
    input: Readonly<Record<string, unknown>> = {},
  ): Promise<{ text: string; isError: boolean }> => {
    const { content, isError } = await client.callTool({ name, arguments: { ...input } });
    const [first] = content as readonly { readonly text?: string }[];
    return { text: first?.text ?? '', isError: isError === true };
  };

  test('offers tools that only read, each with a description', async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(['check', 'rehearse', 'explain', 'incidents', 'replay', 'confirm']);
    for (const { annotations, description = '' } of tools) {
      expect(annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false });
      expect(description.length).toBeGreaterThan(30);
    }
  });

  test('check names the cause, writes nothing, and a failing platform is no error of the tool', async () => {
    const { text, isError } = await ask('check', { targets: ['registry', 'mlflow'] });
    expect(isError).toBe(false);
    expect(text).toMatch(/verdict: failing[\s\S]*conclusion: .*MLflow/);
    expect(text).not.toMatch(/registration\./);
  });

  test.each<readonly [tool: string, input: Readonly<Record<string, unknown>>, shows: RegExp]>([
    ['explain', { subject: 'service-discovery-broken' }, /service-discovery-broken/],
    ['explain', { subject: 'scenarios' }, /^mlflow-stopped$/m],
    ['incidents', {}, /has been tracked yet/],
    ['rehearse', { scenarios: ['key-revoked'] }, /verdict: failing/],
    ['confirm', {}, /ecs:DescribeServices/],
  ])('%s %j gives what the command gives', async (tool, input, shows) => {
    expect(await ask(tool, input)).toMatchObject({ isError: false, text: expect.stringMatching(shows) });
  });

  test('replay compares two reports', async () => {
    const [before, after] = [join(folder, 'before.json'), join(folder, 'after.json')];
    await cli(['check', '--sandbox', '--skip-registration', '--format', 'json', '--output', before]);
    await cli([
      'check',
      '--sandbox',
      '--skip-registration',
      '--scenario',
      'key-revoked',
      '--format',
      'json',
      '--output',
      after,
    ]);
    expect((await ask('replay', { report: before, later: after })).text).toMatch(/fails now \(\d+\)/);
    expect((await ask('replay', { report: after })).text).toMatch(/^hokusai-synthetics .*\nverdict: failing/);
  });

  test.each<readonly [title: string, tool: string, input: Readonly<Record<string, unknown>>]>([
    ['an option in the place of a name', 'explain', { subject: '--config' }],
    ['an option in the place of a path', 'replay', { report: '--output=/tmp/x' }],
    ['a missing path', 'replay', {}],
    ['no such target', 'check', { targets: ['no-such'] }],
    ['no such file', 'replay', { report: '/nowhere/report.json' }],
  ])('%s is an error with a reason', async (_title, tool, input) => {
    const { text, isError } = await ask(tool, input).catch((error: unknown) => ({
      text: String(error),
      isError: true,
    }));
    expect(isError).toBe(true);
    expect(text).toMatch(/hyphen|a name|Required|expected string|there is no such/i);
  });

  test('the reports that it reads stay as they were', async () => {
    const file = join(folder, 'not-a-report.json');
    await writeFile(file, '{}');
    expect(await ask('replay', { report: file })).toMatchObject({
      isError: true,
      text: expect.stringContaining('cannot be used'),
    });
  });

  test('ends when its client goes', async () => {
    const other = new StdioClientTransport({ command: process.execPath, args: [builtCli, 'mcp'], stderr: 'pipe' });
    const lonely = new Client({ name: 'test', version: '1' });
    await lonely.connect(other);
    const { pid } = other;
    await lonely.close();
    expect(() => process.kill(pid ?? 0, 0)).toThrow(/ESRCH/);
  });
});
