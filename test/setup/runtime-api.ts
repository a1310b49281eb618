import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** How an invocation ended. Lambda records an error as a failed invocation with its type and message. */
export type Ended =
  | { readonly kind: 'response'; readonly value: unknown }
  | { readonly kind: 'error'; readonly errorType: string; readonly errorMessage: string };

export interface RuntimeApi {
  /** For AWS_LAMBDA_RUNTIME_API. */
  readonly address: string;
  /** Passes the event to the runtime with this time limit, and waits for the result. */
  invoke(event: unknown, timeoutMs: number): Promise<Ended>;
  close(): Promise<void>;
}

interface Pending {
  readonly id: string;
  readonly body: string;
  readonly timeoutMs: number;
  readonly end: (ended: Ended) => void;
}

const errorFrom = (body: unknown): Ended => {
  const { errorType, errorMessage } = body as { readonly errorType?: string; readonly errorMessage?: string };
  return { kind: 'error', errorType: errorType ?? '', errorMessage: errorMessage ?? '' };
};

/** The four endpoints that AWS gives a runtime ("Using the Lambda runtime API", 2018-06-01), for one function. */
export const startRuntimeApi = async (): Promise<RuntimeApi> => {
  const queue: Pending[] = [];
  const running = new Map<string, Pending>();
  let idle: ServerResponse | null = null;
  let broken: Ended | null = null;

  const dispatch = (): void => {
    if (idle === null) return;
    const next = queue.shift();
    if (next === undefined) return;
    running.set(next.id, next);
    idle.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': next.id,
      'lambda-runtime-deadline-ms': String(Date.now() + next.timeoutMs),
      'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:us-east-1:123456789012:function:probe',
      'lambda-runtime-trace-id': 'Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1',
    });
    idle.end(next.body);
    idle = null;
  };

  const end = (id: string, ended: Ended): void => {
    running.get(id)?.end(ended);
    running.delete(id);
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, id = '', what = ''] =
      /^\/2018-06-01\/runtime\/(?:invocation\/)?([^/]+)(?:\/(\w+))?$/.exec(request.url ?? '') ?? [];
    if (request.method === 'GET' && id === 'next') {
      idle = response;
      dispatch();
      return;
    }
    const body = await json(request).catch(() => null);
    response.writeHead(202).end();
    if (id === 'init') {
      broken = errorFrom(body);
      for (const waiting of queue.splice(0)) waiting.end(broken);
    } else if (what === 'response') end(id, { kind: 'response', value: body });
    else end(id, errorFrom(body));
  };

  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    invoke: (event, timeoutMs) =>
      new Promise((resolve) => {
        if (broken !== null) return resolve(broken);
        queue.push({ id: randomUUID(), body: JSON.stringify(event), timeoutMs, end: resolve });
        dispatch();
      }),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
