import type { Channel } from './channel.ts';
import type { Connecting } from './deliver.ts';
import { createJsonChannel } from './json.ts';
import { createOpsgenieChannel } from './opsgenie.ts';
import { createPagerDutyChannel } from './pagerduty.ts';
import type { Setting } from './setting.ts';
import { createTeamsChannel } from './teams.ts';
import { createWebhookChannel } from './webhook.ts';

/** A channel whose address or key is a secret. */
export type Receiver =
  | { readonly name: 'webhook' | 'teams' }
  | { readonly name: 'pagerduty' | 'opsgenie'; readonly address: string }
  | { readonly name: 'json'; readonly template: string | null };

/** Loaded when there is something to send: one chunk, because five would cost more bytes than they spare. */
export const openChannel = (receiver: Receiver, secret: string, common: Setting & Connecting): Channel => {
  switch (receiver.name) {
    case 'webhook':
      return createWebhookChannel({ ...common, url: secret });
    case 'teams':
      return createTeamsChannel({ ...common, url: secret });
    case 'pagerduty':
      return createPagerDutyChannel({ ...common, routingKey: secret, url: receiver.address });
    case 'opsgenie':
      return createOpsgenieChannel({ ...common, apiKey: secret, url: receiver.address });
    case 'json':
      return createJsonChannel({ ...common, url: secret, template: receiver.template });
  }
};
