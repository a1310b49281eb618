import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Puts the contents in the place of the file, or leaves the file as it was, whatever happens meanwhile, a loss of power included. For one writer at a time. */
export const replaceFile = async (path: string, contents: string | Uint8Array): Promise<void> => {
  // Always the same name: what a kill leaves is written over by the next one.
  const beside = `${path}.writing`;
  {
    await using file = await open(beside, 'w');
    await file.writeFile(contents);
    await file.sync();
  }
  await rename(beside, path);
  await using folder = await open(dirname(path), 'r');
  await folder.sync();
};

/** As `mkdir -p`. Node's own never ends where folders cannot be made at all, as in /proc. */
export const makeFolder = async (path: string): Promise<void> => {
  const parent = dirname(path);
  try {
    await mkdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || parent === path) throw error;
    await makeFolder(parent);
    await mkdirOnce(path);
  }
};

/** Somebody else may have made it in the meantime. */
const mkdirOnce = async (path: string): Promise<void> => {
  await mkdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
};
