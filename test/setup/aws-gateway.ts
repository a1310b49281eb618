import { once } from 'node:events';
import { request as ask, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface AwsGateway {
  readonly endpoint: string;
  /** Operations in the order of the requests, such as `PutMetricData`. */
  readonly operations: readonly string[];
  /** Connections opened so far. */
  connections(): number;
  close(): Promise<void>;
}

/** A gateway in front of moto that records operations and connections. moto itself closes every connection. */
export const startAwsGateway = async (upstream: string): Promise<AwsGateway> => {
  const operations: string[] = [];
  let connections = 0;
  const server = createServer((incoming, outgoing) => {
    const target = incoming.headers['x-amz-target'];
    operations.push(String(target).split('.').at(-1) ?? '');
    const onwards = ask(
      upstream + (incoming.url ?? '/'),
      { method: incoming.method, headers: incoming.headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, { ...answer.headers, connection: 'keep-alive' });
        answer.pipe(outgoing);
      },
    );
    onwards.on('error', () => outgoing.destroy());
    incoming.pipe(onwards);
  });
  // Longer than any pause between two invocations in a test.
  server.keepAliveTimeout = 60_000;
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    operations,
    connections: () => connections,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
