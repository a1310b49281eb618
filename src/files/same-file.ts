import { fstatSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { descriptorOf } from './descriptor.ts';
import { codeOf, systemError } from './file-error.ts';
import { followed } from './followed.ts';

const standardOutput = 1;

/**
 * The same for two names of one file: by another path, a link, or standard output that the shell sends there. `-` is
 * standard output. @throws FileError
 */
export const identityOf = async (said: string): Promise<string> => {
  const descriptor = said === '-' ? standardOutput : descriptorOf(said);
  try {
    const found =
      descriptor === null
        ? await stat(said, { bigint: true }).catch((error: unknown) => {
            if (codeOf(error) === 'ENOENT') return null;
            throw error;
          })
        : fstatSync(descriptor, { bigint: true });
    if (found !== null) return `${found.dev}:${found.ino}`;
    const path = await followed(resolve(said));
    return join(await realpath(dirname(path)), basename(path));
  } catch (error) {
    throw systemError(error, 'write');
  }
};
