import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
  const own = (): string => join(installed, 'node_modules', 'hokusai-synthetics');
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

  test('holds the command line and what people read, but no functions, sources, tests or pictures', () => {
    expect(files).toEqual(
      expect.arrayContaining(['dist/cli.js', 'schema/synthetics.schema.json', 'README.md', 'docs/incidents.md']),
    );
    const unwanted = /^(src|test|scripts|bench|\.|template|dist\/lambda|docs\/pictures)/;
    expect(files.filter((path) => unwanted.test(path))).toEqual([]);
  });

  test('holds no module that the command line never loads', async () => {
    const modules = files.filter((path) => /^dist\/cli\/.*\.js$/.test(path));
    const loaded = new Set<string>();
    const visit = async (path: string): Promise<void> => {
      if (loaded.has(path)) return;
      loaded.add(path);
      const code = await readFile(join(own(), path), 'utf8');
      // Imports, and the thread that the sandbox starts by its file name.
      for (const [, name = ''] of code.matchAll(/["']\.\.?\/(?:cli\/)?([\w.-]+\.js)["']/g))
        if (modules.includes(`dist/cli/${name}`)) await visit(`dist/cli/${name}`);
    };
    await visit('dist/cli.js');

    expect(modules.length).toBeGreaterThan(10);
    expect(modules.filter((path) => !loaded.has(path))).toEqual([]);
  });

  test('names the oldest Node that it runs with in its manifest, and refuses an older one with the same number', async () => {
    const { engines } = JSON.parse(await readFile(join(own(), 'package.json'), 'utf8')) as {
      engines: { node: string };
    };
    const least = /\d+\.\d+/.exec(engines.node)?.[0];
    expect(await readFile(join(own(), 'dist', 'cli.js'), 'utf8')).toContain(`needs Node ${least} or newer`);
  });

  test('builds before it is packed', async () => {
    const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
      readonly scripts: Readonly<Record<string, string>>;
    };
    expect(scripts['prepack']).toBe(scripts['build:cli']);
  });

  test('needs no other packages', async () => {
    const packages = await readdir(join(installed, 'node_modules'));

    expect(packages.filter((name) => !name.startsWith('.'))).toEqual(['hokusai-synthetics']);
  });

  test('has every page that its README links to', async () => {
    const readme = await readFile(join(own(), 'README.md'), 'utf8');
    const links = [...readme.matchAll(/\]\((docs\/[^)#/]+\.md)/g)].map(([, link = '']) => link);

    expect(links.length).toBeGreaterThan(5);
    expect(links.filter((path) => !files.includes(path))).toEqual([]);
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
