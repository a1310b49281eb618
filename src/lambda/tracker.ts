import { openChannels } from '../channels.ts';
import { resolveApiKey } from '../config/secrets.ts';
import type { NotifySettings, Settings } from '../config/settings.ts';
import type { IncidentStore } from '../incidents/store.ts';
import type { Tracker } from '../track.ts';
import { lambdaAwsConfig } from './aws.ts';
import { lambdaLimits } from './limits.ts';
import type { SecretStores } from './secrets.ts';

/** What the function's template sets. */
const variables = {
  table: 'SYNTHETICS_STATE_TABLE',
  critical: 'SYNTHETICS_TOPIC_CRITICAL',
  warning: 'SYNTHETICS_TOPIC_WARNING',
  operational: 'SYNTHETICS_TOPIC_OPERATIONAL',
} as const;

type Environment = Readonly<Record<string, string | undefined>>;

const variable = (env: Environment, name: string): string | null => {
  const value = env[name] ?? '';
  return value === '' ? null : value;
};

/** The configuration's topics, and in their place those of the environment. */
const topicsFrom = (env: Environment, { topics }: NotifySettings): NotifySettings['topics'] => ({
  critical: variable(env, variables.critical) ?? topics.critical,
  warning: variable(env, variables.warning) ?? topics.warning,
  operational: variable(env, variables.operational) ?? topics.operational,
});

/** Null: nothing is remembered, so nobody is told. @throws when somebody shall be told, and nothing can be remembered */
export const openTracker = async (
  env: Environment,
  settings: Settings,
  apiKey: string | null,
  secrets: SecretStores,
): Promise<Tracker | null> => {
  const topics = topicsFrom(env, settings.notify);
  const channels = openChannels(
    { ...settings, notify: { ...settings.notify, topics } },
    {
      apiKey,
      log: logAddress(env),
      secret: (reference) => resolveApiKey(reference, { env, fetchSecret: secrets.fetchSecret }),
      snsClient: async () => {
        const { createSnsClient } = await import('./sns-client.ts');
        return createSnsClient(lambdaAwsConfig);
      },
    },
  );
  const table = variable(env, variables.table);
  if (table !== null) return { store: await openStore(table), channels, now: Date.now };
  if (channels.length === 0) return null;
  throw new Error(
    `Incidents are to be told to ${channels.map(({ name }) => name).join(' and ')}, and nothing is remembered between cycles: set ${variables.table} to the DynamoDB table`,
  );
};

let opened: { readonly table: string; readonly store: IncidentStore } | null = null;

/** Once for all invocations of this environment: the connection outlives the cycle. */
export const openStore = async (table: string): Promise<IncidentStore> => {
  if (opened?.table === table) return opened.store;
  const { openTable } = await import('./state-client.ts');
  opened = { table, store: openTable(table, { ...lambdaAwsConfig, maxAttempts: lambdaLimits.stateAttempts }) };
  return opened.store;
};

/** The table that the environment names. @throws when it names none */
export const stateTable = (env: Environment): string => {
  const table = variable(env, variables.table);
  if (table === null) throw new Error(`Nothing is remembered here: ${variables.table} names no DynamoDB table`);
  return table;
};

/** This function's log in the console; null outside of Lambda. */
const logAddress = (env: Environment): string | null => {
  const group = variable(env, 'AWS_LAMBDA_LOG_GROUP_NAME');
  const region = variable(env, 'AWS_REGION');
  if (group === null || region === null) return null;
  const encoded = encodeURIComponent(encodeURIComponent(group)).replaceAll('%', '$');
  return `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#logsV2:log-groups/log-group/${encoded}`;
};
