import { createServer, type Socket } from 'node:net';
import { outcomeOf } from '../../src/classify/outcome.ts';
import type { Outcome } from '../../src/model/report.ts';
import { Session, type SessionResponse } from '../../src/probe/session.ts';
import { addressOf } from '../../src/raw/address.ts';
import { listen } from '../../src/sandbox/network/sockets.ts';
import { httpTarget, toolsWith, toPort } from '../support/probing.ts';
import { deliver } from './deliver.ts';
import { endless, fuzzLimits, type Lane, type Protocol } from './harness.ts';
import { http } from './http.ts';
import type { Random } from './random.ts';

const target = httpTarget({
  url: 'http://host.test/path',
  timeoutMs: fuzzLimits.totalMs,
  expect: { status: [200], body: { kind: 'json' } },
});

/** Answers the first request and the last one well, so that a wrong answer to the last one comes from the second. */
const goodAnswer = (place: number): string => {
  const body = `{"answer":"good ${place}"}`;
  return `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
};

/** A write of fewer bytes arrives whole, before the next request can be sent. */
const oneWriteBytes = 16_384;

/** Three requests of a session: the second one gets the mutated bytes, over a connection that is kept where it can be. */
const openLane = async (): Promise<Lane> => {
  let place = 0;
  let answer: (socket: Socket) => void = () => undefined;
  let early: Buffer | null = null;
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (request) => {
      if (!request.includes('\r\n\r\n')) return;
      if (place === 2) answer(socket);
      else
        socket.write(
          Buffer.concat([Buffer.from(goodAnswer(place)), ...(early === null || place !== 1 ? [] : [early])]),
        );
    });
  });
  const port = await listen(server, 0, '127.0.0.1');
  const tools = toolsWith({ ...endless, connectTo: toPort(port), limits: fuzzLimits });
  const ask = (session: Session): Promise<SessionResponse> => {
    place += 1;
    return session.ask({
      id: target.id,
      address: addressOf(new URL(target.url)),
      method: 'GET',
      headers: {},
      auth: 'none',
      body: null,
      timeoutMs: fuzzLimits.totalMs,
      endsAt: Number.POSITIVE_INFINITY,
      stop: new AbortController().signal,
      repeatable: true,
    });
  };
  const probe = async (bytes: Buffer, random: Random): Promise<Outcome> => {
    const session = new Session(tools);
    const isWhole = bytes.length <= oneWriteBytes && random.chance(60);
    // Bytes that no request asked for, behind the first answer.
    early = isWhole && random.chance(20) ? bytes : null;
    answer = (socket) => (isWhole ? void socket.write(bytes) : deliver(socket, bytes, random));
    place = 0;
    try {
      await ask(session);
      const second = await ask(session);
      const third = await ask(session);
      const { response, failure } = third.observation;
      // A limit is reached on a busy machine. Any other failure comes from the second response, and so does another body.
      const isSpoilt =
        failure === null ? response?.body.includes('good 3') !== true : !failure.code.startsWith('LIMIT_');
      if (isWhole && isSpoilt) throw new Error(`the third request got ${JSON.stringify(third.observation)}`);
      return outcomeOf(target, [second.observation], tools.limits);
    } finally {
      session.close();
    }
  };
  return { probe, close: () => new Promise<void>((resolve) => server.close(() => resolve())) };
};

export const session: Protocol = { ...http, corpus: 'http', openLane };
