import { spawnSync } from 'node:child_process';
import type { Server, Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FailureMode } from '../../src/model/failure-modes.ts';
import type { Outcome, Status } from '../../src/model/report.ts';
import type { Target } from '../../src/model/target.ts';
import { createResolver } from '../../src/probe/resolve.ts';
import { type Blackhole, startBlackhole } from '../../src/sandbox/network/blackhole.ts';
import { Authority, type Certificate } from '../../src/sandbox/network/certificates.ts';
import { DnsServer } from '../../src/sandbox/network/dns-server.ts';
import { plainRogue, resettingServer, rogues, silentServer } from '../../src/sandbox/network/rogues.ts';
import { closeServer, listen } from '../../src/sandbox/network/sockets.ts';
import { healthyAnswer, httpTarget, outcomeWith, testLimits, tlsTarget, toolsWith } from '../support/probing.ts';
import { refusingPort } from '../support/refusing-port.ts';

let authority: Authority;
let good: Certificate;
let dns: DnsServer;
const running: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  authority = await Authority.create();
  good = await authority.issue({ names: ['host.test'] });
});

beforeEach(async () => {
  dns = await DnsServer.start();
});

afterEach(async () => {
  await Promise.all([dns.close(), ...running.splice(0).map((stop) => stop())]);
});

const serving = ({ chain, key }: Certificate): Server =>
  createTlsServer({ cert: chain, key }, (socket: Socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(healthyAnswer));
  });

const start = async (server: Server, address: string, port: number): Promise<number> => {
  const taken = await listen(server, port, address);
  running.push(() => closeServer(server));
  return taken;
};

/** What stands at the addresses of host.test, all on one port; null: nothing listens there. */
const probed = async (
  servers: Readonly<Record<string, Server | 'drops' | null>>,
  target: Target = tlsTarget,
): Promise<Outcome> => {
  dns.set('host.test', { kind: 'addresses', addresses: Object.keys(servers) });
  let port = 0;
  for (const [address, server] of Object.entries(servers)) {
    if (server === null) continue;
    if (server !== 'drops') port = await start(server, address, port);
    else {
      const hole: Blackhole = await startBlackhole(address, port);
      running.push(() => hole.close());
      port = hole.port;
    }
  }
  if (port === 0) {
    const refusing = await refusingPort();
    running.push(() => refusing.close());
    port = refusing.port;
  }
  return outcomeWith(
    target,
    toolsWith({
      ca: authority.rootPem,
      resolver: createResolver([`127.0.0.1:${dns.port}`], testLimits),
      connectTo: [{ fromHost: null, fromPort: null, toHost: null, toPort: port }],
    }),
  );
};

const each = ({ evidence }: Outcome): readonly (readonly [string, Status, FailureMode | null])[] =>
  evidence.addresses.map(({ address, status, failureMode }) => [
    address.replace(/:\d+$/, '').replace(/[[\]]/g, ''),
    status,
    failureMode,
  ]);

describe('a certificate target without a working address', () => {
  const alone: readonly {
    readonly title: string;
    readonly failureMode: FailureMode;
    readonly make: () => Promise<Server | 'drops' | null> | Server | 'drops' | null;
  }[] = [
    {
      title: 'expired',
      failureMode: 'tls-expired',
      make: async () => serving(await authority.issue({ names: ['host.test'], toDays: -3, fromDays: -90 })),
    },
    {
      title: 'that starts next week',
      failureMode: 'tls-not-yet-valid',
      make: async () => serving(await authority.issue({ names: ['host.test'], fromDays: 7 })),
    },
    {
      title: 'for another name',
      failureMode: 'tls-name-mismatch',
      make: async () => serving(await authority.issue({ names: ['www.test'] })),
    },
    {
      title: 'self-signed',
      failureMode: 'tls-untrusted',
      make: async () => serving(await authority.selfSigned(['host.test'])),
    },
    {
      title: 'without its intermediate',
      failureMode: 'tls-untrusted',
      make: async () => serving(await authority.issue({ names: ['host.test'], without: 'intermediate' })),
    },
    { title: 'without a listener', failureMode: 'connect-refused', make: () => null },
    { title: 'behind a firewall that drops packets', failureMode: 'connect-timeout', make: () => 'drops' },
    { title: 'that resets the connection', failureMode: 'connect-reset', make: resettingServer },
    { title: 'that stalls', failureMode: 'tls-handshake-timeout', make: silentServer },
    {
      title: 'on a server that speaks plain HTTP',
      failureMode: 'tls-handshake-failed',
      make: () => plainRogue(rogues['speaks-garbage']),
    },
  ];

  it.each(alone)('fails with one address: $title', async ({ failureMode, make }) => {
    const outcome = await probed({ '127.0.0.1': await make() });
    expect(outcome).toMatchObject({ status: 'fail', failureMode });
    expect(each(outcome)).toEqual([['127.0.0.1', 'fail', failureMode]]);
  });

  it('fails with several addresses, and keeps the evidence of each', async () => {
    const expired = await authority.issue({ names: ['host.test'], fromDays: -90, toDays: -3 });
    const other = await authority.issue({ names: ['www.test'] });
    const outcome = await probed({ '127.0.0.2': serving(expired), '127.0.0.3': serving(other), '127.0.0.4': null });
    expect(outcome).toMatchObject({ status: 'fail', failureMode: 'tls-expired' });
    expect(each(outcome)).toEqual([
      ['127.0.0.2', 'fail', 'tls-expired'],
      ['127.0.0.3', 'fail', 'tls-name-mismatch'],
      ['127.0.0.4', 'fail', 'connect-refused'],
    ]);
    expect(outcome.evidence.addresses.map(({ certificate }) => certificate?.names ?? null)).toEqual([
      ['host.test'],
      ['www.test'],
      null,
    ]);
    expect(outcome.evidence.summary).toContain('127.0.0.2, 127.0.0.3, 127.0.0.4 (3 of 3 addresses)');
  });
});

describe('a certificate target with some working addresses', () => {
  it('is degraded, with mode and certificate of the failing address, in any position', async () => {
    const expired = await authority.issue({ names: ['host.test'], fromDays: -90, toDays: -3 });
    const outcome = await probed({ '127.0.0.2': serving(good), '127.0.0.3': serving(expired) });
    expect(outcome).toMatchObject({ status: 'degraded', failureMode: 'tls-expired', phase: 'tls' });
    expect(outcome.address).toMatch(/^127\.0\.0\.3:/);
    expect(outcome.evidence.certificate?.daysLeft).toBeLessThan(0);
    expect(outcome.evidence.summary).toContain('127.0.0.3 (1 of 2 addresses)');
  });

  it('is not called untrusted because of another address’s certificate', async () => {
    const outcome = await probed({
      '127.0.0.2': serving(good),
      '127.0.0.3': plainRogue(rogues['closes-without-answer']),
    });
    expect(outcome).toMatchObject({ status: 'degraded', failureMode: 'tls-handshake-failed' });
    expect(outcome.evidence.certificate).toBeNull();
  });

  it('is degraded when one address serves an old certificate that expires soon', async () => {
    const soon = await authority.issue({ names: ['host.test'], fromDays: -80, toDays: 9.5 });
    const outcome = await probed({ '127.0.0.2': serving(good), '127.0.0.3': serving(soon) });
    expect(outcome).toMatchObject({ status: 'degraded', failureMode: 'tls-expires-soon' });
    expect(outcome.evidence.certificate?.daysLeft).toBe(9);
    expect(outcome.evidence.summary).toContain('127.0.0.3');
  });

  it('keeps a working address, however long the silent ones took', async () => {
    const silent = Object.fromEntries([2, 3, 4, 5, 6].map((n) => [`127.0.0.${n}`, silentServer()]));
    const outcome = await probed({ ...silent, '127.0.0.7': serving(good) });
    expect(outcome).toMatchObject({ status: 'degraded', failureMode: 'tls-handshake-timeout' });
    expect(each(outcome).at(-1)).toEqual(['127.0.0.7', 'pass', null]);
    expect(outcome.timingsMs.tls).toBeLessThan(2 * testLimits.tlsMs);
  });

  it('shows the chain of the failing address, even if another address sent the same certificate with a longer chain', async () => {
    const [leaf = ''] = good.chain.split(/(?<=-----END CERTIFICATE-----)/);
    const outcome = await probed({ '127.0.0.2': serving(good), '127.0.0.3': serving({ chain: leaf, key: good.key }) });
    expect(outcome).toMatchObject({ status: 'degraded', failureMode: 'tls-untrusted' });
    expect(outcome.evidence.certificate?.chain).toEqual(['CN=host.test']);
    expect(outcome.evidence.addresses.map(({ certificate }) => certificate?.chain.length)).toEqual([2, 1]);
  });
});

it('a certificate target is inconclusive when the end of the cycle interrupts it, whatever one address did', async () => {
  dns.set('host.test', { kind: 'addresses', addresses: ['127.0.0.2', '127.0.0.3'] });
  const port = await start(silentServer(), '127.0.0.2', 0);
  const outcome = await outcomeWith(
    tlsTarget,
    toolsWith({
      resolver: createResolver([`127.0.0.1:${dns.port}`], testLimits),
      connectTo: [{ fromHost: null, fromPort: null, toHost: null, toPort: port }],
      cycleEndsAt: performance.now() + 700,
    }),
  );
  expect(outcome).toMatchObject({ status: 'inconclusive', failureMode: 'deadline-exceeded' });
  expect(each(outcome)).toEqual([
    ['127.0.0.2', 'inconclusive', 'deadline-exceeded'],
    ['127.0.0.3', 'fail', 'connect-refused'],
  ]);
});

/** What the kernel refuses at once, for any host: multicast of IPv6, broadcast of loopback. */
const families = [
  { title: 'IPv6', lacking: 'ff0e::1', having: '127.0.0.1' },
  { title: 'IPv4', lacking: '127.255.255.255', having: '::1' },
] as const;

describe.each(families)('a prober without $title', ({ lacking, having }) => {
  it('passes requests and certificates that work over the other family', async () => {
    expect(await probed({ [lacking]: null, [having]: serving(good) })).toMatchObject({ status: 'pass' });
    expect(await probed({ [lacking]: null, [having]: serving(good) }, httpTarget())).toMatchObject({ status: 'pass' });
  });

  it('reports the result of the reachable address, and keeps the unreachable one as evidence', async () => {
    for (const target of [tlsTarget, httpTarget()]) {
      const outcome = await probed({ [lacking]: null, [having]: null }, target);
      expect(outcome).toMatchObject({
        status: 'fail',
        failureMode: 'connect-refused',
        evidence: { code: 'ECONNREFUSED' },
      });
      expect(outcome.evidence.connects.map(({ address }) => address).toSorted()).toEqual([lacking, having].toSorted());
    }
  });

  it('still finds one bad certificate among the reachable ones', async () => {
    const expired = await authority.issue({ names: ['host.test'], fromDays: -90, toDays: -3 });
    expect(await probed({ [lacking]: null, [having]: serving(expired) })).toMatchObject({
      status: 'fail',
      failureMode: 'tls-expired',
    });
  });
});

describe.each(['refuses', 'drops'] as const)('an IPv6 address that %s connections', (how) => {
  const dead = { '::1': how === 'drops' ? how : null } as const;

  it('is no fault while IPv4 works, as clients then use IPv4', async () => {
    for (const target of [tlsTarget, httpTarget()])
      expect(await probed({ ...dead, '127.0.0.1': serving(good) }, target)).toMatchObject({ status: 'pass' });
  });

  it('hides no fault of IPv4', async () => {
    const expired = await authority.issue({ names: ['host.test'], fromDays: -90, toDays: -3 });
    for (const target of [tlsTarget, httpTarget()])
      expect(await probed({ ...dead, '127.0.0.1': serving(expired) }, target)).toMatchObject({
        status: 'fail',
        failureMode: 'tls-expired',
      });
    for (const target of [tlsTarget, httpTarget()])
      expect(await probed({ ...dead, '127.0.0.1': null }, target)).toMatchObject({
        status: 'fail',
        failureMode: 'connect-refused',
      });
  });

  it('beside an IPv4 address that drops and one that refuses is a time-out, as for a client', async () => {
    expect(await probed({ ...dead, '127.0.0.1': 'drops', '127.0.0.9': null }, httpTarget())).toMatchObject({
      status: 'fail',
      failureMode: 'connect-timeout',
    });
  });
});

it('an IPv4 address that refuses connections is a fault, even if IPv6 works', async () => {
  expect(await probed({ '127.0.0.1': null, '::1': serving(good) })).toMatchObject({
    status: 'degraded',
    failureMode: 'connect-refused',
  });
});

it('one of two IPv6 addresses that refuses connections is a fault: IPv6 works from here', async () => {
  expect(await probed({ '::1': serving(good), '::ffff:127.0.0.9': null, '127.0.0.1': serving(good) })).toMatchObject({
    status: 'degraded',
    failureMode: 'connect-refused',
  });
});

it('one unroutable address among others of its family counts as a failure', async () => {
  expect(await probed({ '127.255.255.255': null, '127.0.0.1': serving(good) })).toMatchObject({
    status: 'degraded',
    failureMode: 'connect-unreachable',
  });
});

const inNetworkOfItsOwn = (script: string) =>
  spawnSync(
    'unshare',
    ['--user', '--map-root-user', '--net', process.execPath, '--input-type=module-typescript', '-e', script],
    { encoding: 'utf8', env: { ...process.env, NODE_NO_WARNINGS: '1' }, timeout: 20_000 },
  );
const hasNamespaces = inNetworkOfItsOwn('').status === 0;

it.skipIf(!hasNamespaces)('a name without a reachable address is inconclusive, not a failure of the platform', () => {
  const { stdout, stderr } = inNetworkOfItsOwn(`
    import { httpTarget, outcomeWith, toolsWith } from './test/support/probing.ts';
    const tools = toolsWith();
    const certificate = ${JSON.stringify(tlsTarget)};
    const all = [httpTarget({ url: 'https://[2001:db8::1]/' }), { ...certificate, name: '192.0.2.1' }];
    const outcomes = await Promise.all(all.map((target) => outcomeWith(target, tools)));
    process.stdout.write(JSON.stringify(outcomes.map(({ status, failureMode, evidence }) => [status, failureMode, evidence.code])));
    process.exit(0);`);
  expect(stdout, stderr).toBe(JSON.stringify(Array(2).fill(['inconclusive', 'connect-unreachable', 'NO_ROUTE'])));
});
