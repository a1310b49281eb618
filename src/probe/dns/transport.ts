import { createSocket } from 'node:dgram';
import { connect, isIPv4 } from 'node:net';
import type { NameServer } from './name-servers.ts';

/** Callbacks for what a name server sends. */
export interface Arrivals {
  readonly message: (bytes: Buffer) => void;
  /** No further messages will come. */
  readonly end: (code: string) => void;
}

export interface Channel {
  readonly send: (query: Buffer) => void;
  readonly close: () => void;
}

/**
 * A socket for one question only, from an unpredictable port. It is connected, so the kernel drops packets from other
 * addresses and reports a closed port (ICMP).
 */
export const overUdp = ({ address, port }: NameServer, { message, end }: Arrivals): Channel => {
  const socket = createSocket({
    type: isIPv4(address) ? 'udp4' : 'udp6',
    // The host is an address already; Node would still ask the system's resolver.
    lookup: (given, _options, callback) => callback(null, given, isIPv4(given) ? 4 : 6),
  });
  const waiting: Buffer[] = [];
  let connected = false;
  const fail = (error?: Error | null): void => {
    if (error) end(codeOf(error));
  };
  const send = (query: Buffer): void => {
    if (connected) socket.send(query, fail);
    else waiting.push(query);
  };
  socket.on('error', fail);
  socket.on('message', message);
  socket.connect(port, address, (error?: Error) => {
    connected = error === undefined;
    if (connected) waiting.forEach(send);
    else fail(error);
  });
  return { send, close: () => socket.close() };
};

/** Messages with a length prefix (RFC 1035, section 4.2.2). */
export const overTcp = ({ address, port }: NameServer, { message, end }: Arrivals): Channel => {
  const socket = connect({ host: address, port, noDelay: true });
  let received: Buffer = Buffer.alloc(0);
  socket.on('data', (bytes) => {
    received = Buffer.concat([received, bytes]);
    for (;;) {
      const to = received.length < 2 ? Number.POSITIVE_INFINITY : 2 + received.readUInt16BE(0);
      if (received.length < to) return;
      const whole = received.subarray(2, to);
      received = received.subarray(to);
      message(whole);
    }
  });
  socket.on('error', (error) => end(codeOf(error)));
  socket.on('close', () => end('ECONNRESET'));
  return {
    send: (query) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(query.length);
      socket.write(Buffer.concat([length, query]));
    },
    close: () => socket.destroy(),
  };
};

const codeOf = (error: NodeJS.ErrnoException): string => error.code ?? error.name;
