import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeOnExit } from '../files/remove-on-exit.ts';

/** For a configuration and a key that no other user may read. */
export interface TemporaryFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/** Created for this user alone and removed however the process ends, except by SIGKILL. */
export const makeTemporaryFolder = (): TemporaryFolder => {
  // Synchronous, so that no signal arrives between creating and recording it.
  const path = mkdtempSync(join(tmpdir(), 'hokusai-sandbox-'));
  const forget = removeOnExit(path);
  return {
    path,
    remove: async () => {
      await rm(path, { recursive: true, force: true });
      forget();
    },
  };
};
