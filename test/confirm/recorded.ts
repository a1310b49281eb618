import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import {
  actionOf,
  type Operation,
  operations,
  restPaths,
  type Service,
  serviceOf,
  services,
} from '../../src/confirm/operations.ts';

/** One call and its answer, as they were on the wire. */
export interface Exchange {
  readonly service: string;
  readonly action: string;
  /** The name in the signature. */
  readonly signs: string;
  readonly isJson: boolean;
  /** Before the action in `x-amz-target`; null if the service has none. */
  readonly prefix: string | null;
  readonly params: Readonly<Record<string, unknown>>;
  readonly answer: string;
}

export interface Recorder {
  readonly endpoint: string;
  readonly exchanges: readonly Exchange[];
  close(): Promise<void>;
}

const denial = '<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>';

const pathForm = (path: string): RegExp => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);

/** The call that a path belongs to; two services have calls of the same name. */
const operationAt = (path: string): Operation | undefined =>
  operations.find((one) => restPaths[one] !== undefined && pathForm(restPaths[one]).test(path));

const actionIn = (method: string, url: URL, target: string | undefined, body: string): string => {
  if (target !== undefined) return target.slice(target.lastIndexOf('.') + 1);
  if (method === 'POST') return new URLSearchParams(body).get('Action') ?? '';
  const found = operationAt(url.pathname);
  return found === undefined ? url.pathname : actionOf(found);
};

/** Stands between the client and an AWS, and keeps every call that was answered. @param denied a call that nothing permits */
export const startRecorder = async (
  upstream: string,
  denied: () => Operation | null = () => null,
): Promise<Recorder> => {
  const exchanges: Exchange[] = [];
  const server = createServer(async (request, response) => {
    const { method = '', headers } = request;
    const url = new URL(request.url ?? '/', upstream);
    const body = await text(request);
    const target = typeof headers['x-amz-target'] === 'string' ? headers['x-amz-target'] : undefined;
    const signs = /\/([a-z0-9-]+)\/aws4_request/.exec(headers.authorization ?? '')?.[1] ?? '';
    const action = actionIn(method, url, target, body);
    const operation =
      method === 'GET'
        ? operationAt(url.pathname)
        : operations.find((one) => actionOf(one) === action && services[serviceOf(one)].signs === signs);
    if (operation !== undefined && operation === denied()) {
      const isXml = target === undefined && !signs.startsWith('apigateway');
      response.writeHead(403).end(isXml ? denial : '{"__type":"AccessDeniedException"}');
      return;
    }
    const answered = await fetch(url, {
      method,
      ...(method === 'GET' ? {} : { body }),
      headers: {
        'content-type': headers['content-type'] ?? '',
        ...(target === undefined ? {} : { 'x-amz-target': target }),
      },
    });
    const answer = await answered.text();
    const service: Service | undefined = operation === undefined ? undefined : services[serviceOf(operation)];
    if (answered.ok)
      exchanges.push({
        service: operation === undefined ? signs : serviceOf(operation),
        action,
        signs,
        isJson: service !== undefined && /json/.test(service.protocol.kind),
        prefix: target === undefined ? null : target.slice(0, target.lastIndexOf('.')),
        params:
          target === undefined
            ? Object.fromEntries(method === 'GET' ? url.searchParams : new URLSearchParams(body))
            : (JSON.parse(body) as Record<string, unknown>),
        answer,
      });
    response
      .writeHead(answered.status, {
        'content-type': answered.headers.get('content-type') ?? '',
        'x-amzn-errortype': answered.headers.get('x-amzn-errortype') ?? '',
      })
      .end(answer);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    exchanges,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
