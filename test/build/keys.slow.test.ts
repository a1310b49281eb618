import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { configurationJsonSchema } from '../../scripts/config-schema.ts';
import { defaultLimits } from '../../src/model/limits.ts';
import { Authority } from '../../src/sandbox/network/certificates.ts';
import { type CliResult, cli } from '../support/cli.ts';
import { onlyTargets } from '../support/one-server.ts';
import { type JsonSchema, keysOf, leavesOf, shownPath, withValue } from './schema-keys.ts';

/** Every key that is no alternative to another. */
const whole = {
  environment: 'shop',
  hosts: {
    registry: 'registry.example',
    api: 'api.example',
    mlflow: 'mlflow.example',
    platform: 'platform.example',
    auth: 'auth.example',
  },
  credentials: { apiKey: { env: 'SHOP_KEY' }, allowedHosts: ['else.example'] },
  network: {
    dnsServers: ['127.0.0.1:5300'],
    connectTo: [':443:127.0.0.1:8443'],
    caFile: 'ca.pem',
    proxy: 'environment',
  },
  limits: defaultLimits,
  metrics: { enabled: true, namespace: 'Shop/Synthetics', detail: 'targets' },
  cors: { origin: 'https://shop.example' },
  registration: {
    enabled: true,
    modelPrefix: 'shop-synthetics',
    experiment: 'shop',
    workspace: 'shop-team',
    through: 'https://registry.example/way',
    cleanupThrough: ['https://registry.example/other'],
  },
  followUp: false,
  baseline: 'baseline.json',
  targets: {
    ...onlyTargets({}),
    only: ['registry.root', 'my.own', 'my.name', 'my.certificate', 'registration'],
    'registry.root': {
      enabled: true,
      timeoutMs: 3_000,
      after: ['auth.root'],
      url: 'https://registry.example/x',
      method: 'POST',
      auth: 'bearer',
      headers: { 'x-a': 'b' },
      body: 'c',
      redirects: 'follow',
      expect: { status: [200, '3xx'], contains: 'd', answeredBy: ['application', 'mlflow'], version: '1' },
    },
    'registry.health': { expect: { status: 200, equals: 'ok' } },
    'registry.api-health': { expect: { json: true } },
    'api.health': { expect: { health: true } },
    'api.v1-health': { expect: { list: 'models' } },
    'registry.dns': { enabled: true, timeoutMs: 1_000, after: [], balancer: '*.example' },
    'registry.certificate': { enabled: true, timeoutMs: 1_000, after: [], certificateDays: 3 },
    'external.control': {
      ...{ enabled: true, timeoutMs: 1_000, after: [], certificateDays: 3 },
      ...{ name: 'control.example', port: 8443 },
    },
    'my.own': {
      kind: 'http',
      enabled: true,
      timeoutMs: 3_000,
      after: ['registry.root'],
      url: 'https://else.example/x',
      method: 'POST',
      auth: 'x-api-key',
      headers: { 'x-a': 'b' },
      body: 'c',
      redirects: 'record',
      expect: { status: 200 },
    },
    'my.name': {
      ...{ kind: 'dns', name: 'else.example', balancer: '*.example' },
      ...{ enabled: true, timeoutMs: 1_000, after: ['my.own'] },
    },
    'my.certificate': {
      ...{ kind: 'tls', name: 'else.example', port: 8443, certificateDays: 3 },
      ...{ enabled: true, timeoutMs: 1_000, after: ['my.own'] },
    },
  },
  incidents: {
    open: { failures: 3, of: 4 },
    resolveAfter: 3,
    remindEvery: '2h',
    recheckEvery: '5s',
    openAtOnce: ['registration'],
    severity: { 'my.own': 'notice' },
    mute: [
      { target: 'my.own', until: '2099-01-01T00:00Z', reason: 'moving' },
      { host: 'api', until: '2099-01-01T00:00Z' },
      { hypothesis: 'rate-limited', until: '2099-01-01T00:00Z' },
    ],
  },
  notify: {
    topics: {
      critical: 'arn:aws:sns:us-east-1:123456789012:critical',
      warning: 'arn:aws:sns:us-east-1:123456789012:warning',
      operational: 'arn:aws:sns:us-east-1:123456789012:operational.fifo',
    },
    webhook: { file: 'webhook' },
    pagerduty: { routingKey: { file: 'pagerduty' }, region: 'eu', url: 'https://else.example/enqueue' },
    opsgenie: { apiKey: { file: 'opsgenie' }, region: 'eu', url: 'https://else.example/alerts' },
    teams: { url: { file: 'teams' } },
    json: { url: { file: 'json' }, template: '{"title": "{{subject}}"}' },
    heartbeat: { file: 'heartbeat' },
    dashboard: 'https://shop.example/dashboard',
    runbook: 'https://shop.example/runbook',
  },
  confirm: {
    region: 'eu-west-1',
    cluster: 'shop',
    services: { api: 'shop-api', mlflow: 'shop-mlflow', auth: 'shop-auth' },
    balancers: { registry: 'a', api: 'b', mlflow: 'c', platform: 'd', auth: 'e' },
    database: 'shop-db',
    gateway: 'a1b2c3d4e5',
    stacks: ['shop'],
    logs: { api: '/shop/api', mlflow: '/shop/mlflow', auth: '/shop/auth' },
  },
};

const references = [{ env: 'SHOP_KEY' }, { file: 'key' }, { secretsManager: 'shop', field: 'key' }, { ssm: '/shop' }];

const configurations: readonly object[] = [
  whole,
  ...references.map((reference) => ({
    credentials: { apiKey: reference },
    notify: {
      ...{ webhook: reference, heartbeat: reference, teams: { url: reference }, json: { url: reference } },
      ...{ pagerduty: { routingKey: reference }, opsgenie: { apiKey: reference } },
    },
  })),
  { credentials: { apiKey: 'none' } },
];

const schema = JSON.parse(configurationJsonSchema()) as JsonSchema;

describe('the configuration keys in the built command line', () => {
  let folder: string;
  let files = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hokusai-test-'));
    await writeFile(join(folder, 'ca.pem'), (await Authority.create()).rootPem);
    await writeFile(join(folder, 'baseline.json'), '{"schemaVersion":1,"outcomes":[]}');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const validate = async (configuration: unknown): Promise<CliResult> => {
    files += 1;
    const file = join(folder, `${files}.json`);
    await writeFile(file, JSON.stringify(configuration));
    return cli(['validate', '--config', file]);
  };

  test('all work in one valid configuration', async () => {
    const missing = new Set(keysOf(schema));
    for (const configuration of configurations) {
      expect(await validate(configuration)).toMatchObject({ exitCode: 0, stderr: '' });
      for (const key of keysOf(schema, configuration)) missing.delete(key);
    }

    expect([...missing]).toEqual([]);
    expect(keysOf(schema).size).toBeGreaterThan(150);
  });

  test('are all checked: a wrong value is refused with its place', async () => {
    // A few at a time: of more problems only the first are shown.
    const atOnce = 15;
    // Of a target whose kind is none, nothing else can be said.
    const { kinds = [], others = [] } = Object.groupBy(leavesOf(whole), (path) =>
      path.at(-1) === 'kind' ? 'kinds' : 'others',
    );
    const batches = Array.from({ length: Math.ceil(others.length / atOnce) }, (_, batch) =>
      others.slice(batch * atOnce, (batch + 1) * atOnce),
    );
    for (const some of [kinds, ...batches]) {
      const { exitCode, stderr } = await validate(
        some.reduce<unknown>((text, path) => withValue(text, path, [{}]), whole),
      );

      expect(exitCode).toBe(2);
      const places = stderr.split('\n').map((line) => line.split('  ')[1] ?? '');
      for (const path of some.map(shownPath)) {
        // Of a reference to a secret the whole is refused.
        const isNamed = places.some(
          (place) => place.startsWith(path) || (place.includes('.') && path.startsWith(place)),
        );
        expect(isNamed, `${path} in ${stderr}`).toBe(true);
      }
    }
  });
});
