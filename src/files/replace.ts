import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { removeOnExit } from './remove-on-exit.ts';

export interface Replacement {
  /** Temporary path in the same folder, where the contents are written first. Must not exist. */
  readonly beside: string;
  /** Permissions of the file. Null for those of any new file. */
  readonly mode: number | null;
  /** Owner of the file, if this process may set it. */
  readonly owner?: { readonly uid: number; readonly gid: number };
}

/**
 * Replaces the contents of a file, or leaves the file unchanged, whatever happens meanwhile, including a power loss.
 * Does not follow a link planted at the temporary path.
 * @throws file system errors
 */
export const replaceFile = async (
  path: string,
  contents: string | Uint8Array,
  { beside, mode, owner }: Replacement,
): Promise<void> => {
  // `wx` fails if anything exists there, even a link.
  const file = await open(beside, 'wx', mode ?? undefined);
  const forget = removeOnExit(beside);
  try {
    await fill(file, contents, { mode, owner });
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw error;
  } finally {
    forget();
  }
  await syncFolder(dirname(path));
};

const fill = async (
  handle: FileHandle,
  contents: string | Uint8Array,
  { mode, owner }: { readonly mode: number | null; readonly owner: Replacement['owner'] | undefined },
): Promise<void> => {
  await using file = handle;
  if (owner !== undefined) await file.chown(owner.uid, owner.gid).catch(() => undefined);
  // After the owner, because changing it clears some permission bits. chmod ignores the umask.
  if (mode !== null) await file.chmod(mode);
  await file.writeFile(contents);
  await file.sync();
};

/** Some file systems do not support this, and some folders cannot be opened. The file is then as safe as it can be. */
const syncFolder = async (path: string): Promise<void> => {
  try {
    await using folder = await open(path, 'r');
    await folder.sync();
  } catch {
    // The file is in place anyway.
  }
};
