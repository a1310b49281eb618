import type { SNSClient } from '@aws-sdk/client-sns';
import { createRedactor } from '../config/redact.ts';
import { resolveApiKey, type SecretSources } from '../config/secrets.ts';
import type { SecretReference } from '../config/settings.ts';
import type { Channel } from '../incidents/send.ts';
import type { Reach } from '../model/own-command.ts';
import type { Setting } from '../notify/setting.ts';
import { proxyVariables } from '../probe/proxy-variables.ts';
import { trustedContext } from '../probe/trust.ts';
import type { Prepared } from './prepare.ts';

/** Settings and key that messages are made with. */
type Sender = Pick<Prepared, 'settings' | 'apiKey'>;

export interface ChannelSources {
  readonly snsClient: () => Promise<Pick<SNSClient, 'send'>>;
  readonly secrets: SecretSources;
  /** Address of the monitor's own log, for messages. Null if it has none. */
  readonly log: string | null;
  /** Where a command of the reader finds the incidents. */
  readonly reach: Reach;
}

/** All channels in the configuration. Their dependencies are loaded when there is something to send. */
export const openChannels = (sender: Sender, sources: ChannelSources): readonly Channel[] => {
  const { topics, webhook } = sender.settings.notify;
  const hasTopic = Object.values(topics).some((topic) => topic !== null);
  return [
    ...(hasTopic ? [lazily('sns', () => snsChannel(sender, sources))] : []),
    ...(webhook === null ? [] : [lazily('webhook', () => webhookChannel(sender, webhook, sources))]),
  ];
};

const lazily = (name: string, open: () => Promise<Channel>): Channel => {
  let opened: Promise<Channel> | null = null;
  return {
    name,
    send: async (event, signal) => {
      // If opening failed, try again next time.
      opened ??= open().catch((error: unknown) => {
        opened = null;
        throw error;
      });
      await (await opened).send(event, signal);
    },
  };
};

const snsChannel = async (sender: Sender, { snsClient, ...place }: ChannelSources): Promise<Channel> => {
  const { createSnsChannel } = await import('../notify/sns.ts');
  return createSnsChannel({
    ...settingOf(sender, place),
    client: await snsClient(),
    topics: sender.settings.notify.topics,
  });
};

const webhookChannel = async (
  sender: Sender,
  reference: SecretReference,
  { secrets, ...place }: ChannelSources,
): Promise<Channel> => {
  const [{ createWebhookChannel }, url] = await Promise.all([
    import('../notify/webhook.ts'),
    resolveApiKey(reference, secrets),
  ]);
  const { extraCa, proxy } = sender.settings.network;
  return createWebhookChannel({
    ...settingOf(sender, place, [url]),
    url,
    trust: trustedContext(extraCa),
    proxyEnv: proxyVariables(proxy),
  });
};

/** Hosts, links and redaction of messages. */
export const settingOf = (
  { settings: { hosts, notify }, apiKey }: Sender,
  { log, reach }: Pick<ChannelSources, 'log' | 'reach'>,
  secrets: readonly string[] = [],
): Setting => ({
  hosts,
  links: { dashboard: notify.dashboard, runbook: notify.runbook, log },
  reach,
  redact: createRedactor([...(apiKey === null ? [] : [apiKey]), ...secrets]),
});
