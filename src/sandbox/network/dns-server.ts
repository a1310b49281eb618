import type { Socket } from 'node:dgram';
import { type Socket as Connection, createServer, type Server } from 'node:net';
import * as packet from 'dns-packet';
import { answerFrom, type ZoneEntry } from './dns-zone.ts';
import { closeServer, listenForBoth } from './sockets.ts';

/** UDP response size unless the query names another (RFC 1035, section 4.2.1). */
const udpOctets = 512;

/** A name server over UDP and TCP for the sandbox's zone, with public names and those inside the VPC. */
export class DnsServer {
  readonly #zone = new Map<string, ZoneEntry>();
  readonly #udp: Socket;
  readonly #tcp: Server;
  readonly #connections = new Set<Connection>();
  readonly port: number;

  private constructor(udp: Socket, tcp: Server, port: number) {
    this.#udp = udp;
    this.#tcp = tcp;
    this.port = port;
    udp.on('message', (bytes, from) => {
      const query = decoded(bytes);
      const response = query === null ? null : this.#answer(query);
      if (query === null || response === null) return;
      const whole = packet.encode(response);
      const fits = whole.length <= largestFor(query);
      udp.send(fits ? whole : packet.encode(truncated(response)), from.port, from.address);
    });
    tcp.on('connection', (connection) => this.#converse(connection));
  }

  static async start(): Promise<DnsServer> {
    const tcp = createServer();
    const { udp, port } = await listenForBoth(tcp, '127.0.0.1');
    return new DnsServer(udp, tcp, port);
  }

  set(name: string, entry: ZoneEntry): void {
    this.#zone.set(name.toLowerCase(), entry);
  }

  get(name: string): ZoneEntry | undefined {
    return this.#zone.get(name.toLowerCase());
  }

  remove(name: string): void {
    this.#zone.delete(name.toLowerCase());
  }

  get names(): readonly string[] {
    return [...this.#zone.keys()];
  }

  async close(): Promise<void> {
    for (const connection of this.#connections) connection.destroy();
    await Promise.all([new Promise<void>((resolve) => this.#udp.close(() => resolve())), closeServer(this.#tcp)]);
  }

  #converse(connection: Connection): void {
    let received: Buffer = Buffer.alloc(0);
    this.#connections.add(connection);
    connection.on('close', () => this.#connections.delete(connection));
    connection.on('error', () => connection.destroy());
    connection.on('data', (bytes) => {
      received = Buffer.concat([received, bytes]);
      while (received.length >= 2 && received.length >= 2 + received.readUInt16BE()) {
        const end = 2 + received.readUInt16BE();
        const query = decoded(received.subarray(2, end));
        received = received.subarray(end);
        const response = query === null ? null : this.#answer(query);
        if (response !== null) connection.write(packet.streamEncode(response));
      }
    });
  }

  #answer(query: packet.DecodedPacket): packet.Packet | null {
    const question = query.questions?.[0];
    const found = question === undefined ? null : answerFrom(this.#zone, question.name, question.type);
    if (found === null) return null;
    return {
      type: 'response',
      id: query.id ?? 0,
      flags: packet.AUTHORITATIVE_ANSWER | packet.RECURSION_DESIRED | packet.RECURSION_AVAILABLE | found.rcode,
      questions: query.questions ?? [],
      answers: [...found.answers],
      authorities: [...found.authorities],
    };
  }
}

const decoded = (bytes: Buffer): packet.DecodedPacket | null => {
  try {
    return packet.decode(bytes);
  } catch {
    return null;
  }
};

const largestFor = ({ additionals = [] }: packet.DecodedPacket): number =>
  additionals.reduce(
    (most, record) => (record.type === 'OPT' ? Math.max(most, record.udpPayloadSize) : most),
    udpOctets,
  );

const truncated = ({ flags = 0, ...response }: packet.Packet): packet.Packet => ({
  ...response,
  flags: flags | packet.TRUNCATED_RESPONSE,
  answers: [],
  authorities: [],
});
