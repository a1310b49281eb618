import { copyFile, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { bundleAll } from '../../scripts/bundle/all.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A package as it is installed, without anything beside it: package.json, and dist/. */
    readonly builtPackage: string;
  }
}

const prefix = 'hokusai-built-';
/** A run that was killed leaves its folder. None takes so long. */
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
 * Builds what ships, once for each run of vitest, into a folder of that run's own: it cannot be stale, two runs at once
 * do not share it, and the checkout's dist/ is left to whoever uses it. It stands outside the checkout, so that a bundle
 * that needs a package which is not in it fails.
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
  // Vitest's watch mode.
  project.onTestsRerun(build);
  return remove;
};
