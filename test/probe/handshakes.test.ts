import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { Worker } from 'node:worker_threads';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FailureMode } from '../../src/platform/failure-modes.ts';
import type { TlsTarget } from '../../src/platform/target.ts';
import { createTrust, secure } from '../../src/probe/handshake.ts';
import { createResolver } from '../../src/probe/resolve.ts';
import { Authority, type Certificate } from '../../src/sandbox/network/certificates.ts';
import { DnsServer } from '../../src/sandbox/network/dns-server.ts';
import {
  antiqueTlsServer,
  plainRogue,
  resettingServer,
  rogues,
  silentServer,
} from '../../src/sandbox/network/rogues.ts';
import { closeServer, listen } from '../../src/sandbox/network/sockets.ts';
import { httpTarget, outcomeWith, testKey, testLimits, toolsWith, toPort, whileListening } from '../support/probing.ts';

let authority: Authority;
let good: Certificate;

beforeAll(async () => {
  authority = await Authority.create();
  good = await authority.issue({ names: ['host.test'] });
});

const certificateTarget: TlsTarget = {
  kind: 'tls',
  id: 'test.certificate',
  host: 'test',
  role: null,
  title: 'a certificate',
  hops: ['dns', 'listener', 'tls'],
  enabled: true,
  timeoutMs: testLimits.totalMs,
  after: [],
  name: 'host.test',
  port: 443,
  certificateDays: 21,
};

/** A TLS server that remembers every byte that it was sent within TLS. */
const listening = ({ chain, key }: Certificate): { readonly server: Server; readonly heard: () => string } => {
  let heard = '';
  const server = createTlsServer({ cert: chain, key }, (socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      heard += bytes.toString('latin1');
      socket.end('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 20\r\n\r\n{"status":"healthy"}');
    });
  });
  return { server, heard: () => heard };
};

const flawed: readonly (readonly [string, FailureMode, () => Promise<Certificate>])[] = [
  ['an expired certificate', 'tls-expired', () => authority.issue({ names: ['host.test'], fromDays: -30, toDays: -2 })],
  ['a certificate of next week', 'tls-not-yet-valid', () => authority.issue({ names: ['host.test'], fromDays: 7 })],
  ['a certificate of another name', 'tls-name-mismatch', () => authority.issue({ names: ['other.test'] })],
  ['an incomplete chain', 'tls-untrusted', () => authority.issue({ names: ['host.test'], without: 'intermediate' })],
  ['a self-signed certificate', 'tls-untrusted', () => authority.selfSigned(['host.test'])],
];

describe('a certificate that does not verify', () => {
  it.each(flawed)(
    '%s is reported with its evidence, and nothing is sent, least of all the key',
    async (_, mode, issue) => {
      const certificate = await issue();
      const { server, heard } = listening(certificate);
      const outcome = await whileListening(server, (port) =>
        outcomeWith(httpTarget({ auth: 'bearer' }), toolsWith({ ca: authority.rootPem, connectTo: toPort(port) })),
      );
      expect(outcome).toMatchObject({ status: 'fail', failureMode: mode, phase: 'tls', hop: 'tls' });
      expect(outcome.evidence.certificate?.validTo).toMatch(/^\d{4}-\d\d-\d\dT/);
      expect(outcome.evidence.certificate?.names.length).toBeGreaterThan(0);
      expect(heard()).toBe('');
    },
  );

  it('a good one lets the key through, so that the tests above can fail', async () => {
    const { server, heard } = listening(good);
    const outcome = await whileListening(server, (port) =>
      outcomeWith(httpTarget({ auth: 'bearer' }), toolsWith({ ca: authority.rootPem, connectTo: toPort(port) })),
    );
    expect(outcome.status).toBe('pass');
    expect(heard()).toContain(testKey);
  });
});

describe('a handshake', () => {
  const cases: readonly (readonly [string, FailureMode, () => Server])[] = [
    ['that stalls', 'tls-handshake-timeout', silentServer],
    ['with TLS 1.0 only', 'tls-handshake-failed', () => antiqueTlsServer(good)],
    ['that meets plain HTTP', 'tls-handshake-failed', () => plainRogue(rogues['speaks-garbage'])],
    ['that is closed', 'tls-handshake-failed', () => plainRogue(rogues['closes-without-answer'])],
    ['that is reset', 'connect-reset', resettingServer],
  ];
  it.each(cases)('%s is named', async (_, mode, server) => {
    const outcome = await whileListening(server(), (port) =>
      outcomeWith(httpTarget(), toolsWith({ ca: authority.rootPem, connectTo: toPort(port) })),
    );
    expect(outcome).toMatchObject({ status: 'fail', failureMode: mode });
  });

  it('that is reset is named so whenever the reset arrives, also when it meets our own first bytes', async () => {
    // In a thread of its own, so that it resets while we are at work.
    const elsewhere = new Worker(
      `const { createServer } = require('node:net');
       const server = createServer((socket) => socket.resetAndDestroy()).listen(0, '127.0.0.1', () =>
         require('node:worker_threads').parentPort.postMessage(server.address().port));`,
      { eval: true },
    );
    try {
      const [port] = (await once(elsewhere, 'message')) as [number];
      const tools = toolsWith({ ca: authority.rootPem, connectTo: toPort(port) });
      for (let times = 0; times < 200; times += 1) {
        const outcome = await outcomeWith(httpTarget(), tools);
        expect(outcome).toMatchObject({ status: 'fail', failureMode: 'connect-reset' });
      }
    } finally {
      await elsewhere.terminate();
    }
  });
});

describe('the certificate of a host', () => {
  it('that expires soon is degraded, with the days that are left', async () => {
    const soon = await authority.issue({ names: ['host.test'], toDays: 9.5 });
    const outcome = await whileListening(listening(soon).server, (port) =>
      outcomeWith(certificateTarget, toolsWith({ ca: authority.rootPem, connectTo: toPort(port) })),
    );
    expect(outcome).toMatchObject({ status: 'degraded', failureMode: 'tls-expires-soon' });
    expect(outcome.evidence.certificate?.daysLeft).toBe(9);
    expect(outcome.evidence.certificate?.chain).toEqual(['CN=host.test', 'CN=Hokusai Sandbox Intermediate']);
  });

  it('is asked for at every address, so that one dead address among several shows', async () => {
    const dns = await DnsServer.start();
    dns.set('host.test', { kind: 'addresses', addresses: ['127.0.0.1', '127.0.0.2'] });
    const { server } = listening(good);
    const port = await listen(server, 0, '127.0.0.1');
    try {
      const outcome = await outcomeWith(
        certificateTarget,
        toolsWith({
          ca: authority.rootPem,
          resolver: createResolver([`127.0.0.1:${dns.port}`], testLimits),
          connectTo: [{ fromHost: null, fromPort: null, toHost: null, toPort: port }],
        }),
      );
      expect(outcome).toMatchObject({
        status: 'degraded',
        failureMode: 'connect-refused',
        address: `127.0.0.2:${port}`,
      });
      expect(outcome.evidence.summary).toContain('127.0.0.2 (1 of 2 addresses)');
      expect(outcome.evidence.connects.map(({ address, code }) => [address, code])).toEqual([
        ['127.0.0.1', null],
        ['127.0.0.2', 'ECONNREFUSED'],
      ]);
    } finally {
      await Promise.all([dns.close(), closeServer(server)]);
    }
  });

  it('a request goes to the next address when the first is dead', async () => {
    const dns = await DnsServer.start();
    dns.set('host.test', { kind: 'addresses', addresses: ['127.0.0.2', '127.0.0.1'] });
    const { server } = listening(good);
    const port = await listen(server, 0, '127.0.0.1');
    try {
      const outcome = await outcomeWith(
        httpTarget(),
        toolsWith({
          ca: authority.rootPem,
          resolver: createResolver([`127.0.0.1:${dns.port}`], testLimits),
          connectTo: [{ fromHost: null, fromPort: null, toHost: null, toPort: port }],
        }),
      );
      expect(outcome).toMatchObject({ status: 'pass', address: `127.0.0.1:${port}` });
    } finally {
      await Promise.all([dns.close(), closeServer(server)]);
    }
  });
});

it.each([
  ['in good order', 'TLS_CLOSED', (socket: Socket) => void socket.end()],
  ['by a reset', 'ECONNRESET', (socket: Socket) => void socket.resetAndDestroy()],
])('a connection that is closed %s before the handshake can begin is no endless wait', async (_, code, close) => {
  const server = createServer((socket) => setTimeout(() => close(socket), 50));
  await whileListening(server, async (port) => {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    await new Promise((resolve) => socket.once('close', resolve));
    const shaken = secure(socket, 'host.test', createTrust(null), Date.now, () => undefined);
    await expect(shaken).rejects.toMatchObject({ code, phase: 'tls' });
  });
});
