import { lambdaAwsConfig } from '../../aws/lambda-config.ts';
import { openStore, tableIn } from '../../aws/state-table.ts';
import { type Environment, variable } from '../../aws/variable.ts';
import { defaultEnvironment } from '../../config/assemble.ts';
import type { SecretSources } from '../../config/secrets.ts';
import type { NotifySettings, Settings } from '../../config/settings.ts';
import type { Reach } from '../../model/own-command.ts';
import { openChannels } from '../../monitor/channels.ts';
import type { Prepared } from '../../monitor/prepare.ts';
import type { Tracker } from '../../monitor/track.ts';

/** Variables that the function's template sets. */
const variables = {
  critical: 'SYNTHETICS_TOPIC_CRITICAL',
  warning: 'SYNTHETICS_TOPIC_WARNING',
  operational: 'SYNTHETICS_TOPIC_OPERATIONAL',
} as const;

/** The configuration's topics, overridden by those of the environment. */
const topicsFrom = (env: Environment, { topics }: NotifySettings): NotifySettings['topics'] => ({
  critical: variable(env, variables.critical) ?? topics.critical,
  warning: variable(env, variables.warning) ?? topics.warning,
  operational: variable(env, variables.operational) ?? topics.operational,
});

/** For commands in messages. The function's configuration is not where they are read, so they name what it would say. */
export const reachOf = ({ environment }: Pick<Settings, 'environment'>, table: string | null): Reach => ({
  config: null,
  state: table === null ? null : `dynamodb:${table}`,
  environment: environment === defaultEnvironment ? null : environment,
});

/** Null: nothing is stored and nothing is sent. @throws when channels are configured but no state can be stored */
export const openTracker = async ({ settings, apiKey }: Prepared, secrets: SecretSources): Promise<Tracker | null> => {
  const { env } = secrets;
  const table = tableIn(env);
  const topics = topicsFrom(env, settings.notify);
  const channels = openChannels(
    { settings: { ...settings, notify: { ...settings.notify, topics } }, apiKey },
    {
      secrets,
      log: logAddress(env),
      reach: reachOf(settings, table),
      snsClient: async () => {
        const { createSnsClient } = await import('../../aws/sns-client.ts');
        return createSnsClient(lambdaAwsConfig);
      },
    },
  );
  if (table !== null) return { store: await openStore(table), channels, now: Date.now };
  if (channels.length === 0) return null;
  throw new Error(
    `The configuration sends incidents to ${channels.map(({ name }) => name).join(' and ')}, but nothing is stored between cycles: set SYNTHETICS_STATE_TABLE to the DynamoDB table`,
  );
};

/** Domain of the console in each partition, by the beginning of its regions' names. */
const consoles = [
  ['cn-', 'console.amazonaws.cn'],
  ['us-gov-', 'console.amazonaws-us-gov.com'],
  ['', 'console.aws.amazon.com'],
] as const;

/** Console address of this function's log; null outside Lambda. */
const logAddress = (env: Environment): string | null => {
  const group = variable(env, 'AWS_LAMBDA_LOG_GROUP_NAME');
  const region = variable(env, 'AWS_REGION');
  if (group === null || region === null) return null;
  const encoded = encodeURIComponent(encodeURIComponent(group)).replaceAll('%', '$');
  const [, domain] = consoles.find(([prefix]) => region.startsWith(prefix)) ?? consoles[2];
  return `https://${region}.${domain}/cloudwatch/home?region=${region}#logsV2:log-groups/log-group/${encoded}`;
};
