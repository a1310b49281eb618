import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tagsFor } from '../../src/registration/tags.ts';
import { type Echo, echoes, readings } from '../config/echoes.ts';
import { testKey } from '../support/probing.ts';
import { put, runAltered } from './hostile.ts';
import { type Registry, startRegistry } from './platform.ts';

let registry: Registry;

beforeAll(async () => {
  registry = await startRegistry();
  await registry.run();
});

afterAll(() => registry.close());

interface Leaf {
  readonly method: string;
  readonly ending: RegExp;
  readonly time: number;
  readonly path: string;
}

/** Paths to all texts and numbers of an answer; of a list, to those of its first entry. */
const leavesOf = (value: unknown, path: readonly string[] = []): readonly string[] => {
  if (typeof value === 'string' || typeof value === 'number') return [path.join('.')];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(Array.isArray(value) ? value.slice(0, 1) : value).flatMap(([name, inner]) =>
    leavesOf(inner, [...path, name]),
  );
};

/** Everything that MLflow says in a flow that passes, once for each kind of request. */
const findLeaves = async (): Promise<readonly Leaf[]> => {
  const found = new Map<string, Leaf>();
  const times = new Map<string, number>();
  await registry.run((method, url) => {
    const [path = ''] = url.split('?');
    const ending = path.replace(/^.*\/mlflow(?=\/|-artifacts)/, '').replace(/(m-)?[0-9a-f]{32}/g, '$1[0-9a-f]{32}');
    const kind = `${method} ${ending}`;
    const time = (times.get(kind) ?? 0) + 1;
    times.set(kind, time);
    // What is downloaded is no JSON.
    if (method === 'PUT' || (method === 'GET' && /\/artifacts\/./.test(ending))) return 'pass';
    return {
      alter: (answer) => {
        for (const leaf of leavesOf(answer))
          if (!found.has(`${kind} ${leaf}`) || kind === 'GET /runs/get')
            found.set(`${kind} ${leaf} ${kind === 'GET /runs/get' ? time : ''}`.trim(), {
              method,
              ending: new RegExp(`/mlflow${ending}$`),
              time,
              path: leaf,
            });
        return answer;
      },
    };
  });
  return [...found.values()];
};

const ways: readonly Echo[] = Object.values(echoes);
const core = testKey.slice('hk_test_'.length);

describe('a key in any text of MLflow’s responses', { timeout: 300_000 }, () => {
  it("appears nowhere in the flow's report", async () => {
    const leaves = await findLeaves();
    expect(leaves.length).toBeGreaterThan(80);
    for (const [index, leaf] of leaves.entries()) {
      const way = ways[index % ways.length] ?? String;
      const value = `${testKey} ${way(testKey, (choices) => index % choices)}`;
      const { flow } = await runAltered(registry, [[leaf, { alter: put(leaf.path, value) }]]);
      const place = `${leaf.method} ${leaf.ending.source} ${leaf.path}`;
      const found = readings(JSON.stringify(flow)).filter((one) => one.toLowerCase().includes(core));
      expect([place, found]).toEqual([place, []]);
    }
  });
});

describe('a key in the ids left by killed flows', () => {
  it("appears nowhere in the sweep's report", async () => {
    const flow = randomUUID();
    const info = { run_id: testKey, run_name: `hokusai-synthetics-${flow}`, start_time: 1 };
    const left = { info, data: { tags: tagsFor(flow, 'test', 1) } };
    for (const dryRun of [true, false]) {
      const report = await registry.sweep(dryRun, {}, (_, url) =>
        url.endsWith('/runs/search') ? { alter: () => ({ runs: [left] }) } : 'pass',
      );
      expect(report.found).toEqual([{ thing: 'run', id: '[redacted]' }]);
      expect(JSON.stringify(report)).not.toContain(core);
    }
  });
});
