import { httpsOnly, isTaken, type SecretRequest, sendTo } from './secret-url.ts';

const name = 'the heartbeat';

/** One GET. The service at the URL alerts when none arrives. @throws a sentence without the URL or its host */
export const sendBeat = async (
  url: string,
  options: Pick<SecretRequest, 'trust' | 'proxyFor' | 'connectMs' | 'answerMs'>,
  signal: AbortSignal,
): Promise<void> => {
  const request = { ...options, url: httpsOnly(url, name), method: 'GET', body: null } as const;
  const answer = await sendTo(request, signal);
  if (answer.kind === 'failed') throw new Error(`${name} was not taken: ${answer.reason}`);
  if (!isTaken(answer.status)) throw new Error(`${name} was not taken: it answers ${answer.status}`);
};
