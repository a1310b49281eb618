import { dirname } from 'node:path';
import * as v from 'valibot';
import { FileError, systemError } from '../files/file-error.ts';
import { followed } from '../files/followed.ts';
import { readBytes } from '../files/read.ts';
import { textOf } from '../files/text.ts';
import { makeFolder, writeState } from '../incidents/stores/write-file.ts';
import { emptyHistory, type History, history } from './history.ts';
import { historyBytes } from './limits.ts';

export interface Loaded {
  readonly history: History;
  /** Why the file was not used, as a sentence. */
  readonly trouble: string | null;
}

/** The stored history. Never throws: a page without history is better than no monitor. */
export const loadHistory = async (path: string, environment: string): Promise<Loaded> => {
  const without = (reason: string): Loaded => ({
    history: emptyHistory(environment),
    trouble: `the history ${path} cannot be used, so it begins again: ${reason}`,
  });
  try {
    const read = v.safeParse(history, JSON.parse(textOf(await readBytes(path, historyBytes))));
    if (!read.success) return without(`it is not a history (${v.getDotPath(read.issues[0]) ?? 'the whole file'})`);
    if (read.output.environment !== environment) return without(`it is that of ${read.output.environment}`);
    return { history: read.output, trouble: null };
  } catch (error) {
    if (error instanceof FileError && error.trouble.kind === 'system' && error.trouble.code === 'ENOENT')
      return { history: emptyHistory(environment), trouble: null };
    return without(error instanceof SyntaxError ? 'it is not JSON' : systemError(error, 'read').message);
  }
};

/** Replaces the file as a whole, so that a kill leaves the old one or the new one. @throws FileError */
export const saveHistory = async (path: string, all: History): Promise<void> => {
  try {
    await makeFolder(dirname(path));
    await writeState(await followed(path), `${JSON.stringify(all)}\n`);
  } catch (error) {
    throw systemError(error, 'write');
  }
};
