import { copyFile, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { bundleAll } from '../../scripts/bundle/all.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** An installed package: only package.json and dist/. */
    readonly builtPackage: string;
  }
}

const prefix = 'hokusai-built-';
/** A killed run leaves its folder behind. No run takes this long. */
const leftOverMs = 24 * 3_600_000;

const removeLeftOver = async (): Promise<void> => {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(prefix)) continue;
    const folder = join(tmpdir(), name);
    // Another run may be faster.
    const made = await stat(folder).catch(() => null);
    if (made !== null && Date.now() - made.mtimeMs > leftOverMs) await rm(folder, { recursive: true, force: true });
  }
};

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Builds what ships once per vitest run into a folder of that run: it cannot be stale, concurrent runs do not share it,
 * and the checkout's dist/ stays untouched. The folder is outside the checkout, so that a bundle fails if it needs a
 * package that it does not contain.
 */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  await removeLeftOver();
  const folder = await mkdtemp(join(tmpdir(), prefix));
  const build = async (): Promise<void> => {
    await copyFile(join(root, 'package.json'), join(folder, 'package.json'));
    const metafiles = await bundleAll(root, join(folder, 'dist'));
    await writeFile(join(folder, 'metafiles.json'), JSON.stringify(metafiles));
  };
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  await build().catch(async (error: unknown) => {
    await remove();
    throw error;
  });
  project.provide('builtPackage', folder);
  // For Vitest's watch mode.
  project.onTestsRerun(build);
  return remove;
};
