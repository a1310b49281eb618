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

/** Where something can be written. */
export type WriteTarget =
  /** One that this process was given open, such as standard output. */
  | { readonly kind: 'descriptor'; readonly descriptor: number }
  /** A regular file, or none yet: replaced as a whole. `existing`: what is kept of the file that is there. */
  | { readonly kind: 'replace'; readonly path: string; readonly existing: Existing | null }
  /** A regular file in a folder in which no other can be made: emptied and filled. */
  | { readonly kind: 'overwrite'; readonly path: string }
  /** A regular file that others write too, at its end. */
  | { readonly kind: 'append'; readonly path: string }
  /** A terminal, or /dev/null. */
  | { readonly kind: 'device'; readonly path: string }
  /** One with a name, which somebody else reads. */
  | { readonly kind: 'pipe'; readonly path: string };

interface Existing {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/**
 * Looks whether something can be written there, before any work is done for it. A link at the name is followed, as a shell
 * follows it.
 * @throws FileError when it cannot, or when this process has read the same file
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

/** The same for a file at whose end something is written, such as the summary of a job. @throws FileError as writeTarget does */
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
 * Makes a file beside this one and removes it. Permissions do not tell all: a disk can be read-only or full, a quota used up.
 * @throws what the file system throws
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
