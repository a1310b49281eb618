import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { replaceFile } from '../../files/replace.ts';

/** What an incident says of a platform is for the user alone, whatever the umask. */
const [fileMode, folderMode] = [0o600, 0o700];

/** Puts the state in the place of the file, or leaves the file as it was. For one writer at a time. */
export const writeState = async (path: string, contents: string | Uint8Array): Promise<void> => {
  // Always the same name: what a kill leaves is removed by the next writer. A link that stands there is removed, too.
  const beside = `${path}.writing`;
  await rm(beside, { force: true });
  await replaceFile(path, contents, { beside, mode: fileMode });
};

/** As `mkdir -p`, for this user alone. Node's own never ends where folders cannot be made at all, as in /proc. */
export const makeFolder = async (path: string): Promise<void> => {
  const parent = dirname(path);
  try {
    await mkdir(path, folderMode);
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
  await mkdir(path, folderMode).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
};
