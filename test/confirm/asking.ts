import { loadSettings } from '../../src/config/load.ts';
import { createRedactor } from '../../src/config/redact.ts';
import { createAsker } from '../../src/confirm/ask.ts';
import { changesBefore } from '../../src/confirm/changes.ts';
import { type AwsAccess, createAwsClient } from '../../src/confirm/client.ts';
import { confirmAlone } from '../../src/confirm/confirm.ts';
import { confirmLimits } from '../../src/confirm/limits.ts';
import { subjectAlone } from '../../src/confirm/subjects.ts';
import type { AwsChange, AwsConfirmation, AwsFinding } from '../../src/model/aws-confirmation.ts';
import { defaultHosts } from '../../src/platform/hosts.ts';
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

/** Asks an AWS what changed before a fault began. */
export const askChanges = async (
  endpoint: string,
  about: {
    readonly now: number;
    readonly onset: number | null;
    readonly stacks: readonly string[];
    readonly calls: number;
  },
): Promise<readonly AwsChange[]> => {
  const { now, onset, stacks, calls } = about;
  const client = createAwsClient(accessTo(endpoint), 'us-east-1');
  const names = { hosts: defaultHosts, confirm: { stacks } };
  const subject = subjectAlone('api-service-unhealthy', names, { now, host: 'registry' });
  const asker = createAsker(client.call, { calls, totalMs: confirmLimits.totalMs }, new AbortController().signal);
  try {
    return await changesBefore({ ...subject, onset }, asker, keep);
  } finally {
    client.close();
  }
};

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
