import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { functionNames } from '../../scripts/bundle/lambda.ts';
import { run } from '../setup/run.ts';
import { distFolder } from '../support/built.ts';

const root = join(import.meta.dirname, '..', '..');

/** Of a checkout, what npm would not look at, and what is built anew. */
const leftOut: ReadonlySet<string> = new Set(['node_modules', '.git', '.cache', 'coverage', 'dist']);

describe('the package that `npm pack` makes', () => {
  let folder: string;
  let installed: string;
  let files: readonly string[];

  /** Under the Node of the tests, without a registry, and without the settings of this machine. */
  const start = (program: string, ...args: readonly string[]): Promise<string> =>
    run(program, args, {
      env: {
        PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`,
        HOME: folder,
        npm_config_cache: join(folder, 'cache'),
        npm_config_offline: 'true',
        npm_config_update_notifier: 'false',
        NO_COLOR: '1',
      },
      limitMs: 50_000,
    });
  const command = (...args: readonly string[]): Promise<string> =>
    start(join(installed, 'node_modules', '.bin', 'hokusai-synthetics'), ...args);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hokusai-test-'));
    const checkout = join(folder, 'checkout');
    for (const entry of await readdir(root))
      if (!leftOut.has(entry)) await cp(join(root, entry), join(checkout, entry), { recursive: true });
    await cp(distFolder, join(checkout, 'dist'), { recursive: true });
    // Its `prepack` builds, which has been done.
    const packed = await start('npm', 'pack', checkout, '--json', '--ignore-scripts', '--pack-destination', folder);
    const [{ filename, files: listed }] = JSON.parse(packed) as [{ filename: string; files: { path: string }[] }];
    files = listed.map(({ path }) => path);
    installed = join(folder, 'installed');
    await mkdir(installed);
    await writeFile(join(installed, 'package.json'), '{ "private": true }');
    await start('npm', 'install', '--prefix', installed, '--no-audit', '--no-fund', join(folder, filename));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('holds the build, and neither sources nor tests', () => {
    expect(files).toEqual(expect.arrayContaining(['dist/cli.js', 'schema/synthetics.schema.json', 'README.md']));
    for (const name of functionNames) expect(files).toContain(`dist/lambda/${name}/index.mjs`);
    expect(files.filter((path) => /^(src|test|scripts|bench|\.)/.test(path))).toEqual([]);
  });

  test('builds before it is packed', async () => {
    const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
      readonly scripts: Readonly<Record<string, string>>;
    };
    expect(scripts['prepack']).toBe(scripts['build']);
  });

  test('needs no other packages', async () => {
    const packages = await readdir(join(installed, 'node_modules'));

    expect(packages.filter((name) => !name.startsWith('.'))).toEqual(['hokusai-synthetics']);
  });

  test('has every page that its README links to and every folder that its template deploys', async () => {
    const own = join(installed, 'node_modules', 'hokusai-synthetics');
    const readme = await readFile(join(own, 'README.md'), 'utf8');
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link = '']) => link);
    const template = await readFile(join(own, 'template.yaml'), 'utf8');
    const code = [...template.matchAll(/^\s*CodeUri: (\S+)/gm)].map(([, folderOf = '']) => `${folderOf}/index.mjs`);

    expect(code.length).toBeGreaterThan(2);
    expect([...links, ...code].filter((path) => !files.includes(path))).toEqual([]);
  });

  test('installs a command that npx finds and that checks, replays, explains and validates', async () => {
    const check = ['check', '--sandbox', '--skip-registration'];
    expect(await start('npx', '--no', '--prefix', installed, 'hokusai-synthetics', ...check)).toMatch(/\nhealthy\b/);
    const report = join(folder, 'report.json');
    await command('check', '--sandbox', '--target', 'auth', '--format', 'json', '--output', report);
    expect(await command('replay', report)).toMatch(/\nhealthy\b/);
    expect(await command('explain', 'targets')).toContain('registry.root');
    await writeFile(join(folder, 'synthetics.yaml'), 'environment: shop # in YAML\n');
    expect(await command('validate', '--config', join(folder, 'synthetics.yaml'))).toContain('environment shop');
    expect(await command('incidents', '--state', join(folder, 'state.json'))).toContain('has been tracked yet');
  });
});
