import { descriptionLines, nextStepsOf } from './card.ts';
import type { Channel, Sendable } from './channel.ts';
import { type Connecting, connectingOf, deliver } from './deliver.ts';
import { nameOf } from './foreign.ts';
import { glanceOf } from './glance.ts';
import { isOfIncident } from './head.ts';
import { notifyLimits } from './limits.ts';
import { codeIn, linesWithin, plainIn } from './markdown.ts';
import { httpsOnly } from './secret-url.ts';
import type { Setting } from './setting.ts';
import { subjectOf } from './subject.ts';

export interface WebhookOptions extends Setting, Connecting {
  /** Anyone who knows the URL can write to the chat, so it is a secret and appears in no message. */
  readonly url: string;
}

/**
 * Slack's incoming webhooks, and receivers that accept the same JSON. They have no threads, so the incident's id comes
 * first.
 */
export const createWebhookChannel = (options: WebhookOptions): Channel => {
  const url = httpsOnly(options.url, 'the webhook');
  return {
    name: 'webhook',
    send: (event, signal) =>
      deliver(
        {
          ...connectingOf(options),
          ...{ name: 'the webhook', url },
          body: { text: textFor(event, options), unfurl_links: false, unfurl_media: false },
          hint: 'does the webhook still exist, and does it accept Slack’s JSON?',
          // Slack gives the reason as one word: no_service, invalid_payload.
          wordIn: (response) =>
            /^[a-z]{1,30}(?:_[a-z]{1,30}){1,4}$/.test(response.trim()) ? ` (${response.trim()})` : '',
        },
        signal,
      ),
  };
};

const textFor = (event: Sendable, setting: Setting): string => {
  const id = isOfIncident(event) ? `${codeIn(nameOf(event.incident.id))} ` : '';
  return linesWithin(
    [
      `${glanceOf(event).mark} ${id}*${plainIn(subjectOf(event))}*`,
      ...descriptionLines(event, setting),
      ...nextStepsOf(event, setting).map((step, index) => `${index + 1}. ${step}`),
    ],
    notifyLimits.webhookText,
  );
};
