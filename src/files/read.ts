import { type BigIntStats, constants, type Stats } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { collect } from './collect.ts';
import { codeOf, FileError, systemError } from './file-error.ts';
import { noteInput } from './inputs.ts';
import { kindOf } from './kind.ts';
import { textOf } from './text.ts';

/** Opening waits for no writer, and takes no terminal. */
const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;

/** A file of the user's as text (see textOf). @throws FileError */
export const readText = async (path: string, limit: number): Promise<string> => textOf(await readInput(path, limit));

/** A file of the user's, which no output may replace. @throws FileError */
export const readInput = (path: string, limit: number): Promise<Buffer> => read(path, limit, noteInput);

/** A file of our own. @throws FileError */
export const readBytes = (path: string, limit: number): Promise<Buffer> => read(path, limit, () => undefined);

/** A regular file, no more of it than `limit` bytes. */
const read = async (path: string, limit: number, note: (file: BigIntStats) => void): Promise<Buffer> => {
  try {
    // Looked at before it is opened, for opening alone moves some devices; and after it, for it can be another one by then.
    mustBeFile(await stat(path));
    await using file = await open(path, flags);
    const found = await file.stat({ bigint: true });
    mustBeFile(found);
    if (found.size > limit) throw new FileError({ kind: 'too-large', limit });
    note(found);
    // Files of /proc have a size of 0, and others can grow.
    return await collect(file.createReadStream({ autoClose: false }), limit);
  } catch (error) {
    throw systemError(error, 'read');
  }
};

/** That there is a regular file, or nothing. @throws FileError */
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
