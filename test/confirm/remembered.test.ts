import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadSettings } from '../../src/config/load.ts';
import { createRedactor } from '../../src/config/redact.ts';
import { confirmLimits } from '../../src/confirm/limits.ts';
import { type Answers, confirmRemembered } from '../../src/confirm/remembered.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Report } from '../../src/model/report.ts';
import { createKeep } from '../../src/raw/keep.ts';
import { breakages } from '../../src/sandbox/aws/breakages.ts';
import { healthyInventory } from '../../src/sandbox/aws/inventory.ts';
import { type SandboxAws, startSandboxAws } from '../../src/sandbox/aws/server.ts';
import { allPass, observations, targets } from '../diagnose/observations.ts';
import { report } from '../metrics/reports.ts';
import { accessTo } from './asking.ts';

const away = ['upstream-unreachable', 'application'] as const;

/** The API answers that it does not reach MLflow, on these targets. */
const seen = (failing: readonly string[]): Report => {
  const results = observations(allPass(Object.fromEntries(failing.map((id) => [id, away]))));
  return report(results.outcomes, { ...results, verdict: 'failing', diagnosis: diagnose(results, targets) });
};
const proxies = ['registry.mlflow-proxy-health', 'registry.mlflow-proxy-version', 'registry.mlflow-proxy-search'];

describe('several cycles in a row', () => {
  let aws: SandboxAws;
  let clock: number;
  let answers: Answers;
  beforeEach(() => {
    clock = Date.now();
    answers = { last: null };
  });
  afterEach(() => aws.close());

  const start = async (fault: string | null): Promise<void> => {
    const inventory = healthyInventory(clock);
    if (fault !== null) breakages[fault]?.(inventory, clock);
    aws = await startSandboxAws(inventory);
  };
  /** Calls that a cycle makes. */
  const cycle = async (failing: readonly string[] = proxies): Promise<number> => {
    const before = aws.calls.length;
    const options = {
      settings: await loadSettings(null),
      access: accessTo(aws.endpoint),
      keep: createKeep(createRedactor([])),
      now: () => clock,
    };
    const { confirmation } = await confirmRemembered(seen(failing), options, answers);
    expect(confirmation?.findings.length).toBeGreaterThan(0);
    return aws.calls.length - before;
  };

  test('ask once while the diagnosis stays the same, and again when it concerns other requests', async () => {
    await start('discovery-record-deleted');

    expect(await cycle()).toBeGreaterThan(0);
    expect(await cycle()).toBe(0);
    expect(await cycle([...proxies, 'registry.mlflow-proxy-search-x-api-key'])).toBeGreaterThan(0);
  });

  test('ask again after some minutes', async () => {
    await start('discovery-record-deleted');
    await cycle();

    clock += confirmLimits.holdMs - 1;
    expect(await cycle()).toBe(0);
    clock += 1;
    expect(await cycle()).toBeGreaterThan(0);
  });

  test('ask again as long as AWS decides nothing', async () => {
    await start(null);

    expect(await cycle()).toBeGreaterThan(0);
    expect(await cycle()).toBeGreaterThan(0);
  });
});
