import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { type CliResult, cli, shell } from '../support/cli.ts';
import { schemaErrors } from '../support/published-schemas.ts';

/** Without how long it lasts so far. */
const untimed = (text: string): string => text.replace(/\(\d+ s\)/g, '');

/** One incident of the sandbox, tracked by two cycles of the built command line. */
describe('an incident that watch has tracked', () => {
  let folder: string;
  let id: string;
  const place = (): readonly string[] => ['--state', join(folder, 'a state.json'), '--sandbox'];
  const run = (...args: readonly string[]): Promise<CliResult> => cli([...args, ...place()]);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'story-'));
    const watched = [
      'watch',
      '--every',
      '10s',
      '--cycles',
      '2',
      '--sandbox',
      '--pace',
      '2',
      '--scenario',
      'mlflow-stopped',
    ];
    await cli([...watched, '--state', join(folder, 'a state.json')]);
    id = /\d{8}-\d{4}-registry/.exec((await run('incidents')).stdout)?.[0] ?? '';
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('is listed with its cause, since when, the path and the first command', async () => {
    const { stdout } = await run('incidents');
    expect(stdout).toMatch(/✗ \d{8}-\d{4}-registry {2}critical {2}mlflow-service-unhealthy \([^)]+ %\)\n/);
    expect(stdout).toMatch(/\n {4}since .* · 2 failing cycles · \d+ requests fail/);
    expect(stdout).toMatch(/\n {4}path {2}client .*✗ MLflow/);
    expect(stdout).toMatch(/\n {4}run {3}aws /);
  });

  it('names commands that run as printed, with a state in a path with a space', async () => {
    const [, printed = ''] = /\n {4}more {2}npx hokusai-synthetics (.*)/.exec((await run('incidents')).stdout) ?? [];
    const shown = await shell(`synthetics ${printed}`);
    expect(shown).toMatchObject({ exitCode: 0, stderr: '' });
    expect(shown.stdout).toMatch(/\nStory\n[\s\S]*opened, critical: .*; sent to terminal\n/);
    const [, judging = ''] = /judge it +npx hokusai-synthetics (.*)/.exec(shown.stdout) ?? [];
    expect(await shell(`synthetics ${judging}`)).toMatchObject({ exitCode: 0, stdout: `${id} is judged right\n` });
  });

  it('is judged, and the record stands beside the prior, which stays', async () => {
    const before = (await cli(['explain', 'mlflow-service-unhealthy'])).stdout.match(/prior probability.*/)?.[0];
    await run('incidents', 'judge', id, 'right', '--by', 'ada');
    const { stdout } = await run('explain', 'mlflow-service-unhealthy');
    expect(stdout).toContain(before);
    expect(stdout).toContain("record: right 1 of 1 time by people's judgement");
    await run('incidents', 'judge', id, 'wrong', '--cause', 'rate-limited', '--by', 'ada');
    expect((await run('explain', 'mlflow-service-unhealthy')).stdout).toContain(
      "record: right 0 of 1 time by people's judgement",
    );
  });

  it('is explained by its id, and shown as JSON that follows the published schema', async () => {
    const [explained, shown] = [await run('explain', id), await run('incidents', 'show', id)];
    expect(untimed(explained.stdout)).toBe(untimed(shown.stdout));
    const { stdout } = await run('incidents', 'show', id, '--format', 'json');
    expect(schemaErrors('incident.schema.json', stdout)).toEqual([]);
    expect(schemaErrors('incident.schema.json', stdout.replace('"critical"', '"dreadful"'))).not.toEqual([]);
  });

  test.each([
    {
      title: 'an unknown incident',
      args: ['incidents', 'show', '20200101-0000-api'],
      says: /no incident 20200101-0000-api of sandbox; the newest: /,
    },
    {
      title: 'a cause that does not exist',
      args: ['incidents', 'judge', 'ID', 'wrong', '--cause', 'rate-limit'],
      says: /no such hypothesis; did you mean rate-limited\?/,
    },
    {
      title: 'a verdict that does not exist',
      args: ['incidents', 'judge', 'ID', 'maybe'],
      says: /Allowed choices are right, wrong/,
    },
    {
      title: 'an unknown name to explain',
      args: ['explain', 'regstry'],
      says: /no such incident, .*did you mean registry\?/,
    },
  ])('refuses $title with a sentence', async ({ args, says }) => {
    const { exitCode, stderr } = await run(...args.map((arg) => (arg === 'ID' ? id : arg)));
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(says);
  });
});
