import { once } from 'node:events';
import {
  request as ask,
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { startBlackhole } from '../../src/sandbox/network/blackhole.ts';

/** The ways in which a service can fail to answer. The first five never end. */
export const endlessWays = [
  'takes no connection',
  'takes the request and says nothing',
  'sends a head and no body',
  'sends a byte a second',
  'puts everything off',
] as const;
export const ways = [...endlessWays, 'hangs up', 'answers two seconds late'] as const;
export type Way = (typeof ways)[number];

export interface Misbehaving {
  readonly port: number;
  close(): Promise<void>;
}

type Answer = (incoming: IncomingMessage, outgoing: ServerResponse) => void | Promise<void>;

const lateMs = 2_000;
const head = { 'content-type': 'application/x-amz-json-1.0', 'content-length': '100000' };

const answers = (passOn: Answer): Readonly<Record<Exclude<Way, 'takes no connection'>, Answer>> => ({
  'takes the request and says nothing': () => {},
  'sends a head and no body': (_, outgoing) => {
    outgoing.writeHead(200, head).flushHeaders();
  },
  'sends a byte a second': (_, outgoing) => {
    outgoing.writeHead(200, head).write('{');
    const drip = setInterval(() => outgoing.write(' '), 1_000);
    outgoing.on('close', () => clearInterval(drip));
  },
  'puts everything off': (incoming, outgoing) => {
    incoming.resume();
    // As a gateway in front of an overloaded service does. The hint is longer than any function runs.
    outgoing.writeHead(503, { 'retry-after': '900' }).end();
  },
  'hangs up': (incoming) => void incoming.socket.destroy(),
  'answers two seconds late': async (incoming, outgoing) => {
    await pause(lateMs);
    await passOn(incoming, outgoing);
  },
});

const passTo =
  (upstream: string): Answer =>
  (incoming, outgoing) => {
    const onwards = ask(
      upstream + (incoming.url ?? '/'),
      { method: incoming.method, headers: incoming.headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    onwards.on('error', () => outgoing.destroy());
    incoming.pipe(onwards);
  };

const accepted: Answer = (_, outgoing) => void outgoing.end('ok');

export interface MisbehavingOptions {
  readonly way: Way;
  /** The server that finally answers; null: this one does, with `ok`. */
  readonly upstream: string | null;
  /** In PEM; null: without TLS. */
  readonly certificate: { readonly cert: string; readonly key: string } | null;
}

/** A service on loopback that misbehaves in this way on every request. */
export const startMisbehaving = async ({ way, upstream, certificate }: MisbehavingOptions): Promise<Misbehaving> => {
  if (way === 'takes no connection') return startBlackhole('127.0.0.1', 0);
  const answer = answers(upstream === null ? accepted : passTo(upstream))[way];
  const listener: RequestListener = (incoming, outgoing) => void answer(incoming, outgoing);
  const server = certificate === null ? createServer(listener) : createTlsServer(certificate, listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
