import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { replaceFile } from '../../files/replace.ts';

/** Incidents describe a platform's failures, so only the user may read them, whatever the umask. */
const [fileMode, folderMode] = [0o600, 0o700];

/** Replaces the file atomically, or leaves it unchanged. For one writer at a time. */
export const writeState = async (path: string, contents: string | Uint8Array): Promise<void> => {
  // A fixed name, so that the next writer removes what a kill left behind. It also removes a link of that name.
  const beside = `${path}.writing`;
  await rm(beside, { force: true });
  await replaceFile(path, contents, { beside, mode: fileMode });
};

/**
 * Like `mkdir -p`, with access for this user only. Node's recursive mkdir never ends where folders cannot be created,
 * as in /proc.
 */
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

/** Another process may have created it in the meantime. */
const mkdirOnce = async (path: string): Promise<void> => {
  await mkdir(path, folderMode).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
};
