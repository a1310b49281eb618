import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, open, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { descriptorOf } from './descriptor.ts';
import { codeOf, FileError, systemError } from './file-error.ts';
import { followed } from './followed.ts';
import { isInput } from './inputs.ts';
import { kindOf } from './kind.ts';
import { removeOnExit } from './remove-on-exit.ts';

/** A place to write to. */
export type WriteTarget =
  /** A descriptor that this process inherited, such as standard output. */
  | { readonly kind: 'descriptor'; readonly descriptor: number }
  /** A regular file, or none yet, to be replaced as a whole. `existing`: what to keep of the current file. */
  | { readonly kind: 'replace'; readonly path: string; readonly existing: Existing | null }
  /** A regular file in a folder that accepts no other file. It is emptied and filled. */
  | { readonly kind: 'overwrite'; readonly path: string }
  /** A regular file that others also write to. Text is appended. */
  | { readonly kind: 'append'; readonly path: string }
  /** A terminal, or /dev/null. */
  | { readonly kind: 'device'; readonly path: string }
  /** A named pipe that another process reads. */
  | { readonly kind: 'pipe'; readonly path: string };

interface Existing {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/**
 * Checks whether the path can be written to, before any work is done for it. Follows a link, as a shell does.
 * @throws FileError if it cannot, or if this process has read the same file
 */
export const writeTarget = async (said: string): Promise<WriteTarget> => {
  const descriptor = descriptorOf(said);
  if (descriptor !== null) return { kind: 'descriptor', descriptor };
  const path = resolve(said);
  try {
    const found = await statOrNull(path);
    if (found === null) {
      const real = await followed(path);
      await tryFolder(real);
      return { kind: 'replace', path: real, existing: null };
    }
    await access(path, constants.W_OK);
    const kind = kindOf(found);
    if (kind === 'character device') return { kind: 'device', path };
    if (kind === 'named pipe') return { kind: 'pipe', path };
    if (kind !== 'file') throw new FileError({ kind: 'not-a-file', found: kind });
    if (isInput(found)) throw new FileError({ kind: 'input' });
    const real = await followed(path);
    if (!(await mayMakeFiles(real))) return { kind: 'overwrite', path: real };
    const existing = { mode: Number(found.mode) & permissions, uid: Number(found.uid), gid: Number(found.gid) };
    return { kind: 'replace', path: real, existing };
  } catch (error) {
    throw systemError(error, 'write');
  }
};

/** The same for a file to append to, such as the summary of a job. @throws FileError as writeTarget does */
export const appendTarget = async (said: string): Promise<WriteTarget> => {
  const target = await writeTarget(said);
  return target.kind === 'replace' || target.kind === 'overwrite' ? { kind: 'append', path: target.path } : target;
};

const permissions = 0o7777;

const statOrNull = (path: string) =>
  stat(path, { bigint: true }).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  });

const mayMakeFiles = async (path: string): Promise<boolean> => {
  try {
    await tryFolder(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EACCES' || codeOf(error) === 'EPERM') return false;
    throw error;
  }
};

/**
 * Creates a file beside this one and removes it. Permissions do not tell everything: a disk can be read-only or full,
 * or a quota used up.
 * @throws file system errors
 */
export const tryFolder = async (path: string): Promise<void> => {
  const trial = nameBeside(path);
  await using _file = await open(trial, 'wx');
  const forget = removeOnExit(trial);
  await rm(trial);
  forget();
};

/** Short, whatever the file's own name: file systems allow 255 bytes. */
export const nameBeside = (path: string): string => join(dirname(path), `.hokusai-${randomUUID()}.writing`);
