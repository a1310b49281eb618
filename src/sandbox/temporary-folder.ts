import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeOnExit } from '../files/remove-on-exit.ts';

/** For a configuration and a key, which nobody else may read. */
export interface TemporaryFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/** Made for this user alone. However this process ends, but by SIGKILL, it is removed. */
export const makeTemporaryFolder = (): TemporaryFolder => {
  // At once: no signal comes between making it and remembering it.
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
