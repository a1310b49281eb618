import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createFileStore } from '../../src/incidents/stores/file.ts';
import { createMemoryStore, type MemoryContents } from '../../src/incidents/stores/memory.ts';
import { storeContract } from './store-contract.ts';

storeContract('in memory', async () => {
  const contents: MemoryContents = new Map();
  return {
    open: () => createMemoryStore(contents),
    spoil: async (environment, json) => void contents.set(environment, { json, version: 1, keptAs: null }),
    kept: async (name) => contents.get(name)?.json ?? null,
  };
});

storeContract('in files', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'incidents-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return {
    open: () => createFileStore({ folder }),
    spoil: (environment, text) =>
      writeFile(join(folder, `${environment}.json`), text === '' ? '' : `{"version":1,"state":${text}}`),
    kept: (name) => readFile(name, 'utf8').catch(() => null),
  };
});
