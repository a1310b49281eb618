import { beforeAll, describe, expect, test } from 'vitest';
import { loadSettings } from '../../src/config/load.ts';
import { type Operation, operations } from '../../src/confirm/operations.ts';
import { askableIds, planOf } from '../../src/confirm/plan.ts';
import { type HypothesisId, hypothesisIds } from '../../src/platform/hypotheses.ts';
import { breakages } from '../../src/sandbox/aws/breakages.ts';
import { type AwsInventory, healthyInventory } from '../../src/sandbox/aws/inventory.ts';
import { startSandboxAws } from '../../src/sandbox/aws/server.ts';
import { faults } from '../../src/sandbox/faults/faults.ts';
import { accessTo, ask } from './asking.ts';
import { startRecorder } from './recorded.ts';

type Change = (inventory: AwsInventory, now: number) => void;

/** Verdicts about hypotheses, for each call that is denied. */
const withoutEach = async (
  change: Change,
  pairs: readonly (readonly [Operation, HypothesisId])[],
): Promise<readonly string[]> => {
  const now = Date.now();
  const inventory = healthyInventory(now);
  change(inventory, now);
  const aws = await startSandboxAws(inventory);
  let denied: Operation | null = null;
  const between = await startRecorder(aws.endpoint, () => denied);
  const said: string[] = [];
  try {
    for (const [operation, id] of pairs) {
      denied = operation;
      const { findings } = await ask([id], accessTo(between.endpoint));
      // Hosts that work are refuted; the broken one is among them.
      const finding = findings.find(({ verdict }) => verdict === 'confirmed') ?? findings[0];
      said.push(`${id} ${finding?.verdict} without ${operation}`);
    }
  } finally {
    await between.close();
    await aws.close();
  }
  return said;
};

describe('a permission that is missing', () => {
  let needs: (id: HypothesisId) => readonly Operation[];
  beforeAll(async () => {
    const settings = await loadSettings(null);
    needs = (id) => [...new Set(planOf([id], settings).map(({ operation }) => operation))];
  });

  test('lets no hypothesis be confirmed on a healthy day', async () => {
    const said = await withoutEach(
      () => undefined,
      askableIds.flatMap((id) => needs(id).map((operation) => [operation, id] as const)),
    );

    expect(said.length).toBeGreaterThan(operations.length);
    expect(said.filter((one) => one.includes(' confirmed '))).toEqual([]);
  });

  test.for(Object.entries(breakages))('lets the cause of %s not be refuted', async ([fault, change]) => {
    const causes = hypothesisIds.filter((id) => faults[fault]?.causes.includes(id) === true);

    const said = await withoutEach(
      change,
      causes.flatMap((id) => needs(id).map((operation) => [operation, id] as const)),
    );

    expect(said.length).toBeGreaterThan(0);
    expect(said.filter((one) => one.includes(' refuted '))).toEqual([]);
  });
});
