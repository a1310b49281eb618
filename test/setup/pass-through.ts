import { Agent, createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { closeServer, listen } from '../../src/sandbox/network/sockets.ts';

/** A request that passed through, with its response. */
export interface Passed {
  readonly method: string;
  /** Includes the query. */
  readonly path: string;
  readonly status: number;
  /** Milliseconds from forwarding the request to the complete response. */
  readonly tookMs: number;
}

export interface PassThrough {
  readonly url: string;
  /** Everything that passed through, in order of the responses. */
  readonly passed: readonly Passed[];
  /** Milliseconds that it spent itself, from receiving a request to sending its response, without the server's time. */
  readonly ownMs: number;
  /** Starts over. */
  forget(): void;
  close(): Promise<void>;
}

/**
 * Forwards everything to a server and records it.
 *
 * @param onAnswer is awaited after the server has responded and before the client gets the response.
 */
export const startPassThrough = async (
  upstream: string,
  onAnswer: (passed: Passed) => void | Promise<void> = () => {},
): Promise<PassThrough> => {
  const passed: Passed[] = [];
  let ownMs = 0;
  // As a balancer does: connecting does not count as the server's time.
  const agent = new Agent({ keepAlive: true });

  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const arrived = performance.now();
    const [method = 'GET', path = '/'] = [incoming.method, incoming.url];
    const body = await buffer(incoming);
    const began = performance.now();
    const onwards = httpRequest(new URL(path, upstream), { method, headers: incoming.headers, agent });
    onwards.on('error', () => outgoing.destroy());
    onwards.on('response', async (answer) => {
      const content = await buffer(answer);
      const one = { method, path, status: answer.statusCode ?? 0, tookMs: performance.now() - began };
      passed.push(one);
      await onAnswer(one);
      const { connection: _c, 'keep-alive': _k, 'transfer-encoding': _t, ...headers } = answer.headers;
      outgoing.writeHead(one.status, { ...headers, 'content-length': content.length });
      outgoing.end(content, () => {
        ownMs += performance.now() - arrived - one.tookMs;
      });
    });
    onwards.end(body);
  };

  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch(() => outgoing.destroy());
  });
  const port = await listen(server, 0, '127.0.0.1');
  return {
    url: `http://127.0.0.1:${port}`,
    passed,
    get ownMs() {
      return ownMs;
    },
    forget: () => {
      passed.splice(0);
      ownMs = 0;
    },
    close: async () => {
      agent.destroy();
      await closeServer(server);
    },
  };
};
