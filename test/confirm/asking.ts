import { loadSettings } from '../../src/config/load.ts';
import { createRedactor } from '../../src/config/redact.ts';
import type { AwsAccess } from '../../src/confirm/client.ts';
import { confirmAlone } from '../../src/confirm/confirm.ts';
import type { AwsConfirmation, AwsFinding } from '../../src/model/aws-confirmation.ts';
import type { HypothesisId } from '../../src/platform/hypotheses.ts';
import { createKeep } from '../../src/raw/keep.ts';
import { breakages } from '../../src/sandbox/aws/breakages.ts';
import { type AwsInventory, healthyInventory } from '../../src/sandbox/aws/inventory.ts';
import { startSandboxAws } from '../../src/sandbox/aws/server.ts';

export const accessTo = (endpoint: string): AwsAccess => ({
  endpoint,
  credentials: async () => ({ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'made-up' }),
});

const keep = createKeep(createRedactor([]));

/** Asks an AWS about hypotheses, without a check. */
export const ask = async (ids: readonly HypothesisId[], aws: AwsAccess, configuration = ''): Promise<AwsConfirmation> =>
  confirmAlone(ids, {
    settings: await loadSettings({ text: configuration, name: 'test', folder: '.' }),
    access: aws,
    keep,
    now: Date.now,
  });

/** Asks the sandbox's AWS about one hypothesis. Of findings about several hosts, one that confirms counts, then the registry's. */
export const askSandbox = async (
  id: HypothesisId,
  change: (inventory: AwsInventory, now: number) => void,
  configuration = '',
): Promise<AwsFinding> => {
  const now = Date.now();
  const inventory = healthyInventory(now);
  change(inventory, now);
  const aws = await startSandboxAws(inventory);
  try {
    const { findings } = await ask([id], accessTo(aws.endpoint), configuration);
    const decided = findings.find(({ verdict }) => verdict === 'confirmed');
    const finding = decided ?? findings[0];
    if (finding === undefined) throw new Error('there is a finding for each hypothesis');
    return finding;
  } finally {
    await aws.close();
  }
};

export const broken =
  (fault: string) =>
  (inventory: AwsInventory, now: number): void => {
    const breakage = breakages[fault];
    if (breakage === undefined) throw new Error(`${fault} changes nothing in AWS`);
    breakage(inventory, now);
  };
