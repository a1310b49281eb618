import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { FileError } from '../files/file-error.ts';
import { assertFile } from '../files/read.ts';
import type { IncidentStore } from '../incidents/store.ts';
import { assertKeepable, createFileStore, type FilePlace } from '../incidents/stores/file.ts';
import { UsageError } from './usage-error.ts';

const table = /^dynamodb:([A-Za-z0-9_.-]{3,255})$/;

export interface StatePlace {
  readonly store: IncidentStore;
  /** Before work that is to be remembered. @throws StoreError when it could not be */
  readonly assertKeepable: (environment: string) => Promise<void>;
}

/**
 * Where incidents are remembered: a file, `dynamodb:TABLE`, or, when nothing is said, a folder of the user's with a file for
 * each environment. @throws UsageError when it is none of these
 */
export const openPlace = async (
  said: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Promise<StatePlace> => {
  if (said === undefined) return filePlace({ folder: stateFolder(env) });
  const [, name] = table.exec(said) ?? [];
  if (name === undefined && said.startsWith('dynamodb:'))
    throw new UsageError(`--state ${said}: a table's name has 3 to 255 letters, digits, _ . and -`);
  if (name === undefined) return filePlace(await namedFile(said));
  const { openTable } = await import('../aws/state-client.ts');
  return { store: openTable(name, {}), assertKeepable: async () => undefined };
};

const filePlace = (place: FilePlace): StatePlace => ({
  store: createFileStore(place),
  assertKeepable: (environment) => assertKeepable(place, environment),
});

const namedFile = async (said: string): Promise<FilePlace> => {
  if (said === '-') throw new UsageError('--state -: it is read and written, so it must be a file');
  try {
    await assertFile(said);
  } catch (error) {
    // What else is wrong with it, the store says.
    if (error instanceof FileError && error.trouble.kind === 'not-a-file')
      throw new UsageError(`--state ${said}: ${error.message}`);
  }
  return { file: resolve(said) };
};

/** Of the XDG base directories (specification 0.8): what shall outlive a restart. */
const stateFolder = (env: Readonly<Record<string, string | undefined>>): string => {
  const home = env['XDG_STATE_HOME'];
  return join(
    home !== undefined && home !== '' ? resolve(home) : join(homedir(), '.local', 'state'),
    'hokusai-synthetics',
  );
};
