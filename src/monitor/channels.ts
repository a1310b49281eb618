import type { SNSClient } from '@aws-sdk/client-sns';
import { createRedactor } from '../config/redact.ts';
import { resolveApiKey, type SecretSources } from '../config/secrets.ts';
import type { NotifySettings, SecretReference } from '../config/settings.ts';
import type { Reach } from '../model/own-command.ts';
import type { Channel } from '../notify/channel.ts';
import type { Receiver } from '../notify/open-channel.ts';
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

export type SecretChannel = Receiver & {
  /** The place of the secret. */
  readonly secret: SecretReference;
};

/** All channels in the configuration. Their dependencies are loaded when there is something to send. */
export const openChannels = (sender: Sender, sources: ChannelSources): readonly Channel[] => {
  const { notify, network } = sender.settings;
  const hasTopic = Object.values(notify.topics).some((topic) => topic !== null);
  return [
    ...(hasTopic ? [lazily('sns', () => snsChannel(sender, sources))] : []),
    ...secretChannels(notify).map(({ secret, ...receiver }) =>
      lazily(receiver.name, async () => {
        const [{ openChannel }, found] = await Promise.all([
          import('../notify/open-channel.ts'),
          resolveApiKey(secret, sources.secrets),
        ]);
        return openChannel(receiver, found, {
          ...settingOf(sender, sources, [found]),
          trust: trustedContext(network.extraCa),
          proxyFor: proxyVariables(network.proxy),
        });
      }),
    ),
  ];
};

/** The channels in the configuration that have a secret. */
export const secretChannels = (notify: NotifySettings): readonly SecretChannel[] => {
  const { webhook, pagerduty, opsgenie, teams, json } = notify;
  return [
    ...(webhook === null ? [] : [{ name: 'webhook' as const, secret: webhook }]),
    ...(pagerduty === null ? [] : [{ name: 'pagerduty' as const, ...pagerduty }]),
    ...(opsgenie === null ? [] : [{ name: 'opsgenie' as const, ...opsgenie }]),
    ...(teams === null ? [] : [{ name: 'teams' as const, secret: teams }]),
    ...(json === null ? [] : [{ name: 'json' as const, ...json }]),
  ];
};

/** Services that know an acknowledgement. */
const acknowledging: readonly string[] = ['pagerduty', 'opsgenie'] satisfies readonly SecretChannel['name'][];

const lazily = (name: string, open: () => Promise<Channel>): Channel => {
  let opened: Promise<Channel> | null = null;
  const channel = (): Promise<Channel> => {
    // If opening failed, try again next time.
    opened ??= open().catch((error: unknown) => {
      opened = null;
      throw error;
    });
    return opened;
  };
  return {
    name,
    send: async (event, signal) => (await channel()).send(event, signal),
    ...(acknowledging.includes(name)
      ? { acknowledge: async (incident, signal) => (await channel()).acknowledge?.(incident, signal) }
      : {}),
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
