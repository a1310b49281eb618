import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import type { SecureContext } from 'node:tls';
import { notifyLimits } from './limits.ts';

/** Variables that name the proxy for a URL. Undefined: none. */
export type ProxyFor = (url: URL) => NodeJS.ProcessEnv | undefined;

/** A request whose address, header or body is a secret. */
export interface SecretRequest {
  readonly url: URL;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON; null: none. */
  readonly body: string | null;
  readonly trust: SecureContext;
  /** Left out: no proxy. */
  readonly proxyFor?: ProxyFor | undefined;
  readonly connectMs?: number | undefined;
  readonly answerMs?: number | undefined;
}

export type SecretAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly words: string }
  /** The reason completes “it …”, or stands alone. */
  | { readonly kind: 'failed'; readonly reason: string };

/** The URL if it may be used. @throws without repeating it */
export const httpsOnly = (text: string, whose: string): URL => {
  const url = URL.parse(text);
  if (url?.protocol !== 'https:') throw new Error(`${whose}: its URL must begin with https://`);
  return url;
};

/** Verified TLS only, and no redirects. Never throws, and never repeats anything that could contain the URL. */
export const sendTo = (
  { url, method, headers, body, trust, proxyFor, connectMs, answerMs }: SecretRequest,
  signal: AbortSignal,
): Promise<SecretAnswer> =>
  new Promise((resolve) => {
    const connectWithin = connectMs ?? notifyLimits.hookConnectMs;
    const answerWithin = answerMs ?? notifyLimits.hookAnswerMs;
    const proxyEnv = proxyFor?.(url);
    const asked = request(url, {
      method,
      // Verified whatever NODE_TLS_REJECT_UNAUTHORIZED says: the URL is a secret.
      agent: new Agent({
        secureContext: trust,
        rejectUnauthorized: true,
        ...(proxyEnv === undefined ? {} : { proxyEnv }),
      }),
      headers: {
        ...headers,
        ...(body === null
          ? {}
          : { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body) }),
      },
    });
    let timer = setTimeout(() => fail(`no connection within ${connectWithin} ms`), connectWithin);
    const end = (answer: SecretAnswer): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      asked.destroy();
      resolve(answer);
    };
    const fail = (reason: string): void => end({ kind: 'failed', reason });
    const onAbort = (): void => fail('the time for it was over; the next cycle tries again');
    asked.on('error', (error) => fail(reasonOf(error)));
    asked.on('socket', (socket) =>
      socket.once('secureConnect', () => {
        clearTimeout(timer);
        timer = setTimeout(() => fail(`no answer within ${answerWithin} ms`), answerWithin);
      }),
    );
    asked.on('response', (answer) => {
      const { statusCode: status = 0 } = answer;
      // Accepted: the body adds nothing and may never arrive.
      if (isTaken(status)) end({ kind: 'answered', status, words: '' });
      else void readAnswer(answer).then((words) => end({ kind: 'answered', status, words }));
    });
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    else asked.end(body ?? undefined);
  });

export const isTaken = (status: number): boolean => status >= 200 && status < 300;

/** Reads enough of the body for an error word. */
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

/** The code is enough; a message could expose a secret. */
const reasonOf = (error: NodeJS.ErrnoException): string => {
  const code = error.code ?? 'an error';
  const certificate = /CERT|SELF_SIGNED|ALTNAME|VERIFY|ISSUER/.test(code);
  return certificate ? `its certificate is not valid (${code})` : `it cannot be reached (${code})`;
};
