import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IncidentView } from '../../src/model/incident.ts';
import type { HypothesisId } from '../../src/platform/hypotheses.ts';
import { openSandboxThread, type SandboxThread } from '../../src/sandbox/start-thread.ts';
import { cli } from '../support/cli.ts';

const minuteMs = 60_000;

interface Spell {
  readonly fault: string;
  /** Null: no known cause explains it. */
  readonly cause: HypothesisId | null;
  /** Healthy cycles afterwards, a minute apart, and minutes without a cycle after those. */
  readonly healthy: number;
  readonly pause?: number;
}

/** Two failing cycles each. */
const sequence: readonly Spell[] = [
  { fault: 'auth-service-stopped', cause: 'auth-service-unavailable', healthy: 2 },
  { fault: 'database-password-changed', cause: 'database-auth-failing', healthy: 2, pause: 2 },
  { fault: 'registry-certificate-expired', cause: 'tls-certificate-invalid', healthy: 1 },
  { fault: 'discovery-record-deleted', cause: 'service-discovery-broken', healthy: 2, pause: 5 },
  { fault: 'mlflow-host-hangs-up', cause: null, healthy: 2 },
  { fault: 'key-revoked', cause: 'api-key-rejected', healthy: 2, pause: 35 },
  { fault: 'auth-service-stopped', cause: 'auth-service-unavailable', healthy: 2, pause: 10 },
  { fault: 'api-tasks-stopped', cause: 'api-service-unhealthy', healthy: 0 },
  { fault: 'database-read-only', cause: 'database-read-only', healthy: 2 },
  { fault: 'proxy-routes-removed', cause: 'proxy-routes-missing', healthy: 2, pause: 35 },
];

/** Whole cycles of the shipped command line through real sockets, each in a process of its own. */
describe('a sequence of faults', () => {
  let folder: string;
  let place: string;
  let thread: SandboxThread;
  /** How far the prober's past was moved back: the time that went by without waiting for it. */
  let agedMs = 0;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sequence-'));
    place = join(folder, 'state.json');
    thread = openSandboxThread();
  });
  afterAll(async () => {
    await thread.end();
    await rm(folder, { recursive: true, force: true });
  });

  const state = async () => JSON.parse(await readFile(place, 'utf8')).state;
  const clockOf = (at: string): number => Date.parse(at) + agedMs;

  const goOn = async (minutes: number): Promise<void> => {
    const back = (at: string): string => new Date(Date.parse(at) - minutes * minuteMs).toISOString();
    await writeFile(place, (await readFile(place, 'utf8')).replaceAll(/\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z/g, back));
    agedMs += minutes * minuteMs;
  };

  /** Returns the start of the first cycle, and what was printed about incidents. */
  const watch = async (faultIds: readonly string[], cycles: number) => {
    const sandbox = await thread.start({ options: { generation: '2026', mlflowUrl: null, pace: 2 }, faultIds });
    const config = join(folder, 'synthetics.yaml');
    // A busy machine is not a slow platform.
    await writeFile(config, sandbox.configuration.replace(/slowMs: \d+/, 'slowMs: 30000'));
    const events: string[] = [];
    let began: number | null = null;
    for (let cycle = 0; cycle < cycles; cycle += 1) {
      const args = ['--every', '90s', '--cycles', '1', '--state', place, '--config', config];
      const { stdout, stderr, exitCode } = await cli(['watch', ...args]);
      expect([stderr, exitCode], stdout).toEqual(['', 0]);
      events.push(...[...stdout.matchAll(/^[✗✓!] .* {2}\w+, (\w+)/gm)].map(([, news = '']) => news));
      began ??= clockOf((await state()).lastCycle.startedAt);
      await goOn(1);
    }
    await sandbox.close();
    return { began: began ?? 0, events };
  };

  it('is one incident each, with its own cause and start, reported once and resolved once', async () => {
    const begins: number[] = [];
    const events: string[] = [...(await watch([], 1)).events];
    for (const { fault, healthy, pause = 0 } of sequence) {
      const broken = await watch([fault], 2);
      begins.push(broken.began);
      events.push(...broken.events, ...(await watch([], healthy)).events);
      await goOn(pause);
    }
    events.push(...(await watch([], 1)).events);

    const { tracked, past } = await state();
    const views: readonly IncidentView[] = [...past, ...tracked.map((one: { view: IncidentView }) => one.view)];
    const inOrder = views.toSorted((a, b) => a.startedAt.localeCompare(b.startedAt));
    expect(inOrder.map(({ startedAt }) => clockOf(startedAt))).toEqual(begins);
    expect(inOrder.map(({ causes }) => causes.map(({ id }) => id))).toEqual(
      sequence.map(({ cause }) => (cause === null ? [] : expect.arrayContaining([cause]))),
    );
    expect(inOrder.map(({ returns, resolvedAt }) => [returns, resolvedAt === null])).toEqual(
      sequence.map(() => [0, false]),
    );
    expect(events.toSorted()).toEqual([...sequence.map(() => 'lasted'), ...sequence.map(() => 'opened')]);
  });

  it('that comes back within half an hour is the same incident, and after that another one', async () => {
    const fault = ['auth-service-stopped'];
    await goOn(60);
    const first = await watch(fault, 2);
    const healed = await watch([], 2);
    await goOn(20);
    const back = await watch(fault, 2);
    const over = await watch([], 4);
    await goOn(35);
    const another = await watch(fault, 2);
    expect([first, healed, back, over, another].map(({ events }) => events.join())).toEqual([
      'opened',
      'lasted',
      'returned',
      'lasted',
      'opened',
    ]);
  });
});
