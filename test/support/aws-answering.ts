import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface AwsAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface AwsRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/**
 * Runs work with a server in place of AWS that gives the configured responses, including ones that moto never gives.
 */
export const withAwsAnswering = async <T>(
  answer: (request: AwsRequest) => AwsAnswer,
  work: (endpoint: string) => Promise<T>,
): Promise<T> => {
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    const said = answer({ method, path: url, headers, body: await text(request) });
    response.writeHead(said.status, said.headers).end(said.status === 204 ? undefined : said.body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
};
