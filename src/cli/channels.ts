import type { Reach } from '../model/own-command.ts';
import { openChannels } from '../monitor/channels.ts';
import type { Prepared } from '../monitor/prepare.ts';
import type { Channel } from '../notify/channel.ts';
import { secretSources } from './secret-sources.ts';

/** The channels in the configuration, with this machine's credentials. */
export const channelsOf = (inputs: Pick<Prepared, 'settings' | 'apiKey'>, reach: Reach): readonly Channel[] =>
  openChannels(inputs, {
    log: null,
    reach,
    secrets: secretSources(process.env),
    snsClient: async () => {
      const { createSnsClient } = await import('../aws/sns-client.ts');
      return createSnsClient({});
    },
  });
