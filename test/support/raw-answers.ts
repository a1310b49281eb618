import { createServer, type Socket } from 'node:net';
import type { Outcome } from '../../src/model/report.ts';
import type { HttpTarget } from '../../src/model/target.ts';
import { httpTarget, outcomeWith, toolsWith, toPort, whileListening } from './probing.ts';

export const healthy = '{"status":"healthy"}';

/** The bytes in pieces: each in a packet of its own, as far as the kernel allows. */
export type Pieces = readonly (string | Buffer)[];

/** A plain server that sends these bytes for each request and then closes, or keeps the connection. */
export const asking = (pieces: Pieces, changes: Partial<HttpTarget> = {}, ending: 'closes' | 'stays' = 'closes') => {
  const requests: string[] = [];
  const send = async (socket: Socket): Promise<void> => {
    for (const piece of pieces) {
      await new Promise((written) => socket.write(piece, written));
      await new Promise((later) => setImmediate(later));
    }
    if (ending === 'closes') socket.end();
  };
  const server = createServer((socket) => {
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.once('data', (bytes) => {
      requests.push(bytes.toString('latin1'));
      void send(socket);
    });
  });
  return whileListening(server, async (port): Promise<{ outcome: Outcome; requests: readonly string[] }> => {
    const target = httpTarget({ url: 'http://host.test/path', ...changes });
    const outcome = await outcomeWith(target, toolsWith({ connectTo: toPort(port) }));
    return { outcome, requests };
  });
};

/** A head with these headers. */
export const ok = (...headers: readonly string[]): string =>
  `HTTP/1.1 200 OK\r\n${headers.map((line) => `${line}\r\n`).join('')}\r\n`;
export const length = (body: string | Buffer = healthy): string => `content-length: ${Buffer.byteLength(body)}`;
