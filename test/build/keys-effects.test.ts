import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Outcome, Report, Status } from '../../src/model/report.ts';
import { Authority } from '../../src/sandbox/network/certificates.ts';
import { DnsServer } from '../../src/sandbox/network/dns-server.ts';
import { cli } from '../support/cli.ts';
import { type Heard, type OneServer, onlyTargets, startOneServer } from '../support/one-server.ts';

const key = 'hk_test_0123456789abcdef0123456789abcdef';
const roles = ['registry', 'api', 'mlflow', 'platform', 'auth'] as const;
const own = (changes: object = {}): object => ({ url: 'https://api.shop.example/ok', ...changes });

const targets = {
  ...onlyTargets(Object.fromEntries(roles.map((role) => [`${role}.root`, { enabled: true }]))),
  'registry.cors-preflight': { enabled: true },
  'auth.dns': { enabled: true, balancer: 'elsewhere.*' },
  'auth.certificate': { enabled: true, certificateDays: 300 },
  'auth.health': { enabled: true, url: 'https://auth.shop.example/instead' },
  'my.method': own({ url: 'https://api.shop.example/method', method: 'HEAD' }),
  'my.headers': own({ url: 'https://api.shop.example/headers', headers: { 'x-mine': 'yes' } }),
  'my.body': own({ url: 'https://api.shop.example/body', method: 'POST', body: 'said' }),
  'my.auth': own({ url: 'https://else.example/auth', auth: 'x-api-key' }),
  'my.redirects': own({ url: 'https://api.shop.example/redirect', redirects: 'follow' }),
  'my.timeoutMs': own({ url: 'https://api.shop.example/hangs', timeoutMs: 150 }),
  'my.after': own({ after: ['my.timeoutMs'] }),
  'my.enabled': own({ enabled: false }),
  'my.status': own({ url: 'https://api.shop.example/teapot', expect: { status: [418] } }),
  'my.contains': own({ expect: { contains: 'nowhere' } }),
  'my.equals': own({ expect: { equals: 'not ok' } }),
  'my.json': own({ expect: { json: true } }),
  'my.health': own({ url: 'https://api.shop.example/health', expect: { health: true }, after: [] }),
  'my.list': own({ url: 'https://api.shop.example/list', expect: { list: 'models' } }),
  'my.any-version': own({ expect: { version: true } }),
  'my.this-version': own({ url: 'https://api.shop.example/version', expect: { version: '1.2' } }),
  'my.json-version': own({
    url: 'https://api.shop.example/health',
    expect: { health: true, version: '1.2' },
    after: [],
  }),
  'my.kind': own({ kind: 'http' }),
  'my.name': { kind: 'dns', name: 'else.example', balancer: 'elsewhere.*' },
  'my.answeredBy': own({ expect: { answeredBy: 'mlflow' } }),
  'my.version': own({ expect: { version: '9.9.9' } }),
  'my.known': own({ url: 'https://api.shop.example/broken' }),
  'my.large': own({ url: 'https://api.shop.example/large' }),
};

const ended: Readonly<Record<string, readonly [Status, string | null]>> = {
  'auth.dns': ['fail', 'dns-unexpected-target'],
  'auth.certificate': ['degraded', 'tls-expires-soon'],
  'external.control': ['pass', null],
  'my.redirects': ['pass', null],
  'my.timeoutMs': ['fail', 'response-timeout'],
  'my.after': ['skipped', null],
  'my.status': ['pass', null],
  'my.contains': ['fail', 'unexpected-body'],
  'my.equals': ['fail', 'unexpected-body'],
  'my.json': ['fail', 'unexpected-body'],
  'my.health': ['degraded', 'dependency-unhealthy'],
  'my.list': ['pass', null],
  'my.any-version': ['fail', 'unexpected-body'],
  'my.this-version': ['pass', null],
  'my.json-version': ['degraded', 'dependency-unhealthy'],
  'my.kind': ['pass', null],
  'my.name': ['fail', 'dns-unexpected-target'],
  'my.certificate': ['degraded', 'tls-expires-soon'],
  'my.answeredBy': ['fail', 'unexpected-answerer'],
  'my.version': ['fail', 'unexpected-version'],
  'my.large': ['fail', 'response-too-large'],
};

describe('the built command line applies the configuration of', () => {
  let folder: string;
  let dns: DnsServer;
  let server: OneServer;
  let report: Report;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hokusai-test-'));
    const authority = await Authority.create();
    const hosts = Object.fromEntries(roles.map((role) => [role, `${role}.shop.example`]));
    const names = [...Object.values(hosts), 'else.example', 'control.example'];
    server = await startOneServer(await authority.issue({ names, fromDays: -300 }), ({ method, url }, response) => {
      if (url === '/hangs') return;
      if (url === '/redirect') return void response.writeHead(302, { location: '/landed' }).end();
      // An MLflow that cannot delete: the flow ends before it makes anything.
      if (/^\/(way|other)\//.test(url)) {
        response.setHeader('content-type', 'application/json');
        if (method === 'DELETE') return void response.writeHead(400).end('{"error_code":"INVALID_PARAMETER_VALUE"}');
        return void response.end('{"experiment":{"experiment_id":"1","lifecycle_stage":"active"}}');
      }
      if (url === '/health')
        return void response.end('{"status":"degraded","version":"1.2","dependencies":{"redis":"down"}}');
      if (url === '/list') return void response.end('{"models":[]}');
      if (url === '/version') return void response.end('1.2');
      const status = url === '/teapot' ? 418 : url === '/broken' ? 500 : 200;
      response.writeHead(status).end(url === '/large' ? 'x'.repeat(3_000) : 'ok');
    });
    dns = await DnsServer.start();
    dns.set('balancer.example', { kind: 'addresses', addresses: ['127.0.0.1'] });
    for (const name of names) dns.set(name, { kind: 'alias', name: 'balancer.example' });
    const write = (name: string, contents: string): Promise<void> => writeFile(join(folder, name), contents);
    await write('ca.pem', authority.rootPem);
    await write('key', key);
    await write(
      'baseline.json',
      JSON.stringify({
        schemaVersion: 1,
        outcomes: [{ target: 'my.known', status: 'fail', failureMode: 'server-error', answeredBy: 'unknown' }],
      }),
    );
    await write(
      'synthetics.json',
      JSON.stringify({
        environment: 'shop',
        hosts,
        credentials: { apiKey: { file: 'key' }, allowedHosts: ['else.example'] },
        network: { dnsServers: [`127.0.0.1:${dns.port}`], connectTo: [`:443::${server.port}`], caFile: 'ca.pem' },
        limits: { bodyBytes: 2_048, evidenceBytes: 3, confirmPauseMs: 0 },
        cors: { origin: 'https://shop.example' },
        registration: {
          modelPrefix: 'shop-synthetics',
          experiment: 'shop',
          workspace: 'shop-team',
          through: 'https://registry.shop.example/way',
          cleanupThrough: ['https://registry.shop.example/other'],
        },
        baseline: 'baseline.json',
        targets: {
          ...targets,
          'external.control': { enabled: true, name: 'control.example', port: server.port, certificateDays: 0 },
          'my.certificate': { kind: 'tls', name: 'else.example', port: server.port, certificateDays: 300 },
        },
      }),
    );
    const { stdout } = await cli(
      ['check', '--config', join(folder, 'synthetics.json'), '--format', 'json', '--state', join(folder, 'state.json')],
      {},
    );
    report = JSON.parse(stdout) as Report;
  });
  afterAll(async () => {
    await server.close();
    await dns.close();
    await rm(folder, { recursive: true, force: true });
  });

  const outcome = (id: string): Outcome | undefined => report.outcomes.find(({ target }) => target === id);
  const heard = (url: string): Heard | undefined => server.heard.find((one) => one.url === url);

  test.each(Object.entries(ended))('targets, expectations, limits and names: %s', (id, [status, failureMode]) => {
    expect(outcome(id)).toMatchObject({ status, failureMode });
  });

  test('requests: method, headers, body, key, allowed hosts, redirects, another url', () => {
    expect(heard('/method')?.method).toBe('HEAD');
    expect(heard('/headers')?.headers['x-mine']).toBe('yes');
    expect(heard('/body')).toMatchObject({ method: 'POST', body: 'said' });
    expect(heard('/auth')?.headers).toMatchObject({ host: 'else.example', 'x-api-key': key });
    expect(heard('/landed')).toBeDefined();
    expect(heard('/instead')?.headers.host).toBe('auth.shop.example');
    expect(outcome('my.enabled')).toBeUndefined();
  });

  test('the platform: environment, hosts, the browser origin, the baseline', () => {
    expect(report.environment).toBe('shop');
    const roots = server.heard.filter(({ url }) => url === '/').map(({ headers }) => headers.host);
    expect(roots).toEqual(expect.arrayContaining(roles.map((role) => `${role}.shop.example`)));
    expect(server.heard.find(({ method }) => method === 'OPTIONS')?.headers.origin).toBe('https://shop.example');
    expect(outcome('my.known')).toMatchObject({ status: 'fail', known: true });
    expect(outcome('my.equals')?.evidence.body).toBe('ok');
  });

  test('the registration flow: its routes, its workspace and the names of what it creates', () => {
    const asked = server.heard.map(({ method, url, body }) => `${method} ${url} ${body}`).join('\n');

    expect(asked).toMatch(/^GET \/way\/api\/2\.0\/mlflow\/experiments\/get-by-name\?experiment_name=shop /m);
    expect(asked).toMatch(/^DELETE \/other\/.*shop-synthetics/m);
    const flow = server.heard.filter(({ url }) => /^\/(way|other)\//.test(url));
    expect(new Set(flow.map(({ headers }) => headers['x-mlflow-workspace']))).toEqual(new Set(['shop-team']));
    expect(report.registration?.steps.length).toBeGreaterThan(10);
  });
});
