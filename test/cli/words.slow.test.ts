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

describe('a slip of the pen is refused with the way out, and nothing is done', () => {
  const mute = ['incidents', 'mute', '--for', '2h'];
  const api = ['incidents', 'mute', '--host', 'api'];

  it.each<readonly [string, readonly string[], RegExp]>([
    ['a host', [...mute, '--host', 'registri'], /--host registri: there is no such host; did you mean registry\?/],
    [
      'a target',
      [...mute, '--target', 'registry.helth'],
      /--target registry\.helth: .* did you mean registry\.health\?/,
    ],
    ['a step', [...mute, '--target', 'registration.create-rn'], /did you mean registration\.create-run\?/],
    ['a hypothesis', [...mute, '--hypothesis', 'databse-down'], /there is no such hypothesis; /],
    ['a name like nothing', [...mute, '--host', 'zzzzzzzzzzzzz'], /no such host; explain targets lists them/],
    ['a name of JavaScript', [...mute, '--host', 'constructor'], /there is no such host/],
    ['an empty host', [...mute, '--host', ''], /It is empty/],
    ['a target of another configuration', [...mute, '--target', 'my.page'], /there is no such target/],
    ['a day', [...api, '--until', `${year + 1}-02-30T06:00Z`], /of a day that exists, like 2026-11-22T06:00Z/],
    ['a leap day', [...api, '--until', '2027-02-29T06:00Z'], /of a day that exists/],
    ['an hour', [...api, '--until', soon.replace(/T.*/, 'T25:00Z')], /of a day that exists/],
    ['a zone', [...api, '--until', soon.replace(/Z$/, '')], /date, time and zone/],
    ['a year', [...api, '--until', `${year + 1_000}-01-01T00:00Z`], /At most 100 years from now: is the year right\?/],
    ['an endless duration', [...api, '--for', '99999999999h'], /At most 366d: is the unit right\?/],
    ['more digits than a number has', [...api, '--for', `${'9'.repeat(400)}h`], /Give a duration like 30s/],
    ['a duration of a thousand years', [...api, '--for', '9999999h'], /At most 366d/],
    ['a unit', [...api, '--for', '90ms'], /At least 1m/],
    ['no unit', [...api, '--for', '2'], /Give a duration like 30s, 500ms or 10m, from 1m to 366d/],
    ['nothing for a duration', [...api, '--for', '0h'], /Give a duration like 30s/],
    ['a reason without end', [...api, '--for', '2h', '--reason', 'x'.repeat(201)], /At most 200 characters/],
    ['an empty reason', [...api, '--for', '2h', '--reason', ' '], /It is empty/],
    ['an empty name', ['incidents', 'acknowledge', 'x', '--by', ''], /It is empty/],
    ['an empty version', ['check', '--wait-for', ''], /Give a version like 2026\.6\.1/],
    ['a version of two words', ['check', '--wait-for', '2026.6.1 or later'], /Give a version like 2026\.6\.1/],
    ['an endless wait', ['check', '--wait-for', '1', '--wait-limit', '9999h'], /At most 1d/],
    ['an endless deadline', ['check', '--deadline', '720h'], /At most 15m/],
    ['an endless pause', ['watch', '--every', '99999h'], /At most 366d/],
    ['an empty target', ['check', '--target', ''], /It is empty: name one, or leave the option out/],
    ['a list of no targets', ['check', '--target', ' , '], /It is empty/],
    ['an empty configuration’s name', ['check', '--config', ''], /It is empty/],
    ['an empty output', ['check', '--output', ''], /It is empty/],
    ['an empty baseline', ['check', '--baseline', ''], /It is empty/],
    ['an empty state', ['incidents', '--state', ''], /It is empty/],
    ['a scenario', ['check', '--sandbox', '--scenario', 'mlflow-stoped'], /did you mean mlflow-stopped\?/],
    ['a fault', ['drill', '--fault', 'mlflow-stoped'], /did you mean mlflow-stopped\?/],
    ['MLflow without a sandbox', ['check', '--mlflow', 'http://127.0.0.1:5000'], /--mlflow .*goes with --sandbox/],
    ['a generation without one', ['check', '--generation', '2025'], /--generation .*goes with --sandbox/],
    ['a pace without one', ['watch', '--every', '1m', '--pace', '2'], /--pace .*goes with --sandbox/],
  ])('%s', async (_, args, said) => {
    const { exitCode, stdout, stderr } = await run(...args);
    expect(stderr).toMatch(said);
    expect(stderr).not.toMatch(/\n\s+at |Invalid time value/);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(await readdir(folder)).toEqual(['own.yaml']);
  });
});

describe('what is right is taken', () => {
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

  it('a date in some years, with a note, for it may be a slip of the pen', async () => {
    const at = `${year + 3}-01-01T00:00Z`;
    const { exitCode, stdout, stderr } = await run(
      ...['incidents', 'mute', '--state', join(folder, 'far.json'), '--host', 'api', '--until', at],
    );
    expect(stdout).toContain(`silent until ${year + 3}-01-01`);
    expect(stderr).toMatch(/^that is more than a year: is the year right\?/);
    expect(exitCode).toBe(0);
  });

  it('a target of one’s own, when the configuration that has it is named', async () => {
    expect(await muted('--config', 'own.yaml', '--target', 'my.page', '--for', '2d')).toContain(': target my.page\n');
  });

  it('the last day of a month, in any zone', async () => {
    const lastDay = new Date(Date.UTC(year, new Date().getUTCMonth() + 2, 0)).toISOString().slice(0, 10);
    expect(await muted('--host', 'api', '--until', `${lastDay}T23:30:15+01:00`)).toContain(
      `silent until ${lastDay}T22:30:15.000Z: host api\n`,
    );
  });

  it('a version with a v, as tags are called, for the one that serves', async () => {
    const { exitCode, stderr } = await run(
      ...['check', '--sandbox', '--target', 'api.v1-health', '--wait-for', ' v2026.6.1', '--wait-limit', '20s'],
    );
    expect(stderr).not.toContain('in time');
    expect(exitCode).toBe(0);
  });
});

describe('options before a command below', () => {
  const files = async (): Promise<readonly string[]> =>
    (await readdir(folder)).filter((name) => name.endsWith('.state')).toSorted();
  const mute = ['mute', '--host', 'api', '--for', '2h'];

  it('are for that one: what is muted is muted where was said, listed and unmuted there', async () => {
    const before = ['incidents', '--state', 'before.state', '--config', 'own.yaml'];
    expect((await run(...before, ...mute)).exitCode).toBe(0);
    expect(await files()).toEqual(['before.state']);
    expect((await run('incidents', '--state', 'before.state', '--format', 'json')).stdout).toContain('"host": "api"');
    expect((await run(...before, 'acknowledge', 'x')).stderr).toContain('no incident x is open');
    expect((await run(...before, 'unmute', '--host', 'api')).exitCode).toBe(0);
    expect((await run('incidents', ...mute, '--state', 'before.state')).exitCode).toBe(0);
    await rm(join(folder, 'before.state'));
  });

  it.each<readonly [string, readonly string[], RegExp]>([
    [
      'when that has none of the kind',
      ['--format', 'json', ...mute],
      /--format is not for incidents mute: leave it out/,
    ],
    [
      'when that was told otherwise',
      ['--state', 'a.state', ...mute, '--state', 'b.state'],
      /--state is given twice, before and after mute/,
    ],
  ])('are refused %s', async (_, args, said) => {
    const { exitCode, stderr } = await run('incidents', ...args);
    expect(stderr).toMatch(said);
    expect(exitCode).toBe(2);
    expect(await files()).toEqual([]);
  });
});
