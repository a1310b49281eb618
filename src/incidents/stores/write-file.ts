import { open, rename } from 'node:fs/promises';
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
