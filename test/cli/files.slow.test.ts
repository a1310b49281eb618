import { chmod, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/platform/report.ts';
import { renderJson } from '../../src/report/json.ts';
import { outcome, report } from '../metrics/reports.ts';
import { type CliResult, shell } from '../support/cli.ts';
import { makeNamedPipe } from '../support/named-pipe.ts';

/** Nothing may be read without end: with less memory than that would take, it would fail otherwise. Kibibytes. */
const memory = 'ulimit -v 8000000';

let folder: string;
const run = (script: string, env: Readonly<Record<string, string>> = {}): Promise<CliResult> =>
  shell(`${memory}; ${script}`, { cwd: folder, env });

const healthy = renderJson(report([outcome('auth.root', 'pass')]));
const failing = renderJson(
  report([outcome('auth.root', 'fail', { failureMode: 'lb-no-route' })], { verdict: 'failing' }),
);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hokusai-files-'));
  await writeFile(join(folder, 'report.json'), healthy);
  await writeFile(join(folder, 'failing.json'), failing);
  await writeFile(join(folder, 'c.yaml'), 'environment: from-a-file\n');
  makeNamedPipe(join(folder, 'pipe'));
});
afterAll(() => rm(folder, { recursive: true }));

const expectRefused = ({ exitCode, stdout, stderr }: CliResult, said: string | RegExp): void => {
  expect(stderr).toMatch(said);
  expect(stderr).not.toMatch(/\n\s+at /);
  expect([stdout, exitCode]).toEqual(['', 2]);
};

describe('a file that is named on the command line', () => {
  it.each([
    [
      'a device that never ends',
      'validate --config /dev/zero',
      /^hokusai-synthetics: --config \/dev\/zero: it is a character device/,
    ],
    ['a device as a baseline', 'check --baseline /dev/zero', /the baseline \/dev\/zero: it is a character device/],
    ['a device as a saved report', 'replay /dev/zero', /the report \/dev\/zero: it is a character device/],
    ['a device as a state', 'incidents --state /dev/full', /--state \/dev\/full: it is a character device/],
    [
      'a device as the state of a check',
      'check --sandbox --state /dev/zero',
      /--state \/dev\/zero: it is a character device/,
    ],
    [
      'a device as the state of a watch',
      'watch --sandbox --every 1m --state /dev/full',
      /--state \/dev\/full: it is a/,
    ],
    ['standard input as a state', 'watch --sandbox --every 1m --state -', /--state -: it is read and written/],
    ['a folder', 'replay .', /the report \.: it is a folder, not a file/],
    ['a named pipe', 'replay pipe', /the report pipe: it is a named pipe, .* or give it as standard input: -/],
    ['one that is missing', 'replay nowhere.json', /the report nowhere\.json: there is no such file \(ENOENT\)/],
    ['a stream that never ends', 'replay - < /dev/zero', /the report -: it is larger than 32 MiB/],
    ['a pipe that never ends', 'validate --config <(yes)', /--config \/dev\/fd\/\d+: it is larger than 512 KiB/],
    [
      'a pipe from a command that has failed',
      'validate --config <(false)',
      /nothing came from it: has the command failed/,
    ],
    ['standard input from nothing', 'validate --config -', /--config -: nothing came from it/],
    ['one pipe for two', 'check --config - --baseline - < c.yaml', /- and - are one pipe, which can be read once/],
    ['a closed standard input', 'replay - <&-', /the report -: /],
  ])('is refused when it is %s', async (_, args, said) => {
    expectRefused(await run(`synthetics ${args}`, { HOKUSAI_API_KEY: 'hk_test_made_up_key' }), said);
  });

  it('can be standard input', async () => {
    expect((await run('synthetics replay - < failing.json')).exitCode).toBe(1);
    expect((await run('cat report.json | synthetics replay -')).exitCode).toBe(0);
    expect((await run('cat report.json | synthetics replay /dev/stdin')).exitCode).toBe(0);
    const { stdout } = await run('synthetics validate --config - < c.yaml');
    expect(stdout).toMatch(/^- is valid: environment from-a-file,/);
  });

  it('can be what a shell’s <(…) gives, and two of them', async () => {
    const { stdout, exitCode } = await run('synthetics replay <(cat failing.json) --config <(cat c.yaml)');
    expect(stdout).toContain('lb-no-route');
    expect(exitCode).toBe(1);
  });

  it('from a pipe is in no folder: names in it are found from where the command runs', async () => {
    await writeFile(join(folder, 'with-baseline.yaml'), 'baseline: nowhere.json\n');
    const { stdout } = await run('synthetics validate --config - < with-baseline.yaml');
    expect(stdout).toContain(`baseline: ${join(folder, 'nowhere.json')}\n`);
  });

  it('from a pipe is read once, and stays for all cycles of a watch', async () => {
    const config = `network: { connectTo: [":443:127.0.0.1:1", ":80:127.0.0.1:1"] }
credentials: { apiKey: none }
registration: { enabled: false }
limits: { totalMs: 500, decisiveMs: 500, confirmPauseMs: 0 }
environment: piped
`;
    await writeFile(join(folder, 'watched.yaml'), config);
    const { stdout, stderr } = await run(
      'cat watched.yaml | synthetics watch --every 10s --cycles 2 --config - --state s.json',
    );
    expect(stderr).toBe('');
    expect(stdout.match(/UTC {2}inconclusive/g)?.length).toBe(2);
  });
});

describe('where a report goes', () => {
  const replay = 'synthetics replay report.json --format json';

  it('can be standard output by any of its names', async () => {
    for (const name of ['-', '/dev/stdout', '/dev/fd/1']) {
      const { stdout, stderr, exitCode } = await run(`${replay} --output ${name}`);
      expect((JSON.parse(stdout) as Report).verdict).toBe('healthy');
      expect([stderr, exitCode]).toEqual(['', 0]);
    }
  });

  it('can be any other descriptor, a pipe or a device', async () => {
    expect((await run(`${replay} --output /dev/fd/3 3> third && cat third`)).stdout).toMatch(/^\{/);
    expect((await run(`${replay} --output >(cat > got); wait $!; cat got`)).stdout).toMatch(/^\{/);
    expect((await run(`cat pipe & ${replay} --output pipe && wait`)).stdout).toMatch(/^\{/);
    expect(await run(`${replay} --output /dev/null`)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  it('is said to be full, without a stack trace, also when the report is a healthy one', async () => {
    for (const script of [`${replay} --output /dev/full`, `${replay} > /dev/full`, 'synthetics --help > /dev/full'])
      expectRefused(await run(script), /cannot be written: the disk is full: free some space there \(ENOSPC\)\n$/);
  });

  it('keeps the permissions of a file, and a link stays one', async () => {
    await writeFile(join(folder, 'real'), 'old');
    await chmod(join(folder, 'real'), 0o600);
    await symlink('real', join(folder, 'link'));
    const { stderr } = await run(`umask 0; ${replay} --output link`);
    expect(stderr).toBe('report written to link\n');
    expect(JSON.parse(await readFile(join(folder, 'real'), 'utf8'))).toMatchObject({ verdict: 'healthy' });
    expect((await stat(join(folder, 'real'))).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['the report that is read', 'replay report.json --output report.json', /this call names the same file/],
    ['it by another way', 'replay report.json --output ./x/../report.json', /this call names the same file/],
    ['it by a link', 'replay report.json --output to-report', /this command reads the same file/],
    ['the configuration', 'replay report.json --config c.yaml --output c.yaml', /this call names the same file/],
    ['the baseline', 'check --baseline report.json --output report.json', /this call names the same file/],
    ['the baseline of the configuration', 'check --config b.yaml --output report.json', /this command reads the same/],
    ['the file of the key', 'check --config key.yaml --output key', /this call names the same file/],
    ['the state', 'check --state s2.json --output s2.json', /this call names the same file/],
    ['a folder', 'check --output .', /it is a folder, not a file/],
    ['a place in no folder', 'check --output no/where.json', /there is no such folder: make it first \(ENOENT\)/],
  ])('is never %s, which is said before anything is asked', async (_, args, said) => {
    await symlink('report.json', join(folder, 'to-report')).catch(() => undefined);
    await writeFile(join(folder, 'b.yaml'), 'baseline: report.json\n');
    await writeFile(join(folder, 'key.yaml'), 'credentials: { apiKey: { file: key } }\n');
    // No key: whoever asked for one would have said so first.
    expectRefused(await run(`synthetics ${args}`), said);
    expect(await readFile(join(folder, 'report.json'), 'utf8')).toBe(healthy);
  });

  it('is refused before a version is waited for, and before a drill begins', async () => {
    for (const args of ['check --sandbox --wait-for 2026.6.1', 'drill'])
      expectRefused(await run(`synthetics ${args} --output no/where.json`), /^hokusai-synthetics: --output [^\n]*\n$/);
  });

  it('is the job’s summary with --format github, whose place is looked at before', async () => {
    const asked = 'synthetics replay failing.json --format github';
    await writeFile(join(folder, 'summary.md'), '# before\n');
    expect((await run(asked, { GITHUB_STEP_SUMMARY: 'summary.md' })).exitCode).toBe(1);
    expect(await readFile(join(folder, 'summary.md'), 'utf8')).toMatch(/^# before\n## ❌/);
    expectRefused(
      await run(asked, { GITHUB_STEP_SUMMARY: 'no/summary.md' }),
      /the job's summary no\/summary\.md cannot be/,
    );
  });
});

describe('a reader that has seen enough', () => {
  it('ends nothing: the exit code is still that of what was found', async () => {
    expect(await run('synthetics replay failing.json | true')).toMatchObject({ exitCode: 1, stderr: '' });
    expect(await run('synthetics explain targets | head -1')).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('of a watch ends it, with a sentence', async () => {
    expect(await run('synthetics watch --sandbox --skip-registration --every 10s --state s3.json | true')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: 'standard output is closed, so the watch ends\n',
    });
  });

  it('of standard error ends nothing, either', async () => {
    const { stdout, exitCode } = await run(
      'synthetics replay failing.json --output copy.json 2> /dev/full; cat copy.json',
    );
    expect(stdout).toContain('lb-no-route');
    expect(exitCode).toBe(0);
  });
});
