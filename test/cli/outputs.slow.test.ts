import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderJson } from '../../src/report/json.ts';
import { outcome, report } from '../metrics/reports.ts';
import { type CliResult, cli, shell } from '../support/cli.ts';

let folder: string;
const failing = report([outcome('auth.root', 'fail', { failureMode: 'lb-no-route' })], { verdict: 'failing' });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hokusai-outputs-'));
  await writeFile(join(folder, 'report.json'), renderJson(failing));
});
afterAll(() => rm(folder, { recursive: true }));

const run = (words: string, env: Readonly<Record<string, string>> = {}): Promise<CliResult> =>
  cli(words.split(' '), { GITHUB_STEP_SUMMARY: '', ...env }, folder);
const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');

const beginnings = {
  pretty: /^Hokusai development · /,
  json: /^\{\n/,
  junit: /^<\?xml /,
  github: /^## ❌ Hokusai/,
  html: /^<!DOCTYPE html>/,
  brief: /^hokusai-synthetics /,
};

describe('the format of an output', () => {
  it.each([
    { args: '--output a.json', format: 'json' },
    { args: '--output a.HTML', format: 'html' },
    { args: '--output a.xml', format: 'junit' },
    { args: '--output a.md', format: 'github' },
    { args: '--output a.txt', format: 'pretty' },
    { args: '--output a', format: 'pretty' },
    { args: '--output a.log', format: 'pretty' },
    { args: '--output a.txt --format json', format: 'json' },
    { args: '--output a.json --format brief', format: 'brief' },
  ] as const)('of $args is $format', async ({ args, format }) => {
    const [, name = ''] = args.split(' ');
    const { exitCode, stdout, stderr } = await run(`replay report.json ${args}`);
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 1, stdout: '', stderr: `report written to ${name}\n` });
    expect(await read(name)).toMatch(beginnings[format]);
  });

  it('follows each ending when there are several; --format is for standard output', async () => {
    const all = '--output b.json --output b.html --output b.xml --output b.md --output b.txt';
    const { exitCode, stdout } = await run(`replay report.json --format brief --output - ${all}`);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(beginnings.brief);
    for (const [name, format] of [
      ['b.json', 'json'],
      ['b.html', 'html'],
      ['b.xml', 'junit'],
      ['b.md', 'github'],
      ['b.txt', 'pretty'],
    ] as const)
      expect(await read(name), name).toMatch(beginnings[format]);
  });

  it('puts the annotations on standard output and the summary into the job, beside a report', async () => {
    await writeFile(join(folder, 'summary'), '# before\n');
    const { stdout } = await run('replay report.json --format github --output - --output c.json', {
      GITHUB_STEP_SUMMARY: 'summary',
    });
    expect(stdout).toMatch(/^::error title=/);
    expect(stdout).not.toContain('## ');
    expect(await read('summary')).toMatch(/^# before\n## ❌/);
    expect(await read('c.json')).toMatch(beginnings.json);
  });

  it('is that of a comparison or a drill too', async () => {
    await run('replay report.json report.json --output d.json --output d.txt');
    const before = await read('report.json');
    await writeFile(join(folder, 'later.json'), before);
    const { exitCode, stdout } = await run('replay report.json later.json --output d.json --output -');
    expect(exitCode).toBe(0);
    expect(JSON.parse(await read('d.json'))).toMatchObject({});
    expect(stdout).not.toMatch(/^\{/);
    expect((await run('drill --fault key-revoked --no-pairs --output e.json --output e.html')).exitCode).toBe(0);
    expect(JSON.parse(await read('e.json'))).toHaveProperty('promises');
    expect(await read('e.html')).toMatch(/^<!doctype html>/i);
  });
});

describe('several outputs', () => {
  it.each([
    {
      args: '--output x.json --output x.pdf',
      said: /--output x\.pdf: .*end the name in \.json, \.html, \.xml, \.md or/,
    },
    { args: '--output x.json --output x', said: /--output x: with several outputs the ending names the format/ },
    { args: '--output x.json --output /dev/null', said: /--output \/dev\/null: with several outputs/ },
    { args: '--output x.json --output ./x.json', said: /\.\/x\.json: it is the same file as x\.json/ },
    { args: '--output x.json --output x.json', said: /x\.json: it is named twice/ },
    { args: '--output x.json --output link.json', said: /link\.json: it is the same file as x\.json/ },
    { args: '--output - --output /dev/stdout', said: /\/dev\/stdout: it is the same file as -/ },
    { args: '--output x.json --output - > x.json', said: /-: it is the same file as x\.json/ },
    {
      args: '--format html --output x.json --output x.xml',
      said: /--format html: .*none of them is html: leave --format/,
    },
    { args: '--output x.json --output no/x.xml', said: /no\/x\.xml cannot be written: there is no such folder/ },
    { args: '--output x.json --output baseline.json --baseline baseline.json', said: /already uses the same file/ },
    { args: '--output x.json --output x.xml --quiet', said: /--quiet is for --format pretty, not for json and junit/ },
    { args: '--output x.json --output=', said: /It is empty/ },
  ])('are refused before the check when they are $args', async ({ args, said }) => {
    const own = await mkdtemp(join(folder, 'own-'));
    await writeFile(join(own, 'baseline.json'), renderJson(failing));
    // No key: a check that starts would ask for one first.
    const { exitCode, stdout, stderr } = await shell(`ln -s x.json link.json; synthetics check ${args}`, { cwd: own });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(said);
    const names = await readdir(own);
    expect(names.filter((name) => !['baseline.json', 'link.json', 'x.json'].includes(name))).toEqual([]);
  });

  it('are all written but the one that cannot be, and the exit code is 2', async () => {
    const { exitCode, stderr } = await shell('synthetics replay report.json --output f.json --output - > /dev/full', {
      cwd: folder,
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('report written to f.json\n');
    expect(stderr).toContain('the disk is full');
    const other = await shell('synthetics replay report.json --format github --output - --output g.json > /dev/full', {
      cwd: folder,
      env: { GITHUB_STEP_SUMMARY: '' },
    });
    expect(other.exitCode).toBe(2);
    expect(await read('g.json')).toMatch(beginnings.json);
  });
});

describe('a version that never comes', () => {
  const files = ['w.json', 'w.html', 'w.xml', 'w.md', 'w.txt'];
  const sentence = 'Version 2027.1.0 never came: within 1.0 s, not every path served it. The check fails.';

  it('fails every format with the same sentence, even if all else passes, and a replay as well', async () => {
    const outputs = files.map((name) => `--output ${name}`).join(' ');
    const wait = '--wait-for 2027.1.0 --wait-limit 1s';
    const { exitCode, stdout } = await run(
      `check --sandbox --target auth.health ${wait} --quiet --output - ${outputs}`,
    );
    expect(exitCode).toBe(1);
    expect(stdout).toContain(sentence);
    for (const name of files.slice(1)) expect(await read(name), name).toContain(sentence);
    expect(JSON.parse(await read('w.json'))).toMatchObject({
      verdict: 'healthy',
      awaited: { version: '2027.1.0', served: false, limitMs: 1_000 },
    });
    expect(await read('w.xml')).toMatch(/<failure type="version-never-came" message="Version 2027\.1\.0 never came/);
    expect(await read('w.md')).toMatch(/^## ❌ Hokusai sandbox: failing, version 2027\.1\.0 never came\n/);
    const page = await read('w.html');
    expect(page).toContain('<title>✗ Version 2027.1.0 never came. All else is well: 1 check passed · Hokusai sandbox<');
    expect(page).toMatch(/<h1[^>]*>Version 2027\.1\.0 never came: /);
    expect(page).toContain('<span class="verdict failing">failing<');
    expect(stdout).toMatch(/^failing · 1 pass\n/);
    for (const name of files.slice(1))
      expect(await read(name), name).not.toMatch(
        />healthy<|healthy · |"verdict" value="healthy"|: healthy|All is well/,
      );
    for (const format of ['github', 'brief', 'pretty']) {
      const again = await run(`replay w.json --format ${format}`);
      expect(again.exitCode, format).toBe(1);
      expect(again.stdout, format).toContain(sentence);
    }
    expect((await run('replay w.json --format github')).stdout).toMatch(
      /^::error title=Hokusai sandbox%3A failing%2C version 2027\.1\.0 never came::/,
    );
  });

  it('is in the report as served when it came, which changes nothing else', async () => {
    const { exitCode } = await run('check --sandbox --target auth.health --wait-for 2026.6.1 --output came.json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(await read('came.json'))).toMatchObject({ awaited: { served: true } });
    expect((await run('replay came.json')).stdout).not.toContain('never came');
  });
});
