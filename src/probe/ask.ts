import type { CredentialForm } from '../platform/target.ts';
import type { Attempt } from './attempt.ts';
import { acceptEncoding, decodeBody } from './body.ts';
import type { Gathered } from './evidence.ts';
import type { Line } from './exchange.ts';
import { credentialHeaders, type Trace } from './identity.ts';
import type { ProbeTools } from './tools.ts';

export interface Question {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly auth: CredentialForm;
  readonly body: string | Uint8Array | null;
}

/** One request over a line, named and traced; the answer is gathered as evidence. Gives its body, decoded. */
export const ask = async (
  line: Line,
  { url, method, headers, auth, body }: Question,
  trace: Trace,
  attempt: Attempt,
  tools: ProbeTools,
  gathered: Gathered,
): Promise<Buffer> => {
  const answer = await line.send(
    {
      path: `${url.pathname}${url.search}`,
      method,
      headers: {
        accept: '*/*',
        'accept-encoding': acceptEncoding,
        'user-agent': tools.userAgent,
        ...trace.headers,
        ...headers,
        // A key never goes over a connection that is not verified.
        ...(url.protocol === 'https:' ? credentialHeaders(auth, tools.apiKey) : {}),
      },
      body,
    },
    attempt,
    (status, head) => {
      gathered.response = { status, headers: head, body: '', bytes: 0 };
    },
  );
  const decoded = decodeBody(answer.body, answer.headers['content-encoding'], tools.limits.bodyBytes);
  gathered.response = {
    status: answer.status,
    headers: answer.headers,
    body: decoded.toString('utf8'),
    bytes: answer.body.length,
  };
  return decoded;
};
