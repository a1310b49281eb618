import { Option } from 'commander';
import { createRedactor } from '../config/redact.ts';
import type { Settings } from '../config/settings.ts';
import type { AwsAccess } from '../confirm/client.ts';
import type { Answers } from '../confirm/remembered.ts';
import type { Monitoring } from '../monitor/monitor.ts';
import type { Prepared } from '../monitor/prepare.ts';
import { createKeep } from '../raw/keep.ts';

/** A new one for each command, because commander stores the value in it. */
export const confirmOption = (): Option =>
  new Option('--confirm', 'ask AWS, read-only, which of the likely causes it is: at most 20 calls in 2 s');

/** AWS with the credentials of the environment: variables, profiles, SSO and so on. */
const ownAccess = (): AwsAccess => ({
  endpoint: process.env['AWS_ENDPOINT_URL'] ?? null,
  credentials: async () => {
    const { defaultProvider } = await import('@aws-sdk/credential-provider-node');
    return defaultProvider()();
  },
});

/** The sandbox's own AWS; null: the one that the environment leads to. */
export type SandboxAccess = AwsAccess | null;

/** What the functions of confirm/ need. */
export const confirmingWith = (settings: Settings, apiKey: string | null, sandbox: SandboxAccess = null) => ({
  settings,
  access: sandbox ?? ownAccess(),
  keep: createKeep(createRedactor(apiKey === null ? [] : [apiKey])),
  now: Date.now,
});

/** The stage of a cycle that asks AWS. Its code is loaded when it is needed. @param answers of earlier cycles */
export const confirming =
  (
    { settings, apiKey }: Pick<Prepared, 'settings' | 'apiKey'>,
    sandbox: SandboxAccess,
    answers: Answers = { last: null },
  ): NonNullable<Monitoring['confirm']> =>
  async (report) => {
    const [{ confirmRemembered }, { changesBefore }] = await Promise.all([
      import('../confirm/remembered.ts'),
      import('../confirm/changes.ts'),
    ]);
    const options = { ...confirmingWith(settings, apiKey, sandbox), changes: changesBefore };
    return confirmRemembered(report, options, answers);
  };

/** Runs the work with the sandbox's AWS, broken as its scenarios say. */
export const withSandboxAws = async <T>(
  scenario: readonly string[],
  work: (access: AwsAccess) => Promise<T>,
): Promise<T> => {
  const [{ healthyInventory }, { breakages }, { startSandboxAws }] = await Promise.all([
    import('../sandbox/aws/inventory.ts'),
    import('../sandbox/aws/breakages.ts'),
    import('../sandbox/aws/server.ts'),
  ]);
  const now = Date.now();
  const inventory = healthyInventory(now);
  for (const id of scenario) breakages[id]?.(inventory, now);
  const aws = await startSandboxAws(inventory);
  try {
    return await work({
      endpoint: aws.endpoint,
      credentials: async () => ({ accessKeyId: 'sandbox', secretAccessKey: 'sandbox' }),
    });
  } finally {
    await aws.close();
  }
};
