import { rm } from 'node:fs/promises';
import { createFileStore } from '../../../src/incidents/stores/file.ts';
import { stateOfBytes } from '../../incidents/events.ts';

/** On a disk of 64 KB: keeps a small state, then one that does not fit, and says what came of it. The ballast is taken away then. */
const [file = '', ballast = ''] = process.argv.slice(2);
const store = createFileStore({ file });

const saved = (bytes: number, version: number | null): Promise<unknown> =>
  store.save(stateOfBytes('development', bytes), version).catch((error: Error) => error.message);

const first = await saved(1_000, null);
const full = await saved(30_000, 1);
const kept = await store.load('development');
await rm(ballast);
const afterwards = await saved(30_000, 1);
process.stdout.write(JSON.stringify({ first, full, keptVersion: kept?.version, afterwards }));
