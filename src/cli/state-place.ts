import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { FileError } from '../files/file-error.ts';
import { assertFile } from '../files/read.ts';
import type { IncidentStore } from '../incidents/store.ts';
import { assertKeepable, createFileStore, type FilePlace } from '../incidents/stores/file.ts';
import { environmentsIn } from '../incidents/stores/file-contents.ts';
import { UsageError } from './usage-error.ts';

const table = /^dynamodb:([A-Za-z0-9_.-]{3,255})$/;

export interface StatePlace {
  readonly store: IncidentStore;
  /** Call it before the work. @throws StoreError when the state could not be stored */
  readonly assertKeepable: (environment: string) => Promise<void>;
  /** The place in words: a path, or a table. */
  readonly whereIs: (environment: string) => string;
  /** The environments with incidents in the user's state folder; empty for a place that --state names. */
  readonly environmentsBeside: () => Promise<readonly string[]>;
  /** The file for the history of cycles: beside the state, or in the user's state folder. */
  readonly historyOf: (environment: string) => string;
}

/**
 * The place of the incidents: a file, `dynamodb:TABLE`, or by default the user's state folder with one file per environment.
 * @throws UsageError when `said` is none of these
 */
export const openPlace = async (
  said: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Promise<StatePlace> => {
  if (said === undefined) return filePlace({ folder: stateFolder(env) });
  const [, name] = table.exec(said) ?? [];
  if (name === undefined && said.startsWith('dynamodb:'))
    throw new UsageError(`--state ${said}: a table's name has 3 to 255 letters, digits, _ . and -`);
  // A path with a colon is rare. `./a:b` names it.
  if (name === undefined && /^[a-z][a-z0-9+.-]{1,30}:/i.test(said))
    throw new UsageError(`--state ${said}: give the path of a file, or dynamodb:TABLE`);
  if (name === undefined) return filePlace(await namedFile(said));
  const { openTable } = await import('../aws/state-client.ts');
  return {
    store: openTable(name, {}),
    assertKeepable: async () => undefined,
    whereIs: (environment) => `the item ${environment} of the DynamoDB table ${name}`,
    environmentsBeside: async () => [],
    historyOf: (environment) => join(stateFolder(env), `${environment}.history.json`),
  };
};

const filePlace = (place: FilePlace): StatePlace => {
  const pathOf = (environment: string): string =>
    'file' in place ? place.file : join(place.folder, `${environment}.json`);
  return {
    store: createFileStore(place),
    assertKeepable: (environment) => assertKeepable(place, environment),
    whereIs: pathOf,
    environmentsBeside: async () => ('file' in place ? [] : environmentsIn(place.folder)),
    historyOf: (environment) => pathOf(environment).replace(/(?:\.json)?$/, '.history.json'),
  };
};

const namedFile = async (said: string): Promise<FilePlace> => {
  if (said === '-') throw new UsageError('--state -: it is read and written, so it must be a file');
  try {
    await assertFile(said);
  } catch (error) {
    // The store reports other errors.
    if (error instanceof FileError && error.trouble.kind === 'not-a-file')
      throw new UsageError(`--state ${said}: ${error.message}`);
  }
  return { file: resolve(said) };
};

/** XDG_STATE_HOME, for data that outlives a restart (XDG Base Directory Specification 0.8). */
const stateFolder = (env: Readonly<Record<string, string | undefined>>): string => {
  const home = env['XDG_STATE_HOME'];
  return join(
    home !== undefined && home !== '' ? resolve(home) : join(homedir(), '.local', 'state'),
    'hokusai-synthetics',
  );
};
