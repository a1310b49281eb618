import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { Session, type SessionResponse } from '../../src/probe/session.ts';
import { addressOf } from '../../src/raw/address.ts';
import { toolsWith, toPort, whileListening } from '../support/probing.ts';

interface Asked {
  readonly method?: string;
  readonly repeatable?: boolean;
}

const askAll = async (port: number, requests: readonly Asked[]): Promise<readonly SessionResponse[]> => {
  const session = new Session(toolsWith({ connectTo: toPort(port) }));
  const answers: SessionResponse[] = [];
  for (const { method = 'GET', repeatable = true } of requests)
    answers.push(
      await session.ask({
        id: 'test',
        address: addressOf(new URL('http://host.test/path')),
        method,
        headers: {},
        auth: 'none',
        body: null,
        timeoutMs: 20_000,
        endsAt: performance.now() + 50_000,
        stop: new AbortController().signal,
        repeatable,
      }),
    );
  session.close();
  return answers;
};

const codes = (answers: readonly SessionResponse[]) =>
  answers.map(({ observation }) => observation.failure?.code ?? observation.response?.status);

/** Ends a connection without an answer when a request comes over it that is not its first. */
const tiredOfReuse = (): { readonly server: Server; readonly received: string[] } => {
  const seen = new WeakSet<Socket>();
  const received: string[] = [];
  const server = createServer((request, response) => {
    received.push(request.method ?? '');
    if (seen.has(request.socket)) request.socket.destroy();
    else response.end('ok');
    seen.add(request.socket);
  });
  return { server, received };
};

describe('a server that closes an idle connection while the next request is sent', () => {
  it('gets the request once more, over a new connection', async () => {
    const { server, received } = tiredOfReuse();
    const answers = await whileListening(server, (port) => askAll(port, Array<Asked>(5).fill({})));
    expect(codes(answers)).toEqual([200, 200, 200, 200, 200]);
    expect(answers.map(({ requests }) => requests)).toEqual([1, 2, 2, 2, 2]);
    expect(received).toHaveLength(9);
  });

  it.each([0, 1, 2])('gets it once more when it closes %i ms after each response, too', async (ms) => {
    const server = createServer((request, response) => {
      response.on('finish', () => setTimeout(() => request.socket.end(), ms));
      response.end('ok');
    });
    const answers = await whileListening(server, (port) => askAll(port, Array<Asked>(30).fill({})));
    expect(codes(answers)).toEqual(Array(30).fill(200));
  });

  it('never gets a non-repeatable request over a reused connection', async () => {
    const { server, received } = tiredOfReuse();
    const create: Asked = { method: 'POST', repeatable: false };
    const answers = await whileListening(server, (port) => askAll(port, [{}, create, create]));
    expect(codes(answers)).toEqual([200, 200, 200]);
    expect(received).toEqual(['GET', 'POST', 'POST']);
  });
});

describe('a server that never responds', () => {
  it('is reported as such: a closed new connection is not an idle one', async () => {
    let received = 0;
    const server = createServer((request) => {
      received += 1;
      request.socket.destroy();
    });
    const answers = await whileListening(server, (port) => askAll(port, [{}, {}]));
    expect(codes(answers)).toEqual(['CLOSED', 'CLOSED']);
    expect(received).toBe(2);
  });

  it('after an earlier response gets the request once more, not for ever', async () => {
    let received = 0;
    const server = createServer((request, response) => {
      received += 1;
      if (received === 1) response.end('ok');
      else request.socket.destroy();
    });
    const answers = await whileListening(server, (port) => askAll(port, [{}, {}]));
    expect(codes(answers)).toEqual([200, 'CLOSED']);
    expect(received).toBe(3);
  });
});
