import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export interface BundleFile {
  /** Absolute. */
  readonly path: string;
  readonly contents: Uint8Array;
}

const isThere = async ({ path, contents }: BundleFile): Promise<boolean> =>
  readFile(path).then(
    (there) => there.equals(contents),
    () => false,
  );

/**
 * Writes a bundle over an earlier one that may be running or being built by another process. Each file appears
 * atomically, and unchanged files are left alone. The entry is written last; afterwards files that are no longer part
 * of the bundle are removed.
 * @param entry with the mode that it gets
 * @param owned the folder that holds only files of the bundle
 */
export const writeBundle = async (
  files: readonly BundleFile[],
  entry: { readonly path: string; readonly mode: number },
  owned: string,
): Promise<void> => {
  const entryLast = files.toSorted((a, b) => Number(a.path === entry.path) - Number(b.path === entry.path));
  for (const file of entryLast) {
    if (await isThere(file)) continue;
    // Outside the bundle's folder, where another build would remove it.
    const unfinished = join(dirname(owned), `.${randomUUID()}`);
    await mkdir(dirname(file.path), { recursive: true });
    await writeFile(unfinished, file.contents, file.path === entry.path ? { mode: entry.mode } : {});
    await rename(unfinished, file.path);
  }
  const paths = new Set(files.map(({ path }) => path));
  for (const there of await readdir(owned, { recursive: true, withFileTypes: true })) {
    const path = join(there.parentPath, there.name);
    if (there.isFile() && !paths.has(path)) await rm(path, { force: true });
  }
};
