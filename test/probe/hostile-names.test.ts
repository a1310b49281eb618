import type { RemoteInfo, Socket } from 'node:dgram';
import { createServer, type Server } from 'node:net';
import * as packet from 'dns-packet';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/platform/report.ts';
import type { DnsTarget } from '../../src/platform/target.ts';
import { createResolver } from '../../src/probe/resolve.ts';
import { DnsServer } from '../../src/sandbox/network/dns-server.ts';
import type { ZoneEntry } from '../../src/sandbox/network/dns-zone.ts';
import { closeServer, listenForBoth } from '../../src/sandbox/network/sockets.ts';
import { outcomeWith, testLimits, toolsWith } from '../support/probing.ts';

const name = 'host.test';

const target = (balancer: string | null = null): DnsTarget => ({
  kind: 'dns',
  id: 'test.dns',
  host: 'test',
  role: null,
  title: 'a name',
  hops: ['dns'],
  enabled: true,
  timeoutMs: testLimits.totalMs,
  after: [],
  name,
  balancer,
});

const ask = (port: number, of = target()): Promise<Outcome> =>
  outcomeWith(of, toolsWith({ resolver: createResolver([`127.0.0.1:${port}`], testLimits) }));

const inZone = async (zone: Readonly<Record<string, ZoneEntry>>, of = target()): Promise<Outcome> => {
  const server = await DnsServer.start();
  for (const [entry, value] of Object.entries(zone)) server.set(entry, value);
  try {
    return await ask(server.port, of);
  } finally {
    await server.close();
  }
};

type Answer = (query: packet.DecodedPacket, from: RemoteInfo, socket: Socket) => void;

/** A name server that answers as told over UDP, and over TCP where a server is given. */
const withServer = async (answer: Answer, tcp: Server | null = null): Promise<Outcome> => {
  const listener = tcp ?? createServer();
  const { udp, port } = await listenForBoth(listener, '127.0.0.1');
  if (tcp === null) await closeServer(listener);
  udp.on('message', (query, from) => answer(packet.decode(query), from, udp));
  try {
    return await ask(port);
  } finally {
    udp.close();
    if (tcp !== null) await closeServer(tcp);
  }
};

const reply = (query: packet.DecodedPacket, changes: Partial<packet.Packet> = {}): Buffer =>
  packet.encode({ type: 'response', id: query.id ?? 0, flags: 0, questions: query.questions ?? [], ...changes });

const address = (data: string): packet.Answer => ({ type: 'A', name, ttl: 60, data });

describe('names', () => {
  it('a name with an address passes, and the chain of names to it is evidence', async () => {
    const outcome = await inZone({
      [name]: { kind: 'alias', name: 'second.test' },
      'second.test': { kind: 'alias', name: 'balancer.elb.amazonaws.com' },
      'balancer.elb.amazonaws.com': { kind: 'addresses', addresses: ['127.0.0.1'] },
    });
    expect(outcome.status).toBe('pass');
    expect(outcome.evidence.resolution?.chain).toEqual([name, 'second.test', 'balancer.elb.amazonaws.com']);
  });

  it('a chain to another balancer is told', async () => {
    const outcome = await inZone(
      {
        [name]: { kind: 'alias', name: 'other.elb.amazonaws.com' },
        'other.elb.amazonaws.com': { kind: 'addresses', addresses: ['127.0.0.1'] },
      },
      target('registry-*.elb.amazonaws.com'),
    );
    expect(outcome).toMatchObject({ status: 'fail', failureMode: 'dns-unexpected-target', hop: 'dns' });
    expect(outcome.evidence.summary).toContain('other.elb.amazonaws.com');
  });

  it('an alias that the zone resolves itself shows no chain, and passes', async () => {
    const outcome = await inZone(
      { [name]: { kind: 'addresses', addresses: ['127.0.0.1'] } },
      target('registry-*.elb.amazonaws.com'),
    );
    expect(outcome.status).toBe('pass');
  });

  it.each([
    ['dns-nxdomain', {}],
    ['dns-servfail', { [name]: { kind: 'servfail' } }],
    ['dns-refused', { [name]: { kind: 'refused' } }],
    ['dns-no-address', { [name]: { kind: 'empty' } }],
    ['dns-timeout', { [name]: { kind: 'silent' } }],
  ] as const)('%s', async (mode, zone) => {
    expect(await inZone(zone)).toMatchObject({ status: 'fail', failureMode: mode, phase: 'resolve' });
  });

  it('two names that lead to each other end, as a name without an address, with the circle as evidence', async () => {
    const outcome = await inZone({
      [name]: { kind: 'alias', name: 'second.test' },
      'second.test': { kind: 'alias', name },
    });
    expect(outcome).toMatchObject({ status: 'fail', failureMode: 'dns-no-address' });
    expect(outcome.evidence.resolution?.chain).toEqual([name, 'second.test', name]);
  });
});

describe('name servers that misbehave', () => {
  it('a chain of ever new names ends', async () => {
    let made = 0;
    const outcome = await withServer((query, from, socket) => {
      const asked = query.questions?.[0]?.name ?? name;
      made += 1;
      socket.send(
        reply(query, { answers: [{ type: 'CNAME', name: asked, ttl: 1, data: `n${made}.test` }] }),
        from.port,
        from.address,
      );
    });
    expect(outcome).toMatchObject({ status: 'fail', failureMode: 'dns-no-address' });
  });

  it('an answer with a forged id is not believed', async () => {
    const outcome = await withServer((query, from, socket) => {
      const forged = reply({ ...query, id: ((query.id ?? 0) + 1) & 0xffff }, { answers: [address('127.0.0.1')] });
      socket.send(forged, from.port, from.address);
    });
    expect(outcome).toMatchObject({ status: 'fail', failureMode: 'dns-timeout' });
  });

  it('a truncated answer is asked for again over TCP', async () => {
    const tcp = createServer((socket) =>
      socket.on('data', (bytes) => {
        const query = packet.decode(bytes.subarray(2));
        const whole = reply(query, query.questions?.[0]?.type === 'A' ? { answers: [address('127.0.0.9')] } : {});
        const length = Buffer.alloc(2);
        length.writeUInt16BE(whole.length);
        socket.write(Buffer.concat([length, whole]));
      }),
    );
    const outcome = await withServer(
      (query, from, socket) => socket.send(reply(query, { flags: packet.TRUNCATED_RESPONSE }), from.port, from.address),
      tcp,
    );
    expect(outcome.status).toBe('pass');
    expect(outcome.evidence.resolution?.addresses).toEqual(['127.0.0.9']);
  });

  it('a truncated answer without TCP behind it is no answer', async () => {
    const outcome = await withServer((query, from, socket) =>
      socket.send(reply(query, { flags: packet.TRUNCATED_RESPONSE }), from.port, from.address),
    );
    expect(outcome.status).toBe('fail');
    expect(outcome.failureMode).toMatch(/^dns-(timeout|servfail)$/);
  });

  it('garbage instead of an answer is a failure of the name server', async () => {
    const outcome = await withServer((query, from, socket) => {
      const garbage = Buffer.alloc(40, 0xff);
      garbage.writeUInt16BE(query.id ?? 0);
      socket.send(garbage, from.port, from.address);
    });
    expect(outcome.status).toBe('fail');
    expect(outcome.failureMode).toMatch(/^dns-(timeout|servfail|no-address)$/);
  });

  it('a name server that is not there is one that does not answer', async () => {
    const gone = await DnsServer.start();
    await gone.close();
    expect(await ask(gone.port)).toMatchObject({ status: 'fail', failureMode: 'dns-timeout' });
  });
});
