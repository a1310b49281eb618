import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import type { SecureContext } from 'node:tls';
import type { IncidentEvent } from '../model/incident.ts';
import { descriptionLines, nextStepsOf } from './card.ts';
import type { Channel } from './channel.ts';
import { nameOf } from './foreign.ts';
import { isOfIncident } from './head.ts';
import { notifyLimits } from './limits.ts';
import { codeIn, linesWithin, plainIn } from './markdown.ts';
import type { Setting } from './setting.ts';
import { subjectOf } from './subject.ts';

export interface WebhookOptions extends Setting {
  /** Anyone who knows the URL can write to the chat, so it is a secret and appears in no message. */
  readonly url: string;
  readonly trust: SecureContext;
  readonly connectMs?: number;
  readonly answerMs?: number;
}

/**
 * Slack's incoming webhooks, and receivers that accept the same JSON. They have no threads, so the incident's id comes
 * first. Verified TLS only; redirects are not followed.
 */
export const createWebhookChannel = (options: WebhookOptions): Channel => {
  const url = URL.parse(options.url);
  if (url?.protocol !== 'https:') throw new Error('the webhook: its URL must begin with https://');
  return {
    name: 'webhook',
    send: async (event, signal) => {
      const body = JSON.stringify({ text: textFor(event, options), unfurl_links: false, unfurl_media: false });
      const refused = await post(url, body, options, signal);
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

/** Null: accepted; otherwise the reason. Never throws, and never repeats anything that could contain the URL. */
const post = (url: URL, body: string, options: WebhookOptions, signal: AbortSignal): Promise<string | null> =>
  new Promise((resolve) => {
    const { connectMs = notifyLimits.hookConnectMs, answerMs = notifyLimits.hookAnswerMs, trust } = options;
    const asked = request(url, {
      method: 'POST',
      // Verified whatever NODE_TLS_REJECT_UNAUTHORIZED says: the URL is a secret.
      agent: new Agent({ secureContext: trust, rejectUnauthorized: true }),
      headers: { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body) },
    });
    let timer = setTimeout(() => end(`no connection within ${connectMs} ms`), connectMs);
    const end = (refused: string | null): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      asked.destroy();
      resolve(refused);
    };
    const onAbort = (): void => end('the time for it was over; the next cycle tries again');
    asked.on('error', (error) => end(reasonOf(error)));
    asked.on('socket', (socket) =>
      socket.once('secureConnect', () => {
        clearTimeout(timer);
        timer = setTimeout(() => end(`no answer within ${answerMs} ms`), answerMs);
      }),
    );
    asked.on('response', (answer) => {
      // Accepted: the body adds nothing and may never arrive.
      if (isTaken(answer)) end(null);
      else void readAnswer(answer).then((words) => end(judged(answer, words)));
    });
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    else asked.end(body);
  });

/** Reads enough of the body for one of Slack's error words. */
const readAnswer = async (answer: IncomingMessage): Promise<string> => {
  let text = '';
  try {
    for await (const chunk of answer) {
      text += String(chunk);
      if (text.length > notifyLimits.hookAnswerBytes) break;
    }
  } catch {
    // The status is known already, so a broken body does not matter.
  }
  return text;
};

const isTaken = ({ statusCode: status = 0 }: IncomingMessage): boolean => status >= 200 && status < 300;

/** Why the webhook did not accept the message. */
const judged = ({ statusCode: status = 0 }: IncomingMessage, body: string): string => {
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

/** The code is enough; a message could expose a secret. */
const reasonOf = (error: NodeJS.ErrnoException): string => {
  const code = error.code ?? 'an error';
  const certificate = /CERT|SELF_SIGNED|ALTNAME|VERIFY|ISSUER/.test(code);
  return certificate ? `its certificate is not valid (${code})` : `it cannot be reached (${code})`;
};
