import { dirname, join } from 'node:path';
import { systemError } from '../../files/file-error.ts';
import { followed } from '../../files/followed.ts';
import { assertFile } from '../../files/read.ts';
import { tryFolder } from '../../files/target.ts';
import { type IncidentStore, StoreError } from '../store.ts';
import { asideName } from './aside-name.ts';
import { copyOf, type Found, fileContents, findIn } from './file-contents.ts';
import { holding } from './file-lock.ts';
import { notAState } from './wording.ts';
import { makeFolder, writeState } from './write-file.ts';

/** One file for one environment, or a folder with one file per environment. */
export type FilePlace = { readonly file: string } | { readonly folder: string };

/**
 * For processes of one machine. During a write, the lock (`.lock`) lies beside the file; after a kill, the unfinished
 * next contents (`.writing`) may stay there.
 */
export const createFileStore = (place: FilePlace, now: () => number = Date.now): IncidentStore => {
  const withPath = async <T>(environment: string, work: (path: string) => Promise<T>): Promise<T> => {
    const path = pathIn(place, environment);
    try {
      return await work(path);
    } catch (error) {
      throw fileTrouble(path, error);
    }
  };

  const writing = <T>(environment: string, work: (path: string, found: Found) => Promise<T>): Promise<T> =>
    withPath(environment, async (path) => {
      await makeFolder(dirname(path));
      // Paths through a link and direct paths must meet at one lock, and a link must stay a link.
      const real = await followed(path);
      return holding(`${real}.lock`, async () => work(real, await findFor(environment, real)));
    });

  return {
    load: (environment) =>
      withPath(environment, async (path) => {
        const found = await findFor(environment, path);
        if (found.kind === 'nothing') return null;
        if (found.kind === 'state') return { state: found.state, version: found.version };
        throw notAState(path, found);
      }),

    save: (state, expected) =>
      writing(state.environment, async (path, found) => {
        if ((await versionOf(path, found)) !== expected) return false;
        await writeState(path, fileContents({ state, version: (expected ?? 0) + 1 }));
        return true;
      }),

    // A copy: if the process is killed before a new state is written, the next run finds the file unreadable again and
    // reports it.
    putAside: (environment) =>
      writing(environment, async (path, found) => {
        const copy = asideName(path, '.', now());
        if (found.kind !== 'unreadable') return copy;
        const earlier = await copyOf(path, found.bytes);
        if (earlier === null) await writeState(copy, found.bytes);
        return earlier ?? copy;
      }),
  };
};

const pathIn = (place: FilePlace, environment: string): string =>
  'file' in place ? place.file : join(place.folder, `${environment}.json`);

/** For long-running commands: fails at the start if the state could not be stored. @throws StoreError */
export const assertKeepable = async (place: FilePlace, environment: string): Promise<void> => {
  const path = pathIn(place, environment);
  try {
    await makeFolder(dirname(path));
    await assertFile(path);
    await tryFolder(await followed(path));
  } catch (error) {
    throw fileTrouble(path, error);
  }
};

/** Null: a new state may be written. Undefined: nothing may be written. */
const versionOf = async (path: string, found: Found): Promise<number | null | undefined> => {
  if (found.kind === 'nothing') return null;
  if (found.kind === 'state') return found.version;
  return found.kind === 'unreadable' && (await copyOf(path, found.bytes)) !== null ? null : undefined;
};

const findFor = async (environment: string, path: string): Promise<Found> => {
  const found = await findIn(path);
  if (found.kind === 'state' && found.state.environment !== environment)
    throw new StoreError(
      'unavailable',
      `${path} holds the incidents of ${found.state.environment}, not of ${environment}: give each environment its own file`,
    );
  return found;
};

/** @param path of the stored incidents; the error can concern a file beside it */
const fileTrouble = (path: string, error: unknown): StoreError => {
  if (error instanceof StoreError) return error;
  const { message } = systemError(error, 'write');
  return new StoreError('unavailable', `The incidents cannot be kept in ${path}: ${message}`, { cause: error });
};
