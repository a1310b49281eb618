import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyState } from '../../src/incidents/state.ts';
import { createFileStore } from '../../src/incidents/stores/file.ts';
import { learned } from '../../src/normal/learn.ts';
import { normalFrom } from '../../src/normal/normal.ts';
import { startSandboxThread, type ThreadedSandbox } from '../../src/sandbox/start-thread.ts';
import { type CliResult, cli } from '../support/cli.ts';

/** Requests that MLflow answers. */
const slow = ['registry.mlflow-proxy-search', 'mlflow.health'];

describe('watch, where MLflow takes 4 s and the limit for slow requests is 30 s', () => {
  let folder: string;
  let sandbox: ThreadedSandbox;
  let config: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'normal-'));
    const options = { generation: '2026', mlflowUrl: null, pace: 2 } as const;
    sandbox = await startSandboxThread({ options, faultIds: ['mlflow-slow'] });
    config = join(folder, 'synthetics.yaml');
    await writeFile(config, sandbox.configuration.replace(/slowMs: \d+/, 'slowMs: 30000'));
  });

  afterAll(async () => {
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  });

  const watchOnce = (state: string): Promise<CliResult> =>
    cli([
      'watch',
      '--every',
      '1m',
      '--cycles',
      '1',
      '--skip-registration',
      '--state',
      state,
      '--config',
      config,
      '--json',
    ]);
  const cycleIn = ({ stdout }: CliResult) => JSON.parse(stdout.trim());

  /** A state that has seen these requests take 200 ms for the last twenty minutes. */
  const used = async (ids: readonly string[]): Promise<string> => {
    const place = join(folder, `${ids.length}.json`);
    const requests = ids.map((id) => ({ id, ms: 200, isLate: false, isSlow: false }));
    let { normals } = emptyState('sandbox');
    for (let minute = 20; minute > 0; minute -= 1)
      normals = learned(normals, { atMs: Date.now() - minute * 60_000, isHealthy: true, isRecent: true, requests });
    await createFileStore({ file: place }).save({ ...emptyState('sandbox'), normals }, null);
    return place;
  };

  it('the requests that usually take 200 ms are degraded in the second cycle and a notice in the third', async () => {
    const place = await used(slow);
    const cycles = [await watchOnce(place), await watchOnce(place), await watchOnce(place)].map(cycleIn);
    expect(cycles.map(({ verdict }) => verdict)).toEqual(['healthy', 'degraded', 'degraded']);
    expect(cycles[1].degraded.toSorted()).toEqual(slow.toSorted());
    expect(cycles.map(({ events }) => events.map((one: { readonly severity: string }) => one.severity))).toEqual([
      [],
      [],
      ['notice'],
    ]);
    const check = await cli(['check', '--target', 'mlflow.health', '--state', place, '--config', config]);
    expect(check.stdout).toMatch(/ \d{4,5} ms, it normally takes 200 ms at this hour/);
  });

  it('nothing is degraded in the first cycles of a watch, and what is normal is learned', async () => {
    const place = join(folder, 'first.json');
    const cycles = [await watchOnce(place), await watchOnce(place), await watchOnce(place)].map(cycleIn);
    expect(cycles.map(({ verdict }) => verdict)).toEqual(['healthy', 'healthy', 'healthy']);
    const { normals } = (await createFileStore({ file: place }).load('sandbox'))?.state ?? emptyState('sandbox');
    expect(normals.requests.length).toBeGreaterThan(20);
    expect(new Set(normals.requests.map((entry) => normalFrom(entry)?.now.cycles))).toEqual(new Set([3]));
  });
});
