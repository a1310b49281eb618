import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { IncidentStore } from '../incidents/store.ts';
import { createFileStore } from '../incidents/stores/file.ts';
import { UsageError } from './usage-error.ts';

const table = /^dynamodb:([A-Za-z0-9_.-]{3,255})$/;

/** Where incidents are remembered: a file, `dynamodb:TABLE`, or, when nothing is said, a folder of the user's with a file for each environment. */
export const openStore = async (
  said: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Promise<IncidentStore> => {
  if (said === undefined) return createFileStore({ folder: stateFolder(env) });
  const [, name] = table.exec(said) ?? [];
  if (name === undefined && said.startsWith('dynamodb:'))
    throw new UsageError(`--state ${said}: a table's name has 3 to 255 letters, digits, _ . and -`);
  if (name === undefined) return createFileStore({ file: resolve(said) });
  const { openTable } = await import('../lambda/state-client.ts');
  return openTable(name, {});
};

/** Of the XDG base directories (specification 0.8): what shall outlive a restart. */
const stateFolder = (env: Readonly<Record<string, string | undefined>>): string => {
  const home = env['XDG_STATE_HOME'];
  return join(
    home !== undefined && home !== '' ? resolve(home) : join(homedir(), '.local', 'state'),
    'hokusai-synthetics',
  );
};
