import { parseXML } from '@aws-sdk/xml-builder';
import { HttpRequest } from '@smithy/core/protocols';
import { Hash } from '@smithy/core/serde';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { SignatureV4 } from '@smithy/signature-v4';
import { confirmLimits } from './limits.ts';
import { actionOf, type Operation, restPaths, type Service, serviceOf, services } from './operations.ts';
import { child, isRecord, optional, type Tree } from './tree.ts';
import { type Trouble, type TroubleKind, troubleOf } from './trouble.ts';

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface AwsAccess {
  /** Of another AWS, such as a test's; null: the services' own. */
  readonly endpoint: string | null;
  readonly credentials: () => Promise<Credentials>;
}

/** Query parameters, or the fields of a JSON document. */
export type Params = Readonly<Record<string, unknown>>;

export type Answer =
  | { readonly kind: 'answered'; readonly tree: Tree }
  | ({ readonly kind: 'unanswered' } & { readonly trouble: Trouble });

/** Makes one call. Never throws. */
export type Call = (operation: Operation, params: Params, signal: AbortSignal) => Promise<Answer>;

export interface AwsClient {
  readonly call: Call;
  readonly close: () => void;
}

const unanswered = (kind: TroubleKind, detail = ''): Answer => ({ kind: 'unanswered', trouble: { kind, detail } });

/** SHA-256 in the form that the signer constructs. */
class Sha256 extends Hash {
  constructor(secret?: ConstructorParameters<typeof Hash>[1]) {
    super('sha256', secret);
  }
}

/**
 * One client for all read-only calls. The SDK's ten clients for them would add 0.8 MB to a bundle; signing, sending
 * and parsing are the SDK's own parts, and lookups/ reads the few fields that are needed.
 */
export const createAwsClient = ({ endpoint, credentials }: AwsAccess, region: string): AwsClient => {
  const handler = new NodeHttpHandler({
    connectionTimeout: confirmLimits.connectMs,
    requestTimeout: confirmLimits.callMs,
    throwOnRequestTimeout: true,
  });
  let known: Promise<Credentials> | null = null;
  const call: Call = async (operation, params, signal) => {
    const service: Service = services[serviceOf(operation)];
    known ??= credentials();
    let identity: Credentials;
    try {
      identity = await known;
    } catch (error) {
      return unanswered('no-credentials', messageOf(error));
    }
    try {
      const signer = new SignatureV4({
        credentials: identity,
        region: service.region ?? region,
        service: service.signs,
        sha256: Sha256,
      });
      const signed = await signer.sign(requestFor(operation, params, baseUrl(service, region, endpoint)));
      const { response } = await handler.handle(new HttpRequest({ ...signed }), { abortSignal: signal });
      const body = await bounded(response.body, signal);
      return body === null
        ? unanswered('too-large', `more than ${confirmLimits.bodyBytes} bytes`)
        : read(operation, response, body);
    } catch (error) {
      return networkTrouble(error, signal);
    }
  };
  return { call, close: () => handler.destroy() };
};

const baseUrl = (
  { signs, host = `${signs}.{region}.amazonaws.com` }: Service,
  region: string,
  endpoint: string | null,
): URL => new URL(endpoint ?? `https://${host.replace('{region}', region)}`);

const requestFor = (operation: Operation, params: Params, base: URL): HttpRequest => {
  const { protocol }: Service = services[serviceOf(operation)];
  const action = actionOf(operation);
  const shared = {
    protocol: base.protocol,
    hostname: base.hostname,
    ...(base.port === '' ? {} : { port: Number(base.port) }),
  };
  const host = { host: base.host };
  const post = (body: string, type: string, more: Readonly<Record<string, string>> = {}): HttpRequest =>
    new HttpRequest({
      ...shared,
      method: 'POST',
      path: '/',
      headers: { ...host, 'content-type': type, ...more, 'content-length': String(Buffer.byteLength(body)) },
      body,
    });
  switch (protocol.kind) {
    case 'query':
      return post(
        new URLSearchParams({ Action: action, Version: protocol.version, ...texts(params) }).toString(),
        'application/x-www-form-urlencoded',
      );
    case 'json':
      return post(JSON.stringify(params), 'application/x-amz-json-1.1', {
        'x-amz-target': `${protocol.prefix}.${action}`,
      });
    case 'rest-xml':
    case 'rest-json': {
      const { Id, ...query } = texts(params);
      const path = (restPaths[operation] ?? '/').replace('{Id}', encodeURIComponent(Id ?? ''));
      return new HttpRequest({
        ...shared,
        method: 'GET',
        path,
        query,
        headers: { ...host, ...acceptOf(protocol.kind) },
      });
    }
  }
};

/** Without it, API Gateway answers in another form of JSON. */
const acceptOf = (kind: 'rest-xml' | 'rest-json') => (kind === 'rest-json' ? { accept: 'application/json' } : {});

const texts = (params: Params): Record<string, string> =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]));

/** Null: larger than allowed. */
const bounded = async (body: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<string | null> => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    signal.throwIfAborted();
    bytes += chunk.length;
    if (bytes > confirmLimits.bodyBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

interface Head {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
}

const read = (operation: Operation, { statusCode, headers }: Head, body: string): Answer => {
  const { protocol }: Service = services[serviceOf(operation)];
  const isJson = protocol.kind === 'json' || protocol.kind === 'rest-json';
  const expectedLength = Number(headers['content-length'] ?? Number.NaN);
  const parsed = isJson ? parsedJson(body) : parsedXml(body);
  if (parsed === null) {
    if (expectedLength > Buffer.byteLength(body)) return unanswered('cut-off');
    return unanswered(looksLike(body, isJson) ? 'cut-off' : 'not-aws', `status ${statusCode}`);
  }
  if (statusCode >= 200 && statusCode < 300) {
    const tree = isJson ? parsed : contentOf(parsed, actionOf(operation));
    return isRecord(tree) ? { kind: 'answered', tree } : unanswered('not-aws', `status ${statusCode}`);
  }
  const { code, message } = isJson ? jsonError(parsed, headers) : xmlError(parsed);
  return code === null
    ? unanswered('not-aws', `status ${statusCode}`)
    : { kind: 'unanswered', trouble: { kind: troubleOf(code, statusCode), code, detail: message ?? code } };
};

/** Whether a text that cannot be parsed begins as an answer does. */
const looksLike = (body: string, isJson: boolean): boolean =>
  isJson ? /^\s{0,9}\{/.test(body) : /^\s{0,9}<(?!!doctype|html)/i.test(body);

/** What is in `ACTIONResponse`, and in `ACTIONResult` where the service has that. Another root is not the answer: a page, for example. */
const contentOf = (tree: Tree, action: string): Tree => {
  const answer = child(tree, `${action}Response`);
  return child(answer, `${action}Result`) ?? answer;
};

const parsedJson = (body: string): Tree => {
  try {
    return JSON.parse(body) as Tree;
  } catch {
    return null;
  }
};

const parsedXml = (body: string): Tree => {
  try {
    return parseXML(body) as Tree;
  } catch {
    return null;
  }
};

interface AwsError {
  readonly code: string | null;
  readonly message: string | null;
}

/** `{"__type":"com.amazon.coral#AccessDeniedException","message":"…"}`; some services write `Message`. */
const jsonError = (tree: Tree, headers: Readonly<Record<string, string>>): AwsError => {
  const type = optional(tree, '__type') ?? optional(headers, 'x-amzn-errortype');
  const [name = ''] = (type ?? '').split(':');
  return {
    code: type === null ? null : (name.split('#').at(-1) ?? null),
    message: optional(tree, 'message') ?? optional(tree, 'Message'),
  };
};

/** `ErrorResponse.Error`, and EC2's `Response.Errors.Error`. */
const xmlError = (tree: Tree): AwsError => {
  const paths = [
    ['ErrorResponse', 'Error'],
    ['Response', 'Errors', 'Error'],
  ] as const;
  const path = paths.find((one) => optional(tree, ...one, 'Code') !== null);
  return path === undefined
    ? { code: null, message: null }
    : { code: optional(tree, ...path, 'Code'), message: optional(tree, ...path, 'Message') };
};

const networkTrouble = (error: unknown, signal: AbortSignal): Answer => {
  const name = error instanceof Error ? error.name : '';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (signal.aborted || /^(?:TimeoutError|AbortError)$/.test(name)) return unanswered('too-slow');
  if (/^(?:ECONNRESET|ERR_STREAM_PREMATURE_CLOSE|HPE_\w{1,60})$/.test(code))
    return unanswered(code.startsWith('HPE_') ? 'not-aws' : 'cut-off', code);
  return unanswered('out-of-reach', code === '' ? messageOf(error) : code);
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
