import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bundleCli } from '../../scripts/bundle/cli.ts';
import { run } from '../setup/run.ts';

const root = join(import.meta.dirname, '..', '..');

describe('a build on top of an earlier one', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hokusai-test-'));
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    await bundleCli(root, join(folder, 'dist'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const program = (): string => join(folder, 'dist', 'cli.js');

  test('leaves unchanged files alone and removes files that are no longer part of it', async () => {
    const stale = join(folder, 'dist', 'cli', 'stale-AAAAAAAA.js');
    await writeFile(stale, '');
    const before = await stat(program());

    await bundleCli(root, join(folder, 'dist'));

    expect((await stat(program())).ino).toBe(before.ino);
    expect(before.mode & 0o111).not.toBe(0);
    await expect(stat(stale)).rejects.toThrow('ENOENT');
  });

  test('keeps the command line runnable at every moment, even with other builds running', async () => {
    const builds = Promise.all([bundleCli(root, join(folder, 'dist')), bundleCli(root, join(folder, 'dist'))]);
    const runs = Promise.all(
      [1, 2, 3].map(() => run(process.execPath, [program(), 'explain', 'rate-limited'], { limitMs: 30_000 })),
    );

    expect(await runs).toEqual([1, 2, 3].map(() => expect.stringContaining('rate-limited')));
    await builds;
    expect((await readdir(join(folder, 'dist'))).sort()).toEqual(['cli', 'cli.js']);
  });
});
