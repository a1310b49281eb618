import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { formats } from '../../src/cli/formats.ts';
import { standardIds } from '../../src/config/schema/configuration.ts';
import { metricsFromReport } from '../../src/metrics/from-report.ts';
import type { Outcome, Report } from '../../src/model/report.ts';
import { Authority, type Certificate } from '../../src/sandbox/network/certificates.ts';
import { DnsServer } from '../../src/sandbox/network/dns-server.ts';
import { closeServer } from '../../src/sandbox/network/sockets.ts';
import { startSandboxThread } from '../../src/sandbox/start-thread.ts';
import { type CliResult, cli } from '../support/cli.ts';

/** Starts a TLS server on loopback, and gives its port. */
const startTls = async ({ chain, key }: Certificate) => {
  const server = createServer({ cert: chain, key }, ({ url }, response) => {
    if (url === '/moved') response.setHeader('location', '/new');
    response.writeHead(url === '/moved' ? 302 : url === '/broken' ? 500 : url === '/timed-out' ? 504 : 200).end('ok');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => closeServer(server) };
};

describe('own targets in the built command line', () => {
  let folder: string;
  let dns: DnsServer;
  let expired: Awaited<ReturnType<typeof startTls>>;
  let valid: Awaited<ReturnType<typeof startTls>>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hokusai-test-'));
    const authority = await Authority.create();
    await writeFile(join(folder, 'ca.pem'), authority.rootPem);
    expired = await startTls(await authority.issue({ names: ['old.example'], fromDays: -30, toDays: -2 }));
    valid = await startTls(
      await authority.issue({ names: ['new.example', 'api.hokus.ai'], fromDays: -320, toDays: 40 }),
    );
    dns = await DnsServer.start();
    for (const name of ['old.example', 'balancer.example'])
      dns.set(name, { kind: 'addresses', addresses: ['127.0.0.1'] });
    for (const name of ['new.example', 'api.hokus.ai']) dns.set(name, { kind: 'alias', name: 'balancer.example' });
    dns.set('silent.example', { kind: 'silent' });
  });
  afterAll(async () => {
    await Promise.all([expired.close(), valid.close(), dns.close()]);
    await rm(folder, { recursive: true, force: true });
  });

  const file = async (name: string, targets: object, more: object = {}): Promise<string> => {
    const path = join(folder, `${name}.json`);
    const network = { dnsServers: [`127.0.0.1:${dns.port}`], caFile: 'ca.pem' };
    const contents = { credentials: { apiKey: 'none' }, network, limits: { confirmPauseMs: 0 }, targets, ...more };
    await writeFile(path, JSON.stringify(contents));
    return path;
  };
  const check = (path: string, ...more: readonly string[]): Promise<CliResult> =>
    cli(['check', '--config', path, ...more], { XDG_STATE_HOME: folder });
  /** A cycle of these targets alone. */
  const reportOf = async (
    targets: Readonly<Record<string, object>>,
  ): Promise<Report & { readonly exitCode: number | null }> => {
    const path = await file('alone', { only: Object.keys(targets), ...targets });
    const { exitCode, stdout } = await check(path, '--format', 'json');
    return { ...(JSON.parse(stdout) as Report), exitCode };
  };
  const outcome = ({ outcomes }: Report, id: string): Outcome | undefined =>
    outcomes.find(({ target }) => target === id);

  const oldCertificate = () => ({ kind: 'tls', name: 'old.example', port: expired.port });
  const newCertificate = (more: object = {}) => ({ kind: 'tls', name: 'new.example', port: valid.port, ...more });

  test('an expired certificate fails the check, with its date and host', async () => {
    const report = await reportOf({ 'my.cert': oldCertificate(), 'my.other': newCertificate() });

    expect(report.exitCode).toBe(1);
    expect(outcome(report, 'my.cert')).toMatchObject({
      ...{ host: 'my', status: 'fail', failureMode: 'tls-expired', phase: 'tls', hop: 'tls' },
      evidence: { certificate: { names: ['old.example'], daysLeft: expect.any(Number) } },
    });
    expect(outcome(report, 'my.other')?.status).toBe('pass');
  });

  test('a certificate counts as expiring from the day that its target sets', async () => {
    const soon = await reportOf({ 'my.cert': newCertificate({ certificateDays: 60 }) });
    const later = await reportOf({ 'my.cert': newCertificate({ certificateDays: 30 }) });

    expect(outcome(soon, 'my.cert')).toMatchObject({ status: 'degraded', failureMode: 'tls-expires-soon' });
    expect(soon.exitCode).toBe(0);
    expect(outcome(later, 'my.cert')?.status).toBe('pass');
  });

  test('a name is resolved with its CNAME chain, which must end at the named balancer', async () => {
    const name = { kind: 'dns', name: 'new.example' };
    const report = await reportOf({
      'my.any': name,
      'my.right': { ...name, balancer: 'balancer.*' },
      'my.wrong': { ...name, balancer: '*.elb.amazonaws.com' },
      'my.gone': { kind: 'dns', name: 'gone.example' },
      'my.silent': { kind: 'dns', name: 'silent.example', timeoutMs: 300 },
    });

    expect(report.exitCode).toBe(1);
    expect(report.outcomes.map(({ target, failureMode }) => [target, failureMode])).toEqual([
      ['my.any', null],
      ['my.right', null],
      ['my.wrong', 'dns-unexpected-target'],
      ['my.gone', 'dns-nxdomain'],
      ['my.silent', 'dns-timeout'],
    ]);
    expect(outcome(report, 'my.any')?.evidence.resolution).toMatchObject({
      chain: ['new.example', 'balancer.example'],
      addresses: ['127.0.0.1'],
    });
  });

  test('a target may be called as a property of each object is', async () => {
    const gone = { kind: 'dns', name: 'gone.example' };
    const names = ['constructor.x', 'toString.valueOf', 'hasOwnProperty.then'];
    const path = await file('properties', { only: names, ...Object.fromEntries(names.map((name) => [name, gone])) });
    const results = await Promise.all(formats.map((format) => check(path, '--format', format)));

    expect(results.map(({ exitCode }) => exitCode)).toEqual(results.map(() => 1));
    for (const { stdout } of results) expect(stdout).toContain('constructor');
  });

  test('a redirect to its own host is followed', async () => {
    const url = `https://new.example:${valid.port}/moved`;
    const report = await reportOf({ 'my.page': { url, redirects: 'follow', expect: { contains: 'ok' } } });

    expect(outcome(report, 'my.page')).toMatchObject({ status: 'pass', httpStatus: 200 });
  });

  test('each can wait for another, in any order, and each can be off', async () => {
    const page = (path: string, more: object = {}) => ({ url: `https://new.example:${valid.port}${path}`, ...more });
    const path = await file('after', {
      ...Object.fromEntries(standardIds.map((id) => [id, { enabled: false }])),
      'my.name': { kind: 'dns', name: 'new.example', after: ['my.second'] },
      'my.cert': newCertificate({ after: ['my.second'] }),
      'my.other-cert': newCertificate({ after: ['my.first'] }),
      'my.second': page('/timed-out', { after: ['my.first'] }),
      'my.first': page('/', { expect: { equals: 'ok' } }),
      'my.off': { kind: 'dns', name: 'gone.example', enabled: false },
    });
    const { stdout } = await check(path, '--format', 'json');

    expect((JSON.parse(stdout) as Report).outcomes.map(({ target, status }) => `${target} ${status}`)).toEqual([
      'my.name skipped',
      'my.cert skipped',
      'my.other-cert pass',
      'my.second fail',
      'my.first pass',
    ]);
  });

  test.each(formats)('appear in the report as %s, also when replayed', async (format) => {
    const broken = { 'my.cert': oldCertificate(), 'their.name': { kind: 'dns', name: 'gone.example' } };
    const path = await file('formats', { only: Object.keys(broken), ...broken });
    const saved = join(folder, 'saved.json');
    const checked = await check(path, '--format', format);
    await check(path, '--format', 'json', '--output', saved);
    const replayed = await cli(['replay', saved, '--config', path, '--format', format]);

    for (const { exitCode, stdout } of [checked, replayed]) {
      expect(exitCode).toBe(1);
      for (const shown of ['cert', 'tls-expired', 'name', 'dns-nxdomain']) expect(stdout).toContain(shown);
    }
  });

  test('open incidents, and fail nothing while the baseline knows them', async () => {
    const broken = { only: ['my.name'], 'my.name': { kind: 'dns', name: 'gone.example' } };
    const path = await file('incidents', broken, { incidents: { openAtOnce: ['my.name'] } });
    const watch = ['watch', '--every', '10s', '--cycles', '1', '--state', join(folder, 'state.json')];
    const watched = await cli([...watch, '--config', path]);
    const baseline = join(folder, 'baseline.json');
    await check(path, '--format', 'json', '--output', baseline);
    const known = await check(path, '--baseline', baseline, '--verbose');

    expect(watched.stdout).toMatch(/-my {2}warning, opened[\s\S]*the name does not exist: gone\.example/);
    expect(known.exitCode).toBe(0);
    expect(known.stdout).toContain('as before · dns-nxdomain');
  });

  test('are measured under the part of their id before the dot', async () => {
    const { exitCode: _, ...report } = await reportOf({
      'my.cert': newCertificate(),
      'shop.name': { kind: 'dns', name: 'new.example' },
    });
    const hosts = metricsFromReport(report, 'hosts').filter(({ name }) => name === 'Success');

    expect(hosts.map(({ dimensions, values }) => [dimensions['Host'], values])).toEqual([
      ['my', [1]],
      ['shop', [1]],
    ]);
  });

  test('are explained with their request and its path', async () => {
    const path = await file('explained', {
      'my.cert': newCertificate({ certificateDays: 30 }),
      'my.name': { kind: 'dns', name: 'new.example', balancer: '*.example' },
      'my.api': { url: 'https://api.hokus.ai/v2/health', expect: { health: true, version: '2026.6.1' } },
    });
    const explain = async (id: string): Promise<string> => (await cli(['explain', id, '--config', path])).stdout;

    const all = await explain('targets');
    for (const row of [
      /^ {2}my\.cert +certificate of new\.example:\d+$/m,
      /^ {2}my\.name +addresses of new\.example$/m,
    ])
      expect(all).toMatch(row);
    expect(await explain('my.cert')).toMatch(/handshake with each address of new\.example:\d+; degraded below 30 days/);
    expect(await explain('my.cert')).toContain('path: client → DNS → balancer listener → TLS\n');
    expect(await explain('my.name')).toMatch(/addresses of new\.example; a chain of names must end at \*\.example/);
    expect(await explain('my.api')).toMatch(
      /body: health; version 2026\.6\.1[\s\S]*only after registry\.mlflow-proxy-search/,
    );
  });

  test('`only` names every target that is probed, defaults that are off included', async () => {
    const targets = {
      only: ['external.control', 'my.name'],
      'external.control': { name: 'new.example', port: valid.port },
      'my.name': { kind: 'dns', name: 'new.example' },
      'my.other': { kind: 'dns', name: 'gone.example' },
      'api.dns': { enabled: true, timeoutMs: 1_000 },
    };
    const path = await file('only', targets);
    const { exitCode, stdout } = await check(path, '--format', 'json');
    const report = JSON.parse(stdout) as Report;

    expect(exitCode).toBe(0);
    expect(report.outcomes.map(({ target }) => target)).toEqual(['external.control', 'my.name']);
    expect(report.registration).toBeNull();
  });

  test('a target that `only` leaves out can still be probed by its id, and a host that is off says so', async () => {
    const path = await file('leaves-out', {
      only: ['my.name'],
      'my.name': { kind: 'dns', name: 'new.example' },
      'my.other': { kind: 'dns', name: 'gone.example' },
    });

    expect((await check(path, '--target', 'my.other')).exitCode).toBe(1);
    expect((await check(path, '--target', 'my')).exitCode).toBe(0);
    expect(await check(path, '--target', 'api')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('all targets of this host are switched off; name one of them by its id'),
    });
  });

  test('validate lists the targets that `only` switches off against the rest of the configuration', async () => {
    const path = await file(
      'noted',
      {
        only: ['api.health', 'my.name'],
        'my.name': { kind: 'dns', name: 'new.example' },
        'api.dns': { enabled: true },
      },
      { credentials: { apiKey: { env: 'SHOP_KEY' } } },
    );
    const { exitCode, stdout } = await cli(['validate', '--config', path]);

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/, 2 of \d+ targets on\n/);
    expect(stdout).toContain('targets.only  does not name registration, so the model-registration flow is off');
    expect(stdout).toContain('targets.only[0]  waits for registry.mlflow-proxy-search when that is on');
    expect(stdout).toContain('targets.api.dns.enabled  is true, but targets.only does not name this target: it is off');
  });

  test('the example configurations in the docs are valid', async () => {
    const root = join(import.meta.dirname, '..', '..');
    const texts = await Promise.all(
      ['README.md', 'docs/deploy.md', 'docs/diagnosis.md'].map((name) => readFile(join(root, name), 'utf8')),
    );
    const examples = texts
      .flatMap((text) => [...text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, example = '']) => example))
      .filter((example) => /^(environment|targets):/.test(example));
    expect(examples).toHaveLength(4);
    for (const example of examples) {
      const path = join(folder, 'example.yaml');
      // Where a person writes the ARN of a secret.
      await writeFile(path, example.replace('THE_ARN', 'hokusai/synthetics'));
      expect(await cli(['validate', '--config', path])).toMatchObject({ exitCode: 0, stderr: '' });
    }
  });

  test('a mistake is refused with line, column and a suggestion', async () => {
    const path = join(folder, 'wrong.yaml');
    await writeFile(
      path,
      `targets:
  only: [my.crt, api]
  my.cert: { kind: tls, name: new.example, balancer: x }
  my.name: { kind: dsn, name: new.example }
`,
    );
    const { exitCode, stderr } = await cli(['validate', '--config', path]);

    expect(exitCode).toBe(2);
    expect(stderr).toContain(`${path}:2:10  targets.only[0]  is not the id of a target; did you mean my.cert?`);
    expect(stderr).toContain(`${path}:2:18  targets.only[1]  is a group of targets; name its targets: api.root, `);
    expect(stderr).toContain(
      `${path}:3:44  targets.my.cert.balancer  belongs to targets of kind dns; this one is of kind tls; remove it, or set \`kind: dns\``,
    );
    expect(stderr).toContain(`${path}:4:20  targets.my.name.kind  is not one of the choices; did you mean dns?`);
  });
});

describe('expectations of own targets against the sandbox', () => {
  const search = 'https://registry.hokus.ai/api/mlflow/api/2.0/mlflow/experiments/search?max_results=1';
  const asKey = { auth: 'bearer', timeoutMs: 20_000 };
  const targets = {
    'my.health': { ...asKey, url: 'https://registry.hokus.ai/health?detailed=true', expect: { health: true } },
    'my.no-health': { url: 'https://platform.hokus.ai/', expect: { health: true } },
    'my.list': { ...asKey, url: search, expect: { list: 'experiments' } },
    'my.other-list': { ...asKey, url: search, expect: { list: 'registered_models' } },
    'my.version': { url: 'https://mlflow.hokus.ai/version', expect: { version: true } },
    'my.no-version': { url: 'https://platform.hokus.ai/', expect: { version: true } },
    'my.other-version': { url: 'https://mlflow.hokus.ai/version', expect: { version: '0.0.1' } },
    'my.name': { kind: 'dns', name: 'registry.hokus.ai' },
    'my.cert': { kind: 'tls', name: 'registry.hokus.ai' },
  };
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hokusai-test-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** The outcomes under these faults, by id. */
  const ended = async (faultIds: readonly string[], more: object = {}): Promise<Readonly<Record<string, Outcome>>> => {
    const sandbox = await startSandboxThread({ options: { generation: '2026', mlflowUrl: null, pace: 2 }, faultIds });
    try {
      const own = { ...targets, ...more };
      const path = join(folder, 'synthetics.yaml');
      const settings = parse(sandbox.configuration) as object;
      await writeFile(path, stringify({ ...settings, targets: { only: Object.keys(own), ...own } }));
      const { stdout } = await cli(['check', '--config', path, '--format', 'json']);
      const { outcomes } = JSON.parse(stdout) as Report;
      return Object.fromEntries(outcomes.map((one) => [one.target, one]));
    } finally {
      await sandbox.close();
    }
  };

  test('health, a list and a version are recognized', async () => {
    const before = await ended([]);
    const version = before['my.version']?.evidence.version ?? '';
    const after = await ended([], {
      'my.this-version': { url: 'https://mlflow.hokus.ai/version', expect: { version } },
    });

    expect(version).toMatch(/^\d+\.\d+/);
    const modes = Object.fromEntries(Object.entries(after).map(([id, { failureMode }]) => [id, failureMode]));
    expect(modes).toEqual({
      'my.health': null,
      'my.no-health': 'unexpected-body',
      'my.list': null,
      'my.other-list': 'unexpected-body',
      'my.version': null,
      'my.no-version': 'unexpected-body',
      'my.other-version': 'unexpected-version',
      'my.this-version': null,
      'my.name': null,
      'my.cert': null,
    });
  });

  test('an unhealthy dependency is reported by name', async () => {
    const { 'my.health': health } = await ended(['redis-stopped']);

    expect(health).toMatchObject({ status: 'degraded', failureMode: 'dependency-unhealthy' });
    expect(health?.evidence.summary).toContain('redis');
  });

  test('the diagnosis names an expired platform certificate, with the own target as evidence', async () => {
    const sandbox = await startSandboxThread({
      options: { generation: '2026', mlflowUrl: null, pace: 2 },
      faultIds: ['registry-certificate-expired'],
    });
    try {
      const path = join(folder, 'expired.yaml');
      const settings = parse(sandbox.configuration) as object;
      await writeFile(path, stringify({ ...settings, targets: { 'my.cert': targets['my.cert'] } }));
      const { exitCode, stdout } = await cli(['check', '--config', path, '--format', 'json', '--skip-registration']);
      const { diagnosis } = JSON.parse(stdout) as Report;

      expect(exitCode).toBe(1);
      expect(diagnosis.faults).toEqual([['tls-certificate-invalid']]);
      expect(diagnosis.hypotheses[0]?.explains).toContain('my.cert');
    } finally {
      await sandbox.close();
    }
  });
});
