import { connect, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type SecureVersion } from 'node:tls';
import type { Outcome } from '../../src/model/report.ts';
import { Authority, type Certificate } from '../../src/sandbox/network/certificates.ts';
import { listen } from '../../src/sandbox/network/sockets.ts';
import { httpTarget, outcomeWith, testKey, tlsTarget, toolsWith, toPort } from '../support/probing.ts';
import { deliver } from './deliver.ts';
import { endless, fuzzLimits, type Lane, type Protocol, patientLimits } from './harness.ts';
import { mutate } from './mutate.ts';
import type { Random } from './random.ts';
import { Records } from './tls-records.ts';

const words = [
  '\u0016\u0003\u0003',
  '\u0015\u0003\u0003\u0000\u0002\u0002',
  '\u0014\u0003\u0003\u0000\u0001\u0001',
  '\u0000\u0000',
] as const;

const body = `{"status":"healthy","x":"${testKey}"}`;
const keyedAnswer = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;

interface Site {
  readonly authority: Authority;
  readonly certificate: Certificate;
}

let made: Promise<Site> | null = null;

const makeSite = async (): Promise<Site> => {
  const authority = await Authority.create();
  // A certificate may hold any text, a key's too.
  return { authority, certificate: await authority.issue({ names: ['host.test', `${testKey}.test`] }) };
};

const site = (): Promise<Site> => {
  made ??= makeSite();
  return made;
};

const end = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()));

const openTls = async (maxVersion: SecureVersion): Promise<{ readonly port: number; readonly server: Server }> => {
  const { certificate } = await site();
  const server = createTlsServer({ cert: certificate.chain, key: certificate.key, maxVersion }, (socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(keyedAnswer));
  });
  server.on('tlsClientError', () => undefined);
  return { port: await listen(server, 0, '127.0.0.1'), server };
};

/** Passes a connection on to a server, and changes the record that the server sends at this place. */
const relay = (socket: Socket, port: number, at: number, change: (record: Buffer) => readonly Buffer[]): void => {
  const inner = connect(port, '127.0.0.1');
  const records = new Records();
  let place = 0;
  // A socket that nothing reads never notices that the prober has closed it.
  inner.on('error', () => socket.destroy()).on('close', () => socket.end().resume());
  socket.on('close', () => inner.destroy());
  socket.pipe(inner);
  inner.on('data', (bytes) => {
    for (const record of records.take(bytes)) {
      for (const part of place === at ? change(record) : [record]) if (socket.writable) socket.write(part);
      place += 1;
    }
  });
};

const openLane = async (): Promise<Lane> => {
  const { authority } = await site();
  const inner = [await openTls('TLSv1.2'), await openTls('TLSv1.3')] as const;
  let send: (socket: Socket) => void = () => undefined;
  const outer = createServer((socket) => {
    socket.on('error', () => undefined);
    send(socket);
  });
  const port = await listen(outer, 0, '127.0.0.1');
  const tools = toolsWith({ ...endless, ca: authority.rootPem, connectTo: toPort(port), limits: fuzzLimits });
  const probe = (bytes: Buffer, random: Random): Promise<Outcome> => {
    if (random.chance(30)) send = (socket) => socket.once('data', () => deliver(socket, bytes, random));
    else {
      const to = random.pick(inner).port;
      const at = random.below(10);
      send = (socket) => relay(socket, to, at, (record) => changed(record, bytes, random));
    }
    const timeoutMs = fuzzLimits.totalMs;
    return outcomeWith(random.chance(50) ? httpTarget({ timeoutMs }) : { ...tlsTarget, timeoutMs }, tools);
  };
  const close = async (): Promise<void> => {
    await end(outer);
    await Promise.all(inner.map(({ server }) => end(server)));
  };
  return { probe, close };
};

/** The record is lost, doubled, preceded or followed by others, or altered. */
const changed = (record: Buffer, bytes: Buffer, random: Random): readonly Buffer[] => {
  switch (random.below(6)) {
    case 0:
      return [];
    case 1:
      return [record, record];
    case 2:
      return [bytes, record];
    case 3:
      return [record, bytes];
    default:
      return [mutate(record, random, { words, others: [bytes] })];
  }
};

const openNeighbour = async (): Promise<Lane> => {
  const { authority } = await site();
  const { port, server } = await openTls('TLSv1.3');
  const tools = toolsWith({ ...endless, ca: authority.rootPem, connectTo: toPort(port), limits: patientLimits });
  return {
    probe: () => outcomeWith(httpTarget({ timeoutMs: patientLimits.totalMs }), tools),
    close: () => end(server),
  };
};

export const tls: Protocol = { words, openLane, openNeighbour };
