import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { createSecureContext, createServer as createTlsServer, TLSSocket } from 'node:tls';
import { Worker } from 'node:worker_threads';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FailureMode } from '../../src/model/failure-modes.ts';
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
import {
  healthyAnswer,
  httpTarget,
  outcomeWith,
  testKey,
  testLimits,
  tlsTarget,
  toolsWith,
  toPort,
  whileListening,
} from '../support/probing.ts';

let authority: Authority;
let good: Certificate;

beforeAll(async () => {
  authority = await Authority.create();
  good = await authority.issue({ names: ['host.test'] });
});

/** A TLS server that remembers every byte that it was sent within TLS. */
const listening = ({ chain, key }: Certificate): { readonly server: Server; readonly heard: () => string } => {
  let heard = '';
  const server = createTlsServer({ cert: chain, key }, (socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      heard += bytes.toString('latin1');
      socket.end(healthyAnswer);
    });
  });
  return { server, heard: () => heard };
};

const flawed: readonly {
  readonly title: string;
  readonly mode: FailureMode;
  readonly issue: () => Promise<Certificate>;
}[] = [
  {
    title: 'an expired certificate',
    mode: 'tls-expired',
    issue: () => authority.issue({ names: ['host.test'], fromDays: -30, toDays: -2 }),
  },
  {
    title: 'a certificate that starts next week',
    mode: 'tls-not-yet-valid',
    issue: () => authority.issue({ names: ['host.test'], fromDays: 7 }),
  },
  {
    title: 'a certificate for another name',
    mode: 'tls-name-mismatch',
    issue: () => authority.issue({ names: ['other.test'] }),
  },
  {
    title: 'an incomplete chain',
    mode: 'tls-untrusted',
    issue: () => authority.issue({ names: ['host.test'], without: 'intermediate' }),
  },
  { title: 'a self-signed certificate', mode: 'tls-untrusted', issue: () => authority.selfSigned(['host.test']) },
];

describe('a certificate with an invalid signature', () => {
  it.each(flawed)(
    '$title is reported with its evidence, and nothing is sent, least of all the key',
    async ({ mode, issue }) => {
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

  it('a valid certificate lets the key through, so that the tests above can fail', async () => {
    const { server, heard } = listening(good);
    const outcome = await whileListening(server, (port) =>
      outcomeWith(httpTarget({ auth: 'bearer' }), toolsWith({ ca: authority.rootPem, connectTo: toPort(port) })),
    );
    expect(outcome.status).toBe('pass');
    expect(heard()).toContain(testKey);
  });
});

describe('a handshake', () => {
  const cases: readonly { readonly title: string; readonly mode: FailureMode; readonly server: () => Server }[] = [
    { title: 'that stalls', mode: 'tls-handshake-timeout', server: silentServer },
    { title: 'with TLS 1.0 only', mode: 'tls-handshake-failed', server: () => antiqueTlsServer(good) },
    {
      title: 'on a server that speaks plain HTTP',
      mode: 'tls-handshake-failed',
      server: () => plainRogue(rogues['speaks-garbage']),
    },
    {
      title: 'that is closed',
      mode: 'tls-handshake-failed',
      server: () => plainRogue(rogues['closes-without-answer']),
    },
    { title: 'that is reset', mode: 'connect-reset', server: resettingServer },
  ];
  it.each(cases)('$title is reported', async ({ mode, server }) => {
    const outcome = await whileListening(server(), (port) =>
      outcomeWith(httpTarget(), toolsWith({ ca: authority.rootPem, connectTo: toPort(port) })),
    );
    expect(outcome).toMatchObject({ status: 'fail', failureMode: mode });
  });

  it('that is reset is reported as reset at any moment, even during our first bytes', async () => {
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

describe('TLS failure after the handshake', () => {
  /** A server that asks for a client certificate: in TLS 1.3 the client hears of it only when it believes the handshake over. */
  const mutual = (version: 'TLSv1.2' | 'TLSv1.3'): Server =>
    createTlsServer(
      {
        cert: good.chain,
        key: good.key,
        minVersion: version,
        maxVersion: version,
        requestCert: true,
        rejectUnauthorized: true,
        ca: authority.rootPem,
      },
      (socket) => socket.on('error', () => undefined),
    ).on('tlsClientError', () => undefined);

  it.each([
    ['TLSv1.2', 'handshake failure (alert 40)', 'CLIENT_CERTIFICATE_ASKED'],
    ['TLSv1.3', 'certificate required (alert 116)', 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'],
  ] as const)('a required client certificate is reported, with %s', async (version, alert, code) => {
    await whileListening(mutual(version), async (port) => {
      const tools = toolsWith({ ca: authority.rootPem, connectTo: toPort(port) });
      for (let times = 0; times < 50; times += 1) {
        const outcome = await outcomeWith(httpTarget(), tools);
        expect(outcome).toMatchObject({
          status: 'fail',
          failureMode: 'tls-handshake-failed',
          phase: 'tls',
          hop: 'tls',
          cause: 'certificate-asked',
        });
        expect(outcome.evidence.summary).toContain(alert);
        expect(outcome.evidence.code).toBe(code);
      }
    });
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'a server that shares no cipher asks for no certificate, with %s',
    async (version) => {
      const offer = version === 'TLSv1.2' ? { ciphers: 'NULL-SHA256:@SECLEVEL=0' } : { ecdhCurve: 'brainpoolP256r1' };
      const server = createTlsServer({
        cert: good.chain,
        key: good.key,
        minVersion: version,
        maxVersion: version,
        ...offer,
      });
      await whileListening(
        server.on('tlsClientError', () => undefined),
        async (port) => {
          const outcome = await outcomeWith(
            httpTarget(),
            toolsWith({ ca: authority.rootPem, connectTo: toPort(port) }),
          );
          expect(outcome).toMatchObject({ failureMode: 'tls-handshake-failed', cause: null });
          expect(outcome.evidence.code).toMatch(/^ERR_SSL_.*ALERT/);
        },
      );
    },
  );

  /** Over a good handshake, bytes that are no TLS of this connection: what a broken box in between makes of it. */
  const spoiling = (before: string, bytes: Uint8Array): Server =>
    createServer((raw) => {
      const secureContext = createSecureContext({ cert: good.chain, key: good.key });
      const socket = new TLSSocket(raw, { isServer: true, secureContext });
      for (const each of [raw, socket]) each.on('error', () => undefined);
      socket.once('data', () => socket.write(before, () => raw.end(bytes)));
    });
  const record = Uint8Array.of(0x17, 3, 3, 0, 24, ...Array(24).fill(7));
  const plain = Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n');
  const begun = 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"status":';

  it.each([
    { title: 'a broken record instead of the response', before: '', bytes: record },
    { title: 'a broken record inside the response', before: begun, bytes: record },
    { title: 'plain text instead of the response', before: '', bytes: plain },
    { title: 'plain text inside the response', before: begun, bytes: plain },
  ])("$title is a TLS failure with OpenSSL's reason", async ({ before, bytes }) => {
    const outcome = await whileListening(spoiling(before, bytes), (port) =>
      outcomeWith(httpTarget(), toolsWith({ ca: authority.rootPem, connectTo: toPort(port) })),
    );
    expect(outcome).toMatchObject({ status: 'fail', failureMode: 'tls-handshake-failed', phase: 'tls' });
    expect(outcome.evidence.code).toMatch(/^ERR_SSL_/);
  });

  it.each([
    { title: 'instead of the response', before: '', failureMode: 'connection-closed' },
    { title: 'inside the response', before: begun, failureMode: 'response-truncated' },
  ])(
    'a connection that ends without a TLS alert, $title, keeps its own failure mode',
    async ({ before, failureMode }) => {
      const outcome = await whileListening(spoiling(before, new Uint8Array()), (port) =>
        outcomeWith(httpTarget(), toolsWith({ ca: authority.rootPem, connectTo: toPort(port) })),
      );
      expect(outcome).toMatchObject({ status: 'fail', failureMode });
    },
  );

  it('on the second hop of a redirect shows no certificate of the first', async () => {
    const redirecting = createTlsServer({ cert: good.chain, key: good.key }, (socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () =>
        socket.end('HTTP/1.1 302 Found\r\nlocation: https://host.test:444/\r\ncontent-length: 0\r\n\r\n'),
      );
    });
    await whileListening(plainRogue(rogues['closes-without-answer']), (second) =>
      whileListening(redirecting, async (first) => {
        const connectTo = [
          { fromHost: null, fromPort: 444, toHost: '127.0.0.1', toPort: second },
          { fromHost: null, fromPort: null, toHost: '127.0.0.1', toPort: first },
        ];
        const target = httpTarget({ redirects: 'follow' });
        const outcome = await outcomeWith(target, toolsWith({ ca: authority.rootPem, connectTo }));
        expect(outcome).toMatchObject({ failureMode: 'tls-handshake-failed', address: `127.0.0.1:${second}` });
        expect(outcome.evidence.certificate).toBeNull();
      }),
    );
  });
});

describe('the certificate of a host', () => {
  it('is degraded when it expires soon, with the days left', async () => {
    const soon = await authority.issue({ names: ['host.test'], fromDays: -80, toDays: 9.5 });
    const outcome = await whileListening(listening(soon).server, (port) =>
      outcomeWith(tlsTarget, toolsWith({ ca: authority.rootPem, connectTo: toPort(port) })),
    );
    expect(outcome).toMatchObject({ status: 'degraded', failureMode: 'tls-expires-soon' });
    expect(outcome.evidence.certificate?.daysLeft).toBe(9);
    expect(outcome.evidence.certificate?.chain).toEqual(['CN=host.test', 'CN=Hokusai Sandbox Intermediate']);
  });

  it.each([
    { lifetime: 7, left: 3.5, status: 'pass' },
    { lifetime: 7, left: 1.5, status: 'degraded' },
    { lifetime: 1, left: 0.9, status: 'pass' },
    { lifetime: 47, left: 20, status: 'pass' },
    { lifetime: 47, left: 14.5, status: 'degraded' },
    { lifetime: 90, left: 21.5, status: 'pass' },
    { lifetime: 90, left: 20.5, status: 'degraded' },
    { lifetime: 398, left: 22, status: 'pass' },
  ])('valid for $lifetime days in all, with $left left: $status', async ({ lifetime, left, status }) => {
    const issued = await authority.issue({ names: ['host.test'], fromDays: left - lifetime, toDays: left });
    const outcome = await whileListening(listening(issued).server, (port) =>
      outcomeWith(tlsTarget, toolsWith({ ca: authority.rootPem, connectTo: toPort(port) })),
    );

    expect(outcome.status).toBe(status);
  });

  it('is checked at every address, so that one dead address among several shows', async () => {
    const dns = await DnsServer.start();
    dns.set('host.test', { kind: 'addresses', addresses: ['127.0.0.1', '127.0.0.2'] });
    const { server } = listening(good);
    const port = await listen(server, 0, '127.0.0.1');
    try {
      const outcome = await outcomeWith(
        tlsTarget,
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

  it('a request uses the next address when the first is dead', async () => {
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
  { title: 'normally', code: 'TLS_CLOSED', close: (socket: Socket) => void socket.end() },
  { title: 'by a reset', code: 'ECONNRESET', close: (socket: Socket) => void socket.resetAndDestroy() },
])('a connection that is closed $title before the handshake starts does not wait for ever', async ({ code, close }) => {
  const server = createServer((socket) => setTimeout(() => close(socket), 50));
  await whileListening(server, async (port) => {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    await new Promise((resolve) => socket.once('close', resolve));
    const shaken = secure(socket, 'host.test', { trust: createTrust(null), now: Date.now }, () => undefined);
    await expect(shaken).rejects.toMatchObject({ code, phase: 'tls' });
  });
});
