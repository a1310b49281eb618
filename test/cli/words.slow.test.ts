import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CliResult, cli } from '../support/cli.ts';

let folder: string;
let env: Readonly<Record<string, string>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hokusai-words-'));
  env = { HOKUSAI_API_KEY: 'hk_test_made_up_key', XDG_STATE_HOME: join(folder, 'state') };
  await writeFile(
    join(folder, 'own.yaml'),
    'targets: { my.page: { url: "https://api.hokus.ai/x", auth: none } }\nhosts: { api: api.example.org }\n',
  );
});
afterAll(() => rm(folder, { recursive: true }));

const run = (...args: readonly string[]): Promise<CliResult> => cli(args, env, folder);

const year = new Date().getUTCFullYear();
/** Seven weeks from now: there is always one. */
const soon = new Date(Date.now() + 49 * 86_400_000).toISOString();

describe('a typing error is refused with the way out, and nothing runs', () => {
  const mute = ['incidents', 'mute', '--for', '2h'];
  const api = ['incidents', 'mute', '--host', 'api'];

  it.each<{ readonly title: string; readonly args: readonly string[]; readonly said: RegExp }>([
    {
      title: 'a host',
      args: [...mute, '--host', 'registri'],
      said: /--host registri: there is no such host; did you mean registry\?/,
    },
    {
      title: 'a target',
      args: [...mute, '--target', 'registry.helth'],
      said: /--target registry\.helth: .* did you mean registry\.health\?/,
    },
    {
      title: 'a step',
      args: [...mute, '--target', 'registration.create-rn'],
      said: /did you mean registration\.create-run\?/,
    },
    { title: 'a hypothesis', args: [...mute, '--hypothesis', 'databse-down'], said: /there is no such hypothesis; / },
    {
      title: 'a name unlike any other',
      args: [...mute, '--host', 'zzzzzzzzzzzzz'],
      said: /no such host; explain targets lists them/,
    },
    { title: 'a JavaScript property name', args: [...mute, '--host', 'constructor'], said: /there is no such host/ },
    { title: 'an empty host', args: [...mute, '--host', ''], said: /It is empty/ },
    {
      title: 'a target from another configuration',
      args: [...mute, '--target', 'my.page'],
      said: /there is no such target/,
    },
    {
      title: 'a day',
      args: [...api, '--until', `${year + 1}-02-30T06:00Z`],
      said: /of a day that exists, like 2026-11-22T06:00Z/,
    },
    { title: 'a leap day', args: [...api, '--until', '2027-02-29T06:00Z'], said: /of a day that exists/ },
    { title: 'an hour', args: [...api, '--until', soon.replace(/T.*/, 'T25:00Z')], said: /of a day that exists/ },
    { title: 'a time zone', args: [...api, '--until', soon.replace(/Z$/, '')], said: /date, time and zone/ },
    {
      title: 'a year',
      args: [...api, '--until', `${year + 1_000}-01-01T00:00Z`],
      said: /At most 100 years from now: is the year right\?/,
    },
    {
      title: 'an infinite duration',
      args: [...api, '--for', '99999999999h'],
      said: /At most 366d: is the unit right\?/,
    },
    {
      title: 'too many digits',
      args: [...api, '--for', `${'9'.repeat(400)}h`],
      said: /Give a duration like 30s/,
    },
    { title: 'a duration of a thousand years', args: [...api, '--for', '9999999h'], said: /At most 366d/ },
    { title: 'a unit', args: [...api, '--for', '90ms'], said: /At least 1m/ },
    {
      title: 'a missing unit',
      args: [...api, '--for', '2'],
      said: /Give a duration like 30s, 500ms or 10m, from 1m to 366d/,
    },
    { title: 'an empty duration', args: [...api, '--for', '0h'], said: /Give a duration like 30s/ },
    {
      title: 'an endless reason',
      args: [...api, '--for', '2h', '--reason', 'x'.repeat(201)],
      said: /At most 200 characters/,
    },
    { title: 'an empty reason', args: [...api, '--for', '2h', '--reason', ' '], said: /It is empty/ },
    { title: 'an empty name', args: ['incidents', 'acknowledge', 'x', '--by', ''], said: /It is empty/ },
    { title: 'an empty version', args: ['check', '--wait-for', ''], said: /Give a version like 2026\.6\.1/ },
    {
      title: 'a version with a space',
      args: ['check', '--wait-for', '2026.6.1 or later'],
      said: /Give a version like 2026\.6\.1/,
    },
    { title: 'an infinite wait', args: ['check', '--wait-for', '1', '--wait-limit', '9999h'], said: /At most 1d/ },
    { title: 'an infinite deadline', args: ['check', '--deadline', '720h'], said: /At most 15m/ },
    { title: 'an infinite pause', args: ['watch', '--every', '99999h'], said: /At most 366d/ },
    {
      title: 'an empty target',
      args: ['check', '--target', ''],
      said: /It is empty: name one, or leave the option out/,
    },
    { title: 'an empty list of targets', args: ['check', '--target', ' , '], said: /It is empty/ },
    { title: 'an empty configuration path', args: ['check', '--config', ''], said: /It is empty/ },
    { title: 'an empty output', args: ['check', '--output', ''], said: /It is empty/ },
    { title: 'an empty baseline', args: ['check', '--baseline', ''], said: /It is empty/ },
    { title: 'an empty state', args: ['incidents', '--state', ''], said: /It is empty/ },
    {
      title: 'a scenario',
      args: ['check', '--sandbox', '--scenario', 'mlflow-stoped'],
      said: /did you mean mlflow-stopped\?/,
    },
    { title: 'a fault', args: ['drill', '--fault', 'mlflow-stoped'], said: /did you mean mlflow-stopped\?/ },
    {
      title: 'an MLflow without a sandbox',
      args: ['check', '--mlflow', 'http://127.0.0.1:5000'],
      said: /--mlflow .*goes with --sandbox/,
    },
    {
      title: 'a generation without a sandbox',
      args: ['check', '--generation', '2025'],
      said: /--generation .*goes with --sandbox/,
    },
    {
      title: 'a pace without a sandbox',
      args: ['watch', '--every', '1m', '--pace', '2'],
      said: /--pace .*goes with --sandbox/,
    },
  ])('$title', async ({ args, said }) => {
    const { exitCode, stdout, stderr } = await run(...args);
    expect(stderr).toMatch(said);
    expect(stderr).not.toMatch(/\n\s+at |Invalid time value/);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(await readdir(folder)).toEqual(['own.yaml']);
  });
});

describe('valid input is accepted', () => {
  const muted = async (...args: readonly string[]): Promise<string> => {
    const state = join(folder, 'muted.json');
    const { stdout, stderr, exitCode } = await run('incidents', 'mute', '--state', state, ...args);
    expect([exitCode, stderr]).toEqual([0, '']);
    await rm(state);
    return stdout;
  };

  it('a step, the clean-up, a host of the flow, and a hypothesis', async () => {
    for (const [kind, name] of [
      ['--target', 'registration.create-run'],
      ['--target', 'registration.clean-up'],
      ['--host', 'registration'],
      ['--hypothesis', 'service-discovery-broken'],
    ] as const)
      expect(await muted(kind, name, '--for', '1.5h')).toMatch(new RegExp(`: ${kind.slice(2)} ${name}\n$`));
  });

  it('a date some years ahead, with a note because it may be a typing error', async () => {
    const at = `${year + 3}-01-01T00:00Z`;
    const { exitCode, stdout, stderr } = await run(
      ...['incidents', 'mute', '--state', join(folder, 'far.json'), '--host', 'api', '--until', at],
    );
    expect(stdout).toContain(`muted until ${year + 3}-01-01`);
    expect(stderr).toMatch(/^that is more than a year: is the year right\?/);
    expect(exitCode).toBe(0);
  });

  it('an own target, when its configuration is named', async () => {
    expect(await muted('--config', 'own.yaml', '--target', 'my.page', '--for', '2d')).toContain(': target my.page\n');
  });

  it('the last day of a month, in any zone', async () => {
    const lastDay = new Date(Date.UTC(year, new Date().getUTCMonth() + 2, 0)).toISOString().slice(0, 10);
    expect(await muted('--host', 'api', '--until', `${lastDay}T23:30:15+01:00`)).toContain(
      `muted until ${lastDay}T22:30:15.000Z: host api\n`,
    );
  });

  it('a version with the v of its tag', async () => {
    const { exitCode, stderr } = await run(
      ...['check', '--sandbox', '--target', 'api.v1-health', '--wait-for', ' v2026.6.1', '--wait-limit', '20s'],
    );
    expect(stderr).not.toContain('in time');
    expect(exitCode).toBe(0);
  });
});

describe('options before a subcommand', () => {
  const files = async (): Promise<readonly string[]> =>
    (await readdir(folder)).filter((name) => name.endsWith('.state')).toSorted();
  const mute = ['mute', '--host', 'api', '--for', '2h'];

  it('reach the subcommand: a mute is stored, listed and removed in the same place', async () => {
    const before = ['incidents', '--state', 'before.state', '--config', 'own.yaml'];
    expect((await run(...before, ...mute)).exitCode).toBe(0);
    expect(await files()).toEqual(['before.state']);
    expect((await run('incidents', '--state', 'before.state', '--format', 'json')).stdout).toContain('"host": "api"');
    expect((await run(...before, 'acknowledge', 'x')).stderr).toContain('no incident x is open');
    expect((await run(...before, 'unmute', '--host', 'api')).exitCode).toBe(0);
    expect((await run('incidents', ...mute, '--state', 'before.state')).exitCode).toBe(0);
    await rm(join(folder, 'before.state'));
  });

  it.each<{ readonly title: string; readonly args: readonly string[]; readonly said: RegExp }>([
    {
      title: 'when the subcommand does not have them',
      args: ['--format', 'json', ...mute],
      said: /--format does not apply to incidents mute: leave it out/,
    },
    {
      title: 'when the subcommand was given something else',
      args: ['--state', 'a.state', ...mute, '--state', 'b.state'],
      said: /--state is given twice, before and after mute/,
    },
  ])('are refused $title', async ({ args, said }) => {
    const { exitCode, stderr } = await run('incidents', ...args);
    expect(stderr).toMatch(said);
    expect(exitCode).toBe(2);
    expect(await files()).toEqual([]);
  });
});
