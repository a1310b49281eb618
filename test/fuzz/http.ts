import { createServer, type Socket } from 'node:net';
import type { Outcome } from '../../src/model/report.ts';
import type { BodyExpectation, HttpTarget } from '../../src/model/target.ts';
import { listen } from '../../src/sandbox/network/sockets.ts';
import { healthyAnswer, httpTarget, outcomeWith, toolsWith, toPort } from '../support/probing.ts';
import { deliver } from './deliver.ts';
import { endless, fuzzLimits, type Lane, type Protocol, patientLimits } from './harness.ts';
import type { Random } from './random.ts';

const expectations: readonly [BodyExpectation, ...BodyExpectation[]] = [
  { kind: 'any' },
  { kind: 'present' },
  { kind: 'contains', text: 'ok' },
  { kind: 'html', contains: 'mlflow' },
  { kind: 'json' },
  { kind: 'health' },
  { kind: 'list', of: 'experiments' },
  { kind: 'version' },
  { kind: 'key-accepted' },
];

const anyTarget = (random: Random): HttpTarget =>
  httpTarget({
    url: 'http://host.test/path',
    timeoutMs: fuzzLimits.totalMs,
    method: random.pick(['GET', 'GET', 'GET', 'HEAD', 'POST', 'OPTIONS']),
    redirects: random.pick(['record', 'follow']),
    expect: { status: random.pick([[200], [401], ['2xx', '3xx']]), body: random.pick(expectations) },
  });

/** Closes by itself only when the prober has closed its connections. */
const openServer = async (answer: (socket: Socket) => void) => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => answer(socket));
  });
  const port = await listen(server, 0, '127.0.0.1');
  return { port, close: () => new Promise<void>((resolve) => server.close(() => resolve())) };
};

const openLane = async (): Promise<Lane> => {
  let send: (socket: Socket) => void = () => undefined;
  const { port, close } = await openServer((socket) => send(socket));
  const tools = toolsWith({ ...endless, connectTo: toPort(port), limits: fuzzLimits });
  const probe = (bytes: Buffer, random: Random): Promise<Outcome> => {
    send = (socket) => deliver(socket, bytes, random);
    return outcomeWith(anyTarget(random), tools);
  };
  return { probe, close };
};

const openNeighbour = async (): Promise<Lane> => {
  const { port, close } = await openServer((socket) => socket.end(healthyAnswer));
  const tools = toolsWith({ ...endless, connectTo: toPort(port), limits: patientLimits });
  const target = httpTarget({ url: 'http://host.test/path', timeoutMs: patientLimits.totalMs });
  return { probe: () => outcomeWith(target, tools), close };
};

/** The length that the body has after its mutation. */
const withItsLength = (bytes: Buffer): Buffer => {
  const end = bytes.indexOf('\r\n\r\n');
  if (end === -1) return bytes;
  const head = bytes.toString('latin1', 0, end);
  const length = bytes.length - end - 4;
  const mended = head.replace(/content-length: \d+/i, `content-length: ${length}`);
  return Buffer.concat([Buffer.from(mended, 'latin1'), bytes.subarray(end)]);
};

export const http: Protocol = {
  mend: withItsLength,
  words: [
    '\r\n',
    '\r\n\r\n',
    'HTTP/1.1 ',
    'HTTP/1.1 100 Continue\r\n\r\n',
    'HTTP/1.1 103 Early Hints\r\n\r\n',
    'content-length: 5\r\n',
    'content-length: 0\r\n',
    'transfer-encoding: chunked\r\n',
    'transfer-encoding: gzip, chunked\r\n',
    'content-encoding: gzip\r\n',
    'content-encoding: deflate\r\n',
    'content-encoding: br\r\n',
    'connection: close\r\n',
    'connection: upgrade\r\nupgrade: websocket\r\n',
    'location: /path\r\n',
    'location: http://host.test/next\r\n',
    'location: //host.test:99999/\r\n',
    'set-cookie: a=b\r\n',
    'content-type: application/json; charset=utf-16\r\n',
    'retry-after: 99999999999999999999\r\n',
    'server: awselb/2.0\r\n',
    '0\r\n\r\n',
    'ffffffffffffffff\r\n',
    '5;x="\r\nhello\r\n',
    '"status":"healthy"',
    '"error":{"code":"x","message":null}',
    '{"__proto__":{"status":1}}',
    '[[[[[[[[',
    '\u001b[2J',
    '\u00e2\u0080\u00ae',
    '<title>Sign in</title>',
    '1e308',
  ],
  openLane,
  openNeighbour,
};
