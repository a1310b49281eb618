import type { SNSClient } from '@aws-sdk/client-sns';
import { createRedactor } from '../config/redact.ts';
import type { SecretReference, Settings } from '../config/settings.ts';
import type { Channel } from '../incidents/send.ts';
import type { Setting } from '../notify/setting.ts';
import { trustedContext } from '../probe/trust.ts';

export interface ChannelSources {
  readonly apiKey: string | null;
  readonly snsClient: () => Promise<Pick<SNSClient, 'send'>>;
  readonly secret: (reference: SecretReference) => Promise<string>;
  /** Address of the monitor's own log, for messages; null: it has none. */
  readonly log: string | null;
}

/** Everybody who is told, as the configuration says. What a channel needs is loaded when there is something to tell. */
export const openChannels = (settings: Settings, sources: ChannelSources): readonly Channel[] => {
  const { topics, webhook } = settings.notify;
  const hasTopic = Object.values(topics).some((topic) => topic !== null);
  return [
    ...(hasTopic ? [lazily('sns', () => snsChannel(settings, sources))] : []),
    ...(webhook === null ? [] : [lazily('webhook', () => webhookChannel(settings, webhook, sources))]),
  ];
};

const lazily = (name: string, open: () => Promise<Channel>): Channel => {
  let opened: Promise<Channel> | null = null;
  return {
    name,
    send: async (event, signal) => {
      // What failed to open is tried again.
      opened ??= open().catch((error: unknown) => {
        opened = null;
        throw error;
      });
      await (await opened).send(event, signal);
    },
  };
};

const snsChannel = async (settings: Settings, sources: ChannelSources): Promise<Channel> => {
  const { createSnsChannel } = await import('../notify/sns.ts');
  return createSnsChannel({
    ...settingOf(settings, sources, []),
    client: await sources.snsClient(),
    topics: settings.notify.topics,
  });
};

const webhookChannel = async (
  settings: Settings,
  reference: SecretReference,
  sources: ChannelSources,
): Promise<Channel> => {
  const [{ createWebhookChannel }, url] = await Promise.all([
    import('../notify/webhook.ts'),
    sources.secret(reference),
  ]);
  const trust = trustedContext(settings.network.extraCa);
  return createWebhookChannel({ ...settingOf(settings, sources, [url]), url, trust });
};

/** What messages are made with. */
export const settingOf = (
  { hosts, notify }: Settings,
  { apiKey, log }: Pick<ChannelSources, 'apiKey' | 'log'>,
  secrets: readonly string[],
): Setting => ({
  hosts,
  links: { dashboard: notify.dashboard, runbook: notify.runbook, log },
  redact: createRedactor([...(apiKey === null ? [] : [apiKey]), ...secrets]),
});
