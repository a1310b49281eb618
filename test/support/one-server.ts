import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { standardIds } from '../../src/config/schema/configuration.ts';
import type { Certificate } from '../../src/sandbox/network/certificates.ts';

export interface Heard {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface OneServer {
  readonly port: number;
  /** Every request, in order of arrival. */
  readonly heard: Heard[];
  close(): Promise<void>;
}

/** A real HTTPS server on loopback that stands in for every host of a configuration and records what it receives. */
export const startOneServer = async (
  { chain, key }: Certificate,
  answer: (heard: Heard, response: ServerResponse) => void,
): Promise<OneServer> => {
  const heard: Heard[] = [];
  const server = createServer({ cert: chain, key }, async (request, response) => {
    const { method = '', url = '', headers } = request;
    const one = { method, url, headers, body: await text(request) };
    heard.push(one);
    answer(one, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    heard,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

/** A configuration's targets, reduced to these. */
export const onlyTargets = (targets: Readonly<Record<string, object>>): Readonly<Record<string, object>> => ({
  ...Object.fromEntries(standardIds.map((id) => [id, { enabled: false }])),
  ...targets,
});
