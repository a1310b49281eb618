import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSettings } from '../../src/cli/inputs.ts';
import { fileContents } from '../../src/incidents/stores/file-contents.ts';
import { stateOf } from '../incidents/arbitraries.ts';
import { cli } from '../support/cli.ts';
import { schemaErrors } from '../support/published-schemas.ts';

const { environment } = await readSettings(null);
const samples = fc.sample(stateOf(environment), { numRuns: 8, seed: 13 });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hokusai-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const listed = (place: string) => cli(['incidents', '--format', 'json', '--state', place]);

test('incidents --format json follows its published schema before the first cycle', async () => {
  const { stdout, exitCode } = await listed(join(folder, 'none.json'));
  expect(exitCode).toBe(0);
  expect(schemaErrors('incidents.schema.json', stdout)).toEqual([]);
});

test.each(samples.map((state) => ({ count: state.tracked.length + state.past.length, state })))(
  'incidents --format json follows its published schema for any stored state, here one of $count incidents',
  async ({ state }) => {
    const place = join(folder, 'state.json');
    await writeFile(place, fileContents({ state, version: 1 }));
    const { stdout, stderr, exitCode } = await listed(place);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({ environment, mutes: state.mutes, waiting: state.outbox.length });
    expect(schemaErrors('incidents.schema.json', stdout)).toEqual([]);
  },
);
