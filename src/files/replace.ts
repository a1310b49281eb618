import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { removeOnExit } from './remove-on-exit.ts';

export interface Replacement {
  /** The name under which the contents are written first, in the same folder: nothing may stand there. */
  readonly beside: string;
  /** Permissions of the file; null: those that any new file gets. */
  readonly mode: number | null;
  /** Whose the file shall be, where this process may decide that. */
  readonly owner?: { readonly uid: number; readonly gid: number };
}

/**
 * Puts the contents in the place of a file, or leaves the file as it was, whatever happens meanwhile, a loss of power included.
 * A link that somebody has put at the other name is not followed.
 * @throws what the file system throws
 */
export const replaceFile = async (
  path: string,
  contents: string | Uint8Array,
  { beside, mode, owner }: Replacement,
): Promise<void> => {
  // `wx` fails where anything stands, a link included.
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
  // After the owner, whose change takes some permissions away, and past the umask.
  if (mode !== null) await file.chmod(mode);
  await file.writeFile(contents);
  await file.sync();
};

/** Some file systems cannot, and some folders may not be opened: then the file is as safe as it can be. */
const syncFolder = async (path: string): Promise<void> => {
  try {
    await using folder = await open(path, 'r');
    await folder.sync();
  } catch {
    // It is in its place all the same.
  }
};
