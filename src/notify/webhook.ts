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
  /** Who knows it can write to the chat: it is a secret, and shows in no message. */
  readonly url: string;
  readonly trust: SecureContext;
  readonly connectMs?: number;
  readonly answerMs?: number;
}

/**
 * Slack's incoming web hooks, and what takes the same JSON. They have no threads, so the incident's id comes first. Over
 * verified TLS only; no redirect is followed.
 */
export const createWebhookChannel = (options: WebhookOptions): Channel => {
  const url = URL.parse(options.url);
  if (url?.protocol !== 'https:') throw new Error('the web hook: its URL must begin with https://');
  return {
    name: 'webhook',
    send: async (event, signal) => {
      const body = JSON.stringify({ text: textFor(event, options), unfurl_links: false, unfurl_media: false });
      const refused = await post(url, body, options, signal);
      if (refused !== null) throw new Error(`the web hook at ${url.host} did not take the event: ${refused}`);
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

/** Null: it was taken; else why not. Never throws, and never repeats what could hold the URL. */
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
      // Taken: its body says nothing more, and may never come.
      if (isTaken(answer)) end(null);
      else void readAnswer(answer).then((words) => end(judged(answer, words)));
    });
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    else asked.end(body);
  });

/** As much of it as can hold one of Slack's words. */
const readAnswer = async (answer: IncomingMessage): Promise<string> => {
  let text = '';
  try {
    for await (const chunk of answer) {
      text += String(chunk);
      if (text.length > notifyLimits.hookAnswerBytes) break;
    }
  } catch {
    // Its status has been read.
  }
  return text;
};

const isTaken = ({ statusCode: status = 0 }: IncomingMessage): boolean => status >= 200 && status < 300;

/** Why it was not taken. */
const judged = ({ statusCode: status = 0 }: IncomingMessage, body: string): string => {
  if (status >= 300 && status < 400)
    return `it answers ${status}, a redirect, which is not followed: set the address that it leads to`;
  // Slack says why in one word: no_service, invalid_payload. Anything else could echo the URL.
  const word = /^[a-z]{1,30}(?:_[a-z]{1,30}){1,4}$/.test(body.trim()) ? ` (${body.trim()})` : '';
  const way =
    status === 429 || status >= 500
      ? 'the next cycle tries again'
      : 'is the web hook still there, and does it take Slack’s JSON?';
  return `it answers ${status}${word}; ${way}`;
};

/** A code says enough; a message could hold more than it should. */
const reasonOf = (error: NodeJS.ErrnoException): string => {
  const code = error.code ?? 'an error';
  const certificate = /CERT|SELF_SIGNED|ALTNAME|VERIFY|ISSUER/.test(code);
  return certificate ? `its certificate is not valid (${code})` : `it cannot be reached (${code})`;
};
