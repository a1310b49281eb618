import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { startSandboxThread, type ThreadedSandbox } from '../../src/sandbox/start-thread.ts';
import { type CliResult, cli, startCli, whenEnded } from '../support/cli.ts';
import { schemaErrors } from '../support/published-schemas.ts';

/** Whole cycles through real sockets, each in a process of its own. */
describe('watch', () => {
  let folder: string;
  let healthy: ThreadedSandbox;
  let broken: ThreadedSandbox;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'watch-'));
    const options = { generation: '2026', mlflowUrl: null, pace: 2 } as const;
    [healthy, broken] = await Promise.all([
      startSandboxThread({ options, faultIds: [] }),
      startSandboxThread({ options, faultIds: ['discovery-record-deleted'] }),
    ]);
  });

  afterAll(async () => {
    await Promise.all([healthy.close(), broken.close()]);
    await rm(folder, { recursive: true, force: true });
  });

  /** The platform of a sandbox, and more configuration. */
  const configured = async (sandbox: ThreadedSandbox, more = ''): Promise<string> => {
    const file = join(folder, `${Math.random().toString(36).slice(2)}.yaml`);
    // A busy machine is not a slow platform.
    const patient = sandbox.configuration.replace(/slowMs: \d+/, 'slowMs: 30000');
    await writeFile(file, `${patient}${more}`);
    return file;
  };

  const state = (name: string): string => join(folder, `${name}.json`);
  const once = async (sandbox: ThreadedSandbox, place: string, more = '', env = {}): Promise<CliResult> =>
    cli(
      ['watch', '--every', '10s', '--cycles', '1', '--state', place, '--config', await configured(sandbox, more)],
      env,
    );
  const listed = async (place: string, ...args: readonly string[]): Promise<CliResult> =>
    cli(['incidents', ...args, '--state', place, '--config', await configured(healthy)]);

  it('reports a failure once and its end once, even if it restarts for each cycle', async () => {
    const place = state('restarts');
    const runs: CliResult[] = [];
    for (const sandbox of [broken, broken, broken, healthy, healthy, healthy]) runs.push(await once(sandbox, place));

    expect(runs.map(({ exitCode, stderr }) => [exitCode, stderr])).toEqual(runs.map(() => [0, '']));
    expect(runs.map(({ stdout }) => /critical, opened|Resolved/.exec(stdout)?.[0] ?? null)).toEqual([
      null,
      'critical, opened',
      null,
      null,
      'Resolved',
      null,
    ]);
    expect(runs[1]?.stdout).toMatch(/Either API cannot find MLflow .*\n.*✗ service discovery.*\n.*2 failing cycles/);
    expect(runs[4]?.stdout).toContain('API cannot find MLflow');

    const over = await listed(place);
    expect(over.stdout).toMatch(/no incident is open/);
    expect(over.stdout).toMatch(/✓ \d{8}-\d{4}-registry {2}critical {2}lasted .* service-discovery-broken/);
  });

  it('continues after it was killed, and repeats no message', async () => {
    const place = state('killed');
    const args = ['watch', '--every', '10s', '--state', place, '--config', await configured(broken)];
    const child = startCli(args);
    let said = '';
    await new Promise((resolve) =>
      child.stdout.on('data', (chunk) => {
        said += chunk;
        if (said.includes('opened')) resolve(null);
      }),
    );
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));

    const after = await once(broken, place);
    expect(after.stdout).not.toContain('opened');
    expect((await listed(place)).stdout).toMatch(/1 incident open/);
  });

  it('stops cleanly on request', async () => {
    const args = ['watch', '--every', '1h', '--state', state('stopped'), '--config', await configured(healthy)];
    const child = startCli(args);
    await new Promise((resolve) => child.stdout.on('data', (chunk) => String(chunk).includes('UTC') && resolve(null)));
    child.kill('SIGTERM');
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
  });

  it('can wait a month between cycles, longer than a Node timer can', async () => {
    const args = ['watch', '--every', '720h', '--cycles', '2', '--state', state('monthly')];
    const child = startCli([...args, '--skip-registration', '--config', await configured(healthy)]);
    child.stdout.on('data', (chunk) => String(chunk).includes('UTC') && child.kill('SIGTERM'));
    const { exitCode, stdout, stderr } = await whenEnded(child);
    expect(stderr).not.toContain('Warning');
    expect(stdout.match(/UTC/g)).toHaveLength(1);
    expect(exitCode).toBe(0);
  });

  it('says before its first cycle that it cannot store its state', async () => {
    const { exitCode, stdout, stderr } = await once(healthy, join(folder, 'stopped.json', 'below-a-file'));
    expect(stderr).toMatch(
      /^hokusai-synthetics: The incidents cannot be kept in .*: something on the way to it is a file/,
    );
    expect([stdout, exitCode]).toEqual(['', 2]);
  });

  it('keeps messages that it could not send, says so, and sends them later', async () => {
    const place = state('refused');
    const hook = '\nnotify: { webhook: { env: WATCH_HOOK } }\n';
    // Nothing listens on the port of discard.
    const env = { WATCH_HOOK: 'https://127.0.0.1:9/services/made-up-path' };
    await once(broken, place, hook, env);
    const refused = await once(broken, place, hook, env);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain('was not taken by webhook: the webhook at 127.0.0.1:9 did not take the event');
    expect(refused.stderr).not.toContain('made-up-path');
    expect((await listed(place)).stdout).toContain('1 message waiting to be sent');
    expect(await readFile(place, 'utf8')).not.toContain('made-up-path');
  });

  it('starts with an empty state after finding a truncated one, keeps the old file, and says so', async () => {
    const place = state('half');
    await once(broken, place);
    await writeFile(place, (await readFile(place, 'utf8')).slice(0, 200));
    const { stdout, exitCode } = await once(broken, place);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/the stored incidents are lost/);
    expect(stdout).toMatch(/half\.json\.unreadable-/);
  });

  it("leaves a newer version's state alone, and still shows the cycle", async () => {
    const place = state('newer');
    await writeFile(place, '{"version":1,"state":{"schemaVersion":7}}');
    const { stdout, stderr, exitCode } = await once(broken, place);
    expect(exitCode).toBe(2);
    expect(stdout).toContain('failing');
    expect(stderr).toMatch(/newer\.json.*schemaVersion 7/);
    expect(await readFile(place, 'utf8')).toBe('{"version":1,"state":{"schemaVersion":7}}');
  });

  it('commands acknowledge an incident, and mute and unmute a host', async () => {
    const place = state('by-hand');
    await once(broken, place);
    await once(broken, place);
    const [incident] = (JSON.parse((await listed(place, '--format', 'json')).stdout) as Listed).incidents;
    expect(await listed(place, 'acknowledge', incident?.id ?? '', '--by', 'ada')).toMatchObject({
      exitCode: 0,
      stdout: `${incident?.id} is acknowledged\n`,
    });
    expect(await listed(place, 'mute', '--host', 'api', '--for', '2h', '--reason', 'moving house')).toMatchObject({
      exitCode: 0,
    });
    const check = ['check', '--target', 'registry', '--state', place, '--config', await configured(broken)];
    expect((await cli(check)).stdout).toMatch(/since \d{4}-\d\d-\d\d \d\d:\d\d UTC \(.*, 2 cycles before this one\)/);
    const shown = (await listed(place)).stdout;
    expect(shown).toContain('acknowledged by ada');
    expect(shown).toMatch(/host api until .* UTC: moving house/);
    const json = (await listed(place, '--format', 'json')).stdout;
    expect(schemaErrors('incidents.schema.json', json)).toEqual([]);
    expect(schemaErrors('incidents.schema.json', json.replace('"critical"', '"dreadful"'))).not.toEqual([]);
    expect((await listed(place, 'unmute', '--host', 'api')).exitCode).toBe(0);
    expect((await listed(place)).stdout).not.toContain('moving house');
  });

  test.each([
    {
      title: 'an acknowledgement of a closed incident',
      args: ['acknowledge', '20200101-0000-api'],
      says: /no incident 20200101-0000-api is open/,
    },
    {
      title: 'a mute without a subject',
      args: ['mute', '--for', '2h'],
      says: /give exactly one of --target, --host and --hypothesis/,
    },
    { title: 'a mute without an end', args: ['mute', '--host', 'api'], says: /give a duration or an end/ },
    {
      title: 'a mute that has already ended',
      args: ['mute', '--host', 'api', '--until', '2020-01-01T00:00Z'],
      says: /This time is in the past/,
    },
    {
      title: 'a time without a zone',
      args: ['mute', '--host', 'api', '--until', '2099-01-01T00:00'],
      says: /date, time and zone/,
    },
    { title: 'an unmute without a mute', args: ['unmute', '--host', 'api'], says: /not muted by command/ },
  ])('refuses $title with a sentence', async ({ args, says }) => {
    const { exitCode, stderr } = await listed(state('nothing'), ...args);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(says);
  });

  test.each([
    { title: 'a missing pause', args: ['watch'], says: /--every/ },
    { title: 'a pause that is too short', args: ['watch', '--every', '1s'], says: /At least 10s/ },
    {
      title: 'an address to listen on without a port',
      args: ['watch', '--every', '1m', '--listen', '127.0.0.1'],
      says: /Give an address and a port, like 127\.0\.0\.1:9090/,
    },
    {
      title: 'an unknown target',
      args: ['watch', '--every', '1m', '--target', 'regstry'],
      says: /--target regstry: .*did you mean registry\?/,
    },
    {
      title: 'a fault without a sandbox',
      args: ['watch', '--every', '1m', '--scenario', 'mlflow-stopped'],
      says: /goes with --sandbox/,
    },
    { title: 'a DynamoDB table without a name', args: ['incidents', '--state', 'dynamodb:'], says: /a table's name/ },
  ])('refuses $title with a sentence', async ({ args, says }) => {
    const { exitCode, stderr } = await cli(args, { HOKUSAI_API_KEY: 'hk_test_made_up_key' });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

interface Listed {
  readonly incidents: readonly { readonly id: string }[];
}
