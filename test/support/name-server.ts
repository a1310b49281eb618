import { createSocket, type Socket } from 'node:dgram';
import { type Socket as Connection, createServer, type Server } from 'node:net';
import * as packet from 'dns-packet';
import { closeServer, listen } from '../../src/sandbox/network/sockets.ts';

/** One query, and the ways to answer it, valid or not. */
export interface Asked {
  readonly name: string;
  readonly type: string;
  readonly protocol: 'udp' | 'tcp';
  readonly query: packet.DecodedPacket;
  /** Where it came from, for answers from another address. */
  readonly from: { readonly address: string; readonly port: number };
  /** A response to it in wire format. */
  readonly response: (changes?: Partial<packet.Packet>) => Buffer;
  /** A response with these addresses, or with none. */
  readonly addresses: (...addresses: readonly string[]) => Buffer;
  readonly error: (rcode: keyof typeof rcodes) => Buffer;
  readonly send: (bytes: Buffer) => void;
  /** Sends raw bytes; over TCP without the length prefix. */
  readonly write: (bytes: Buffer) => void;
}

const rcodes = { formerr: 1, servfail: 2, nxdomain: 3, notimp: 4, refused: 5, notauth: 9 } as const;

export interface NameServerOptions {
  readonly host?: string;
  /** Closes the port of the other protocol. */
  readonly only?: 'udp' | 'tcp';
}

export interface RunningNameServer {
  /** The address in the configuration's format. */
  readonly at: string;
  readonly asked: readonly Asked[];
  readonly close: () => Promise<void>;
}

/** A name server on a free port that answers each query as instructed. */
export const startNameServer = async (
  answer: (asked: Asked) => void,
  { host = '127.0.0.1', only }: NameServerOptions = {},
): Promise<RunningNameServer> => {
  const asked: Asked[] = [];
  const connections = new Set<Connection>();
  let isOpen = true;
  const take = (bytes: Buffer, protocol: Asked['protocol'], from: Asked['from'], write: Asked['write']): void => {
    const one = askedOf(packet.decode(bytes), protocol, from, write);
    asked.push(one);
    answer(one);
  };
  const { udp, tcp, port } = await bind(host);
  udp.on('message', (bytes, from) =>
    take(bytes, 'udp', from, (out) => {
      // A late answer finds the socket closed.
      if (isOpen) udp.send(out, from.port, from.address);
    }),
  );
  tcp.on('connection', (connection) => {
    connections.add(connection);
    connection.on('error', () => connection.destroy());
    connection.on('data', (bytes) => {
      const from = { address: connection.remoteAddress ?? '', port: connection.remotePort ?? 0 };
      take(bytes.subarray(2), 'tcp', from, (out) => connection.write(out));
    });
  });
  const closed = { udp: only === 'tcp', tcp: only === 'udp' };
  if (closed.udp) udp.close();
  if (closed.tcp) await closeServer(tcp);
  return {
    at: host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`,
    asked,
    close: async () => {
      isOpen = false;
      for (const connection of connections) connection.destroy();
      if (!closed.udp) udp.close();
      if (!closed.tcp) await closeServer(tcp);
    },
  };
};

/** Runs work while this server answers. */
export const withNameServer = async <T>(
  answer: (asked: Asked) => void,
  work: (server: RunningNameServer) => Promise<T>,
  options: NameServerOptions = {},
): Promise<T> => {
  const server = await startNameServer(answer, options);
  try {
    return await work(server);
  } finally {
    await server.close();
  }
};

export const framed = (bytes: Buffer): Buffer => {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

/** Bytes that are not DNS, after the query's id. */
export const garbageFor = ({ query }: Asked, size = 40): Buffer => {
  const garbage = Buffer.alloc(size, 0xff);
  garbage.writeUInt16BE(query.id ?? 0);
  return garbage;
};

const askedOf = (
  query: packet.DecodedPacket,
  protocol: Asked['protocol'],
  from: Asked['from'],
  write: Asked['write'],
): Asked => {
  const { name = '', type = '' } = query.questions?.[0] ?? {};
  const response: Asked['response'] = (changes = {}) =>
    packet.encode({
      type: 'response',
      id: query.id ?? 0,
      flags: packet.RECURSION_DESIRED | packet.RECURSION_AVAILABLE,
      questions: query.questions ?? [],
      ...changes,
    });
  return {
    name,
    type,
    protocol,
    query,
    from,
    response,
    addresses: (...found) =>
      response({ answers: found.map((data) => ({ type: data.includes(':') ? 'AAAA' : 'A', name, ttl: 60, data })) }),
    error: (rcode) => response({ flags: packet.RECURSION_DESIRED | packet.RECURSION_AVAILABLE | rcodes[rcode] }),
    send: (bytes) => write(protocol === 'tcp' ? framed(bytes) : bytes),
    write,
  };
};

const bind = async (host: string): Promise<{ readonly udp: Socket; readonly tcp: Server; readonly port: number }> => {
  for (;;) {
    const tcp = createServer();
    const port = await listen(tcp, 0, host);
    const udp = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    const free = await new Promise<boolean>((resolve) => {
      udp.once('error', () => resolve(false));
      udp.bind(port, host, () => resolve(true));
    });
    if (free) return { udp, tcp, port };
    udp.close();
    await closeServer(tcp);
  }
};
