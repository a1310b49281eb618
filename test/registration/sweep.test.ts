import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tagsFor } from '../../src/registration/tags.ts';
import { type Registry, startRegistry } from './platform.ts';

let registry: Registry;

beforeEach(async () => {
  registry = await startRegistry();
});

afterEach(() => registry.close());

const hour = 3_600_000;
const later = { clockMs: 2 * hour };
const prefix = 'hokusai-synthetics';

const makeModel = (name: string, tags: readonly object[]): Promise<unknown> =>
  registry.ask('POST', 'registered-models/create', { name, tags });

const ours = (flow: string, environment = 'test'): readonly object[] => tagsFor(flow, environment, Date.now());

/** As a flow that was killed leaves them: a model with versions and an alias, a run with a logged model. */
const leaveOver = async (): Promise<string> => {
  const flow = randomUUID();
  const name = `${prefix}-${flow}`;
  await makeModel(name, ours(flow));
  const source = 'mlflow-artifacts:/1/x/artifacts/model';
  await registry.ask('POST', 'model-versions/create', { name, source, tags: ours(flow) });
  await registry.ask('POST', 'registered-models/alias', { name, alias: 'candidate', version: '1' });
  return name;
};

describe('the sweeper', () => {
  it('removes everything that a killed flow has left', async () => {
    const name = await leaveOver();
    const { found, removed, left, failure } = await registry.sweep(false, later);
    expect(failure).toBeNull();
    expect(left).toEqual([]);
    expect(found).toEqual([{ thing: 'registered-model', id: name }]);
    expect(removed.map(({ thing }) => thing)).toEqual(['alias', 'model-version', 'registered-model']);
    expect(await registry.contents()).toMatchObject({ models: [], versions: 0 });
  });

  it('only lists it on a dry run', async () => {
    const name = await leaveOver();
    expect(await registry.sweep(true, later)).toMatchObject({ found: [{ id: name }], removed: [] });
    expect((await registry.contents()).models).toEqual([name]);
  });

  it('leaves young objects alone, because their flow may still run', async () => {
    const name = await leaveOver();
    expect(await registry.sweep(false)).toMatchObject({ found: [], removed: [] });
    expect((await registry.contents()).models).toEqual([name]);
  });

  it('touches nothing that only looks like ours', async () => {
    const uuid = randomUUID();
    const lookalikes: readonly (readonly [string, readonly object[]])[] = [
      [`${prefix}-${randomUUID()}`, []],
      [`${prefix}-${randomUUID()}`, [{ key: 'synthetic', value: 'true' }]],
      [`${prefix}-${randomUUID()}`, ours(uuid).map((tag) => ({ ...tag, value: 'someone' }))],
      [`${prefix}-${randomUUID()}`, ours(uuid, 'production')],
      [`${prefix}-${uuid}-v2`, ours(uuid)],
      [`${prefix}-production-model`, ours(uuid)],
      [`${prefix}_${uuid}`, ours(uuid)],
      [`${prefix.toUpperCase()}-${uuid}`, ours(uuid)],
      [`my-${prefix}-${uuid}`, ours(uuid)],
      [prefix, ours(uuid)],
      [`${prefix}-`, ours(uuid)],
      [`${prefix}s-${uuid}`, ours(uuid)],
    ];
    for (const [name, tags] of lookalikes) await makeModel(name, tags);
    const before = await registry.contents();
    expect(before.models).toHaveLength(lookalikes.length);
    expect(await registry.sweep(false, later)).toMatchObject({ found: [], removed: [], failure: null });
    expect(await registry.contents()).toEqual(before);
  });

  it('sweeps nothing with an empty prefix', async () => {
    await leaveOver();
    const options = { ...later, registration: { modelPrefix: '' } };
    expect(await registry.sweep(false, options)).toMatchObject({ found: [], removed: [] });
    expect((await registry.contents()).models).toHaveLength(1);
  });

  it('removes a hundred left-overs whose rows do not fit into one response', async () => {
    const description = 'x'.repeat(4_000);
    for (let made = 0; made < 100; made++) {
      const flow = randomUUID();
      await registry.ask('POST', 'registered-models/create', {
        name: `${prefix}-${flow}`,
        tags: ours(flow),
        description,
      });
    }
    const { found, removed, left, failure } = await registry.sweep(false, { ...later, deadlineMs: 120_000 });
    expect([failure, left]).toEqual([null, []]);
    expect([found.length, removed.length]).toEqual([100, 100]);
    expect((await registry.contents()).models).toEqual([]);
  });

  it('runs in every cycle', async () => {
    await leaveOver();
    const flow = await registry.run(() => 'pass', later);
    expect(flow.cleanup.swept.map(({ thing }) => thing)).toEqual(['alias', 'model-version', 'registered-model']);
    expect(await registry.contents()).toMatchObject({ models: [], versions: 0, runs: [] });
  });
});
