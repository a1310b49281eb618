import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { operations } from '../../src/confirm/operations.ts';
import { breakages } from '../../src/sandbox/aws/breakages.ts';
import { healthyInventory } from '../../src/sandbox/aws/inventory.ts';
import { type SandboxAws, startSandboxAws } from '../../src/sandbox/aws/server.ts';
import { startSandboxThread, type ThreadedSandbox } from '../../src/sandbox/start-thread.ts';
import { type LambdaFunction, startFunction } from '../setup/lambda-function.ts';
import { copyFunction } from '../support/built.ts';

const fault = 'api-targets-deregistered';
const actions = new Set<string>(operations.map((one) => one.slice(one.indexOf(':') + 1)));

describe('the function asks AWS', () => {
  const runtime = inject('lambdaRuntime');
  let folder: string;
  let platform: ThreadedSandbox;
  let aws: SandboxAws;
  let started: LambdaFunction | null = null;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'confirm-function-'));
    await copyFunction('probe', folder);
    platform = await startSandboxThread({
      options: { generation: '2026', mlflowUrl: null, pace: 2 },
      faultIds: [fault],
    });
  });
  afterAll(async () => {
    await platform.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    const now = Date.now();
    const inventory = healthyInventory(now);
    breakages[fault]?.(inventory, now);
    aws = await startSandboxAws(inventory);
  });
  afterEach(async () => {
    await started?.close();
    started = null;
    await aws.close();
  });

  const start = async (more: Readonly<Record<string, string>>): Promise<LambdaFunction> => {
    started = await startFunction(runtime, folder, {
      AWS_ENDPOINT_URL: aws.endpoint,
      // A busy machine is not a slow platform.
      SYNTHETICS_CONFIG: platform.configuration.replace(/slowMs: \d+/, 'slowMs: 30000'),
      ...more,
    });
    return started;
  };
  const asked = (): readonly string[] => aws.calls.filter((action) => actions.has(action));

  test('not at all unless it is switched on', async () => {
    const ended = await (await start({})).invoke({});

    expect(ended).toMatchObject({ kind: 'response', value: { verdict: 'failing' } });
    expect(asked()).toEqual([]);
  });

  test('which of two causes it is, once while the diagnosis stays the same, and says so in its log', async () => {
    const probe = await start({ SYNTHETICS_CONFIRM: 'on' });

    const first = await probe.invoke({});
    const calls = asked().length;
    const second = await probe.invoke({});

    const confirmed = { verdict: 'failing', diagnosis: { status: 'match', faults: [['api-service-unhealthy']] } };
    expect(first, probe.log()).toMatchObject({ kind: 'response', value: confirmed });
    expect(second, probe.log()).toMatchObject({ kind: 'response', value: confirmed });
    expect(calls).toBeGreaterThan(3);
    expect(asked()).toHaveLength(calls);
    expect(probe.lines()).toContainEqual(
      expect.objectContaining({
        message: expect.stringMatching(/^api-service-unhealthy confirmed: .* runs 0 of 2 tasks/),
        source: 'ecs:DescribeTasks',
      }),
    );
  });

  test('and goes on with what it saw from outside when AWS does not answer', async () => {
    await aws.close();
    const probe = await start({ SYNTHETICS_CONFIRM: 'on' });
    aws = await startSandboxAws(healthyInventory(Date.now()));

    const ended = await probe.invoke({});

    expect(ended, probe.log()).toMatchObject({
      kind: 'response',
      value: { verdict: 'failing', diagnosis: { status: 'ambiguous' } },
    });
    expect(probe.log()).toContain('could not ask');
  });
});
