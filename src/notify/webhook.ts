import type { SecureContext } from 'node:tls';
import type { IncidentEvent } from '../model/incident.ts';
import { descriptionLines, nextStepsOf } from './card.ts';
import type { Channel } from './channel.ts';
import { nameOf } from './foreign.ts';
import { isOfIncident } from './head.ts';
import { notifyLimits } from './limits.ts';
import { codeIn, linesWithin, plainIn } from './markdown.ts';
import { httpsOnly, isTaken, type SecretAnswer, sendTo } from './secret-url.ts';
import type { Setting } from './setting.ts';
import { subjectOf } from './subject.ts';

export interface WebhookOptions extends Setting {
  /** Anyone who knows the URL can write to the chat, so it is a secret and appears in no message. */
  readonly url: string;
  readonly trust: SecureContext;
  /** Variables that name the proxy. Left out: none. */
  readonly proxyEnv?: NodeJS.ProcessEnv | undefined;
  readonly connectMs?: number;
  readonly answerMs?: number;
}

/**
 * Slack's incoming webhooks, and receivers that accept the same JSON. They have no threads, so the incident's id comes
 * first. Verified TLS only; redirects are not followed.
 */
export const createWebhookChannel = (options: WebhookOptions): Channel => {
  const { url: text, trust, proxyEnv, connectMs, answerMs } = options;
  const url = httpsOnly(text, 'the webhook');
  return {
    name: 'webhook',
    send: async (event, signal) => {
      const body = JSON.stringify({ text: textFor(event, options), unfurl_links: false, unfurl_media: false });
      const answer = await sendTo({ url, method: 'POST', body, trust, proxyEnv, connectMs, answerMs }, signal);
      const refused = answer.kind === 'failed' ? answer.reason : judged(answer);
      if (refused !== null) throw new Error(`the webhook at ${url.host} did not take the event: ${refused}`);
    },
  };
};

const textFor = (event: IncidentEvent, setting: Setting): string => {
  const id = isOfIncident(event) ? `${codeIn(nameOf(event.incident.id))} ` : '';
  return linesWithin(
    [
      `${id}*${plainIn(subjectOf(event))}*`,
      ...descriptionLines(event, setting),
      ...nextStepsOf(event, setting).map((step, index) => `${index + 1}. ${step}`),
    ],
    notifyLimits.webhookText,
  );
};

/** Null: the webhook accepted the message; otherwise why not. */
const judged = ({ status, words: body }: Extract<SecretAnswer, { readonly kind: 'answered' }>): string | null => {
  if (isTaken(status)) return null;
  if (status >= 300 && status < 400)
    return `it answers ${status}, a redirect, which is not followed: set the address that it leads to`;
  // Slack gives the reason as one word: no_service, invalid_payload. Any other text could echo the URL.
  const word = /^[a-z]{1,30}(?:_[a-z]{1,30}){1,4}$/.test(body.trim()) ? ` (${body.trim()})` : '';
  const way =
    status === 429 || status >= 500
      ? 'the next cycle tries again'
      : 'does the webhook still exist, and does it accept Slack’s JSON?';
  return `it answers ${status}${word}; ${way}`;
};
