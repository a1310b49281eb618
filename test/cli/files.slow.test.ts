import { chmod, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
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

describe('a file named on the command line', () => {
  it.each([
    {
      title: 'a device that never ends',
      args: 'validate --config /dev/zero',
      said: /^hokusai-synthetics: --config \/dev\/zero: it is a character device/,
    },
    {
      title: 'a device as a baseline',
      args: 'check --baseline /dev/zero',
      said: /the baseline \/dev\/zero: it is a character device/,
    },
    {
      title: 'a device as a saved report',
      args: 'replay /dev/zero',
      said: /the report \/dev\/zero: it is a character device/,
    },
    {
      title: 'a device as a state',
      args: 'incidents --state /dev/full',
      said: /--state \/dev\/full: it is a character device/,
    },
    {
      title: 'a device as the state of check',
      args: 'check --sandbox --state /dev/zero',
      said: /--state \/dev\/zero: it is a character device/,
    },
    {
      title: 'a device as the state of watch',
      args: 'watch --sandbox --every 1m --state /dev/full',
      said: /--state \/dev\/full: it is a/,
    },
    {
      title: 'standard input as a state',
      args: 'watch --sandbox --every 1m --state -',
      said: /--state -: it is read and written/,
    },
    { title: 'a folder', args: 'replay .', said: /the report \.: it is a folder, not a file/ },
    {
      title: 'a named pipe',
      args: 'replay pipe',
      said: /the report pipe: it is a named pipe, .* or give it as standard input: -/,
    },
    {
      title: 'a missing file',
      args: 'replay nowhere.json',
      said: /the report nowhere\.json: there is no such file \(ENOENT\)/,
    },
    { title: 'a stream that never ends', args: 'replay - < /dev/zero', said: /the report -: it is larger than 32 MiB/ },
    {
      title: 'a pipe that never ends',
      args: 'validate --config <(yes)',
      said: /--config \/dev\/fd\/\d+: it is larger than 512 KiB/,
    },
    {
      title: 'a pipe from a failed command',
      args: 'validate --config <(false)',
      said: /nothing came from it: has the command failed/,
    },
    { title: 'standard input from nothing', args: 'validate --config -', said: /--config -: nothing came from it/ },
    {
      title: 'one pipe for two inputs',
      args: 'check --config - --baseline - < c.yaml',
      said: /- and - are the same pipe, which can be read only once/,
    },
    { title: 'a closed standard input', args: 'replay - <&-', said: /the report -: / },
  ])('is refused when it is $title', async ({ args, said }) => {
    expectRefused(await run(`synthetics ${args}`, { HOKUSAI_API_KEY: 'hk_test_made_up_key' }), said);
  });

  it('can come from standard input', async () => {
    expect((await run('synthetics replay - < failing.json')).exitCode).toBe(1);
    expect((await run('cat report.json | synthetics replay -')).exitCode).toBe(0);
    expect((await run('cat report.json | synthetics replay /dev/stdin')).exitCode).toBe(0);
    const { stdout } = await run('synthetics validate --config - < c.yaml');
    expect(stdout).toMatch(/^- is valid: environment from-a-file,/);
  });

  it('can come from a shell’s <(…), also two of them', async () => {
    const { stdout, exitCode } = await run('synthetics replay <(cat failing.json) --config <(cat c.yaml)');
    expect(stdout).toContain('lb-no-route');
    expect(exitCode).toBe(1);
  });

  it('from a pipe has no folder: its relative names start at the working directory', async () => {
    await writeFile(join(folder, 'with-baseline.yaml'), 'baseline: known.json\n');
    await writeFile(join(folder, 'known.json'), '{"schemaVersion":1,"outcomes":[]}');
    const { stdout } = await run('synthetics validate --config - < with-baseline.yaml');
    expect(stdout).toContain(`baseline: ${join(folder, 'known.json')}\n`);
  });

  it('from a pipe is read once and kept for all cycles of a watch', async () => {
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

describe('the output of a report', () => {
  const replay = 'synthetics replay report.json --format json';

  it('can be standard output under any of its names', async () => {
    for (const name of ['-', '/dev/stdout', '/dev/fd/1']) {
      const { stdout, stderr, exitCode } = await run(`${replay} --output ${name}`);
      expect((JSON.parse(stdout) as Report).verdict).toBe('healthy');
      expect([stderr, exitCode]).toEqual(['', 0]);
    }
  });

  it('can be any other descriptor, pipe or device', async () => {
    expect((await run(`${replay} --output /dev/fd/3 3> third && cat third`)).stdout).toMatch(/^\{/);
    expect((await run(`${replay} --output >(cat > got); wait $!; cat got`)).stdout).toMatch(/^\{/);
    expect((await run(`cat pipe & ${replay} --output pipe && wait`)).stdout).toMatch(/^\{/);
    expect(await run(`${replay} --output /dev/null`)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  it('reports a full disk without a stack trace, also for a healthy report', async () => {
    for (const script of [`${replay} --output /dev/full`, `${replay} > /dev/full`, 'synthetics --help > /dev/full'])
      expectRefused(await run(script), /cannot be written: the disk is full: free some space there \(ENOSPC\)\n$/);
  });

  it("keeps a file's permissions and its link", async () => {
    await writeFile(join(folder, 'real'), 'old');
    await chmod(join(folder, 'real'), 0o600);
    await symlink('real', join(folder, 'link'));
    const { stderr } = await run(`umask 0; ${replay} --output link`);
    expect(stderr).toBe('report written to link\n');
    expect(JSON.parse(await readFile(join(folder, 'real'), 'utf8'))).toMatchObject({ verdict: 'healthy' });
    expect((await stat(join(folder, 'real'))).mode & 0o777).toBe(0o600);
  });

  it.each([
    {
      title: 'the saved report being read',
      args: 'replay report.json --output report.json',
      said: /this command already uses the same file/,
    },
    {
      title: 'the saved report by another path',
      args: 'replay report.json --output ./x/../report.json',
      said: /this command already uses the same file/,
    },
    {
      title: 'the saved report by a link',
      args: 'replay report.json --output to-report',
      said: /this command reads the same file/,
    },
    {
      title: 'the configuration',
      args: 'replay report.json --config c.yaml --output c.yaml',
      said: /this command already uses the same file/,
    },
    {
      title: 'the baseline',
      args: 'check --baseline report.json --output report.json',
      said: /this command already uses the same file/,
    },
    {
      title: 'the baseline in the configuration',
      args: 'check --config b.yaml --output report.json',
      said: /this command reads the same/,
    },
    {
      title: 'the key file',
      args: 'check --config key.yaml --output key',
      said: /this command already uses the same file/,
    },
    {
      title: 'the state',
      args: 'check --state s2.json --output s2.json',
      said: /this command already uses the same file/,
    },
    { title: 'a folder', args: 'check --output .', said: /it is a folder, not a file/ },
    {
      title: 'a path without a folder',
      args: 'check --output no/where.json',
      said: /there is no such folder: make it first \(ENOENT\)/,
    },
  ])('is never $title; the command says so before it probes anything', async ({ args, said }) => {
    await symlink('report.json', join(folder, 'to-report')).catch(() => undefined);
    await writeFile(join(folder, 'b.yaml'), 'baseline: report.json\n');
    await writeFile(join(folder, 'key.yaml'), 'credentials: { apiKey: { file: key } }\n');
    // No key: whoever asked for one would have said so first.
    expectRefused(await run(`synthetics ${args}`), said);
    expect(await readFile(join(folder, 'report.json'), 'utf8')).toBe(healthy);
  });

  it('is checked before waiting for a version and before a drill starts', async () => {
    for (const args of ['check --sandbox --wait-for 2026.6.1', 'drill'])
      expectRefused(await run(`synthetics ${args} --output no/where.json`), /^hokusai-synthetics: --output [^\n]*\n$/);
  });

  it('is the job summary with --format github, checked beforehand', async () => {
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

describe('a reader that closes early', () => {
  it('does not change the exit code', async () => {
    expect(await run('synthetics replay failing.json | true')).toMatchObject({ exitCode: 1, stderr: '' });
    expect(await run('synthetics explain targets | head -1')).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('ends a watch with a sentence', async () => {
    expect(await run('synthetics watch --sandbox --skip-registration --every 10s --state s3.json | true')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: 'standard output is closed, so the watch ends\n',
    });
  });

  it('of standard error has no effect', async () => {
    const { stdout, exitCode } = await run(
      'synthetics replay failing.json --output copy.json 2> /dev/full; cat copy.json',
    );
    expect(stdout).toContain('lb-no-route');
    expect(exitCode).toBe(0);
  });
});
