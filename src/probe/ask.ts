import type { CredentialForm } from '../model/target.ts';
import type { Address } from '../raw/address.ts';
import { Raw } from '../raw/raw.ts';
import { RawBytes } from '../raw/raw-bytes.ts';
import type { Attempt } from './attempt.ts';
import { acceptEncoding, decodeBody } from './body.ts';
import type { Connection, RequestBody } from './connection.ts';
import type { Gathered } from './evidence.ts';
import { credentialHeaders, type Trace } from './identity.ts';
import type { ProbeTools } from './tools.ts';

export interface HttpRequest {
  readonly address: Address;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly auth: CredentialForm;
  readonly body: RequestBody;
  readonly cookies?: Raw | null;
}

/** Shared by all requests of one attempt. */
export interface Asking {
  readonly trace: Trace;
  readonly attempt: Attempt;
  readonly tools: ProbeTools;
  readonly gathered: Gathered;
}

interface Asked {
  readonly body: RawBytes;
  readonly cookies: readonly Raw[];
}

/**
 * Sends one request over a connection, with our user agent and a trace, and gathers the response as evidence.
 * @returns the decoded body, and the cookies that the response sets
 */
export const ask = async (
  connection: Connection,
  { address, method, headers, auth, body, cookies = null }: HttpRequest,
  { trace, attempt, tools, gathered }: Asking,
): Promise<Asked> => {
  const { cookies: set, ...answer } = await connection.send(
    {
      path: address.path,
      method,
      headers: {
        accept: '*/*',
        'accept-encoding': acceptEncoding,
        'user-agent': tools.userAgent,
        ...trace.headers,
        ...headers,
        // The key only goes over a verified connection.
        ...(address.origin.protocol === 'https:' ? credentialHeaders(auth, tools.apiKey) : {}),
      },
      body,
      cookies,
    },
    attempt,
    ({ cookies: _, ...head }) => {
      gathered.response = { ...head, body: Raw.from(''), bytes: 0 };
    },
  );
  const { 'content-encoding': encoding, 'content-type': type } = answer.headers;
  const decoded = new RawBytes(decodeBody(answer.body, encoding, tools.limits.bodyBytes), type);
  gathered.response = { ...answer, body: decoded.text, bytes: answer.body.length };
  return { body: decoded, cookies: set };
};
