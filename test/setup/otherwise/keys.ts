import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import type { Undo } from './undo.ts';

interface KeyRecord {
  readonly id: string;
  readonly scopes: readonly string[];
  readonly revoked: boolean;
}

/** The auth service's records, in a file. */
export interface Keys {
  readonly key: string;
  change(changes: Partial<KeyRecord>): Promise<Undo>;
}

export const makeKeys = async (file: string): Promise<Keys> => {
  const key = `hk_test_${randomBytes(12).toString('hex')}`;
  const usual: KeyRecord = { id: 'synthetics', scopes: ['model:read', 'mlflow:read', 'mlflow:write'], revoked: false };
  const write = (record: KeyRecord): Promise<void> => writeFile(file, JSON.stringify({ [key]: record }));
  await write(usual);
  return {
    key,
    change: async (changes) => {
      const before = await readFile(file, 'utf8');
      await write({ ...usual, ...changes });
      return () => writeFile(file, before);
    },
  };
};
