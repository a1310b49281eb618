import type { SecureContext } from 'node:tls';
import { isTaken, type ProxyFor, type SecretRequest, sendTo } from './secret-url.ts';

/** How a channel connects. */
export interface Connecting {
  readonly trust: SecureContext;
  /** Left out: no proxy. */
  readonly proxyFor?: ProxyFor | undefined;
  readonly connectMs?: number | undefined;
  readonly answerMs?: number | undefined;
}

export const connectingOf = ({ trust, proxyFor, connectMs, answerMs }: Connecting): Connecting => ({
  ...{ trust, proxyFor, connectMs, answerMs },
});

export interface Delivery extends Connecting, Pick<SecretRequest, 'url' | 'headers'> {
  readonly method?: 'POST' | 'PUT';
  /** Completes “… at HOST did not take the event”. */
  readonly name: string;
  readonly body: unknown;
  /** A question for the reader when the receiver refuses. */
  readonly hint: string;
  /** Statuses by which it accepts; left out: 200 to 299. */
  readonly accepts?: readonly number[];
  /** Part of the response that is safe to show. Any other text could echo a secret. */
  readonly wordIn?: (response: string) => string;
}

/** Sends JSON with verified TLS and no redirects. @throws a sentence without any secret, if it was not accepted */
export const deliver = async (
  { name, body, hint, accepts, wordIn, method = 'POST', ...request }: Delivery,
  signal: AbortSignal,
): Promise<void> => {
  const answer = await sendTo({ ...request, method, body: JSON.stringify(body) }, signal);
  const refused = (reason: string): Error =>
    new Error(`${name} at ${request.url.host} did not take the event: ${reason}`);
  if (answer.kind === 'failed') throw refused(answer.reason);
  const { status, words } = answer;
  if (accepts === undefined ? isTaken(status) : accepts.includes(status)) return;
  if (status >= 300 && status < 400)
    throw refused(`it answers ${status}, a redirect, which is not followed: set the address that it leads to`);
  const way = status === 429 || status >= 500 ? 'the next cycle tries again' : hint;
  throw refused(`it answers ${status}${wordIn?.(words) ?? ''}; ${way}`);
};
