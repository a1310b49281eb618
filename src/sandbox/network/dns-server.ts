import type { Socket } from 'node:dgram';
import { createServer, type Server } from 'node:net';
import * as packet from 'dns-packet';
import { closeServer, listenForBoth } from './sockets.ts';

/** What the server says about a name. */
export type ZoneEntry =
  | { readonly kind: 'addresses'; readonly addresses: readonly string[] }
  | { readonly kind: 'alias'; readonly name: string }
  /** The name exists and has nothing. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'servfail' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'silent' };

const rcodes = { servfail: 2, nxdomain: 3, refused: 5 } as const;
const ttl = 60;
/** Aliases that are followed within one answer. */
const aliasLimit = 8;

/** A name server over UDP and TCP for the sandbox's zone, public names and those inside the VPC. */
export class DnsServer {
  readonly #zone = new Map<string, ZoneEntry>();
  readonly #udp: Socket;
  readonly #tcp: Server;
  readonly port: number;

  private constructor(udp: Socket, tcp: Server, port: number) {
    this.#udp = udp;
    this.#tcp = tcp;
    this.port = port;
    udp.on('message', (query, from) => {
      const reply = this.#answer(query);
      if (reply !== null) udp.send(reply, from.port, from.address);
    });
    tcp.on('connection', (socket) => {
      socket.on('error', () => socket.destroy());
      socket.on('data', (bytes) => {
        const reply = this.#answer(bytes.subarray(2));
        if (reply === null) return;
        const length = Buffer.alloc(2);
        length.writeUInt16BE(reply.length);
        socket.write(Buffer.concat([length, reply]));
      });
    });
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
    await Promise.all([new Promise<void>((resolve) => this.#udp.close(() => resolve())), closeServer(this.#tcp)]);
  }

  #answer(query: Buffer): Buffer | null {
    let asked: packet.DecodedPacket;
    try {
      asked = packet.decode(query);
    } catch {
      return null;
    }
    const question = asked.questions?.[0];
    if (question === undefined) return null;
    const { rcode, answers } = this.#lookUp(question.name, question.type);
    if (rcode === null) return null;
    return packet.encode({
      type: 'response',
      id: asked.id ?? 0,
      flags: packet.AUTHORITATIVE_ANSWER | packet.RECURSION_AVAILABLE | rcode,
      questions: asked.questions ?? [],
      answers,
    });
  }

  /** Null as the code: no answer at all. */
  #lookUp(asked: string, type: string): { readonly rcode: number | null; readonly answers: packet.Answer[] } {
    const answers: packet.Answer[] = [];
    let name = asked.toLowerCase();
    for (let i = 0; i < aliasLimit; i += 1) {
      const entry = this.#zone.get(name);
      switch (entry?.kind) {
        case undefined:
          return { rcode: rcodes.nxdomain, answers };
        case 'silent':
          return { rcode: null, answers };
        case 'servfail':
        case 'refused':
          return { rcode: rcodes[entry.kind], answers };
        case 'empty':
          return { rcode: 0, answers };
        case 'addresses':
          if (type === 'A') answers.push(...entry.addresses.map((data) => ({ type: 'A' as const, name, ttl, data })));
          return { rcode: 0, answers };
        case 'alias':
          answers.push({ type: 'CNAME', name, ttl, data: entry.name });
          if (type === 'CNAME') return { rcode: 0, answers };
          name = entry.name.toLowerCase();
      }
    }
    return { rcode: 0, answers };
  }
}
