import type { Server } from 'node:net';
import { outcomeOf } from '../../src/classify/outcome.ts';
import { createRedactor } from '../../src/config/redact.ts';
import type { ConnectTo } from '../../src/config/settings.ts';
import { defaultLimits, type Limits } from '../../src/model/limits.ts';
import type { Outcome } from '../../src/model/report.ts';
import type { DnsTarget, HttpTarget, Target, TlsTarget } from '../../src/model/target.ts';
import { createTrust } from '../../src/probe/handshake.ts';
import { LoopWatch } from '../../src/probe/loop-watch.ts';
import { probe } from '../../src/probe/probe.ts';
import { createResolver } from '../../src/probe/resolve.ts';
import type { ProbeTools } from '../../src/probe/tools.ts';
import { createKeep } from '../../src/raw/keep.ts';
import { closeServer, listen } from '../../src/sandbox/network/sockets.ts';

/** Limits for tests: short where the other side stays silent, long enough for a busy machine where it answers. */
export const testLimits: Limits = {
  ...defaultLimits,
  resolveMs: 1_500,
  connectMs: 1_500,
  tlsMs: 1_500,
  transferMs: 1_500,
  totalMs: 2_500,
  decisiveMs: 2_500,
};

export const testKey = 'hk_test_0123456789abcdefghijklmn';

export const httpTarget = (changes: Partial<HttpTarget> = {}): HttpTarget => ({
  kind: 'http',
  id: 'test.target',
  host: 'test',
  role: null,
  title: 'a target of a test',
  hops: ['dns', 'listener', 'tls', 'rule', 'target-group', 'api'],
  enabled: true,
  timeoutMs: testLimits.totalMs,
  after: [],
  url: 'https://host.test/path',
  method: 'GET',
  auth: 'none',
  headers: {},
  body: null,
  redirects: 'record',
  expect: { status: [200], body: { kind: 'health' } },
  ...changes,
});

export const tlsTarget: TlsTarget = {
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

/** What a healthy server sends, byte for byte. */
export const healthyAnswer =
  'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 20\r\n\r\n{"status":"healthy"}';

export const dnsTarget = (changes: Partial<DnsTarget> = {}): DnsTarget => ({
  kind: 'dns',
  id: 'test.dns',
  host: 'test',
  role: null,
  title: 'a name',
  hops: ['dns'],
  enabled: true,
  timeoutMs: testLimits.totalMs,
  after: [],
  name: 'host.test',
  balancer: null,
  ...changes,
});

export const toolsWith = (changes: Partial<ProbeTools> & { readonly ca?: string | null } = {}): ProbeTools => {
  const { ca = null, ...others } = changes;
  return {
    resolver: createResolver(null, testLimits),
    trust: createTrust(ca),
    connectTo: [],
    chooseProxy: () => null,
    limits: testLimits,
    apiKey: testKey,
    userAgent: 'hokusai-synthetics/test',
    knownHosts: new Set(['host.test']),
    keep: createKeep(createRedactor([testKey])),
    loop: new LoopWatch(),
    now: Date.now,
    cycleEndsAt: performance.now() + 60_000,
    stop: new AbortController().signal,
    ...others,
  };
};

/** Sends everything to this loopback port. */
export const toPort = (port: number): readonly ConnectTo[] => [
  { fromHost: null, fromPort: null, toHost: '127.0.0.1', toPort: port },
];

/** One attempt, judged. */
export const outcomeWith = async (target: Target, tools: ProbeTools): Promise<Outcome> =>
  outcomeOf(target, [await probe(target, tools)], tools.limits);

/** One lookup of a name through these name servers, judged. */
export const lookUp = (
  servers: readonly string[],
  changes: Partial<DnsTarget> = {},
  limits: Limits = testLimits,
): Promise<Outcome> =>
  outcomeWith(dnsTarget(changes), toolsWith({ resolver: createResolver(servers, limits), limits }));

/** Runs work while a server listens on a free loopback port. */
export const whileListening = async <T>(server: Server, work: (port: number) => Promise<T>): Promise<T> => {
  const port = await listen(server, 0, '127.0.0.1');
  try {
    return await work(port);
  } finally {
    await closeServer(server);
  }
};
