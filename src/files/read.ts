import { type BigIntStats, constants, type Stats } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { collect } from './collect.ts';
import { codeOf, FileError, systemError } from './file-error.ts';
import { noteInput } from './inputs.ts';
import { kindOf } from './kind.ts';
import { textOf } from './text.ts';

/** Opening must not wait for a writer or acquire a controlling terminal. */
const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;

/** Reads a user's file as text (see textOf). @throws FileError */
export const readText = async (path: string, limit: number): Promise<string> => textOf(await readInput(path, limit));

/** Reads a user's file, and protects it from being overwritten. @throws FileError */
export const readInput = (path: string, limit: number): Promise<Buffer> => read(path, limit, noteInput);

/** Reads one of our own files. @throws FileError */
export const readBytes = (path: string, limit: number): Promise<Buffer> => read(path, limit, () => undefined);

/** Reads a regular file of at most `limit` bytes. */
const read = async (path: string, limit: number, note: (file: BigIntStats) => void): Promise<Buffer> => {
  try {
    // Checked before opening, because opening alone moves some devices; and after, because it can be another file by
    // then.
    mustBeFile(await stat(path));
    await using file = await open(path, flags);
    const found = await file.stat({ bigint: true });
    mustBeFile(found);
    if (found.size > limit) throw new FileError({ kind: 'too-large', limit });
    note(found);
    // Files in /proc report a size of 0, and others can grow.
    return await collect(file.createReadStream({ autoClose: false }), limit);
  } catch (error) {
    throw systemError(error, 'read');
  }
};

/** Checks that the path is a regular file or does not exist. @throws FileError */
export const assertFile = async (path: string): Promise<void> => {
  try {
    mustBeFile(await stat(path));
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw systemError(error, 'read');
  }
};

const mustBeFile = (found: Stats | BigIntStats): void => {
  const kind = kindOf(found);
  if (kind !== 'file') throw new FileError({ kind: 'not-a-file', found: kind });
};
