import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { examineSettings, loadSettings } from '../../src/config/load.ts';
import { defaultLimits } from '../../src/model/limits.ts';
import { defaultHosts } from '../../src/platform/hosts.ts';
import { defaultTargets } from '../../src/platform/targets.ts';
import { httpTargetOf, notesOf, settingsOf, targetOf } from './documents.ts';

/** design.md, "Configuration: synthetics.yaml", word for word but for its comments. */
const designed = `
environment: development
hosts: { registry: registry.staging.hokus.ai }
credentials:
  apiKey: { env: HOKUSAI_API_KEY }
network:
  dnsServers: ["127.0.0.1:5300"]
  connectTo: ["registry.hokus.ai:443:127.0.0.1:8443", "auth.hokus.ai:443::8443"]
registration: { enabled: true, modelPrefix: hokusai-synthetics, experiment: hokusai-synthetics,
                through: "https://registry.hokus.ai/api/mlflow",
                cleanupThrough: ["https://registry.hokus.ai/mlflow/ajax-api/2.0/mlflow"] }
baseline: baseline.json
targets:
  registry.health: { timeoutMs: 3000 }
  registry.mlflow-ui: { enabled: false }
  my.extra: { url: "https://api.hokus.ai/x", method: GET, auth: none, timeoutMs: 5000, expect: { status: [200], contains: "ok" } }
incidents: { open: { failures: 2, of: 3 }, resolveAfter: 2, remindEvery: 1h }
`;

describe('without a configuration', () => {
  it('all values are the platform’s defaults, with the key from HOKUSAI_API_KEY', async () => {
    const settings = await loadSettings(null);
    expect(settings).toEqual({
      environment: 'development',
      followUp: true,
      hosts: defaultHosts,
      apiKey: { from: 'env', name: 'HOKUSAI_API_KEY' },
      keyHosts: Object.values(defaultHosts),
      network: { dnsServers: null, connectTo: [], extraCa: null, proxy: null },
      limits: defaultLimits,
      metrics: { enabled: true, namespace: 'Hokusai/Synthetics', detail: 'hosts' },
      registration: {
        enabled: true,
        modelPrefix: 'hokusai-synthetics',
        experiment: 'hokusai-synthetics',
        workspace: null,
        through: 'https://registry.hokus.ai/api/mlflow',
        cleanupThrough: ['https://registry.hokus.ai/mlflow/ajax-api/2.0/mlflow'],
      },
      incidents: {
        open: { failures: 2, of: 3 },
        resolveAfter: 2,
        remindEveryMs: 3_600_000,
        recheckEveryMs: 10_000,
        openAtOnce: [],
        severity: {},
        mutes: [],
      },
      notify: {
        topics: { critical: null, warning: null, operational: null },
        webhook: null,
        heartbeat: null,
        ...{ pagerduty: null, opsgenie: null, teams: null, json: null },
        dashboard: null,
        runbook: null,
      },
      targets: defaultTargets({ hosts: defaultHosts, limits: defaultLimits, corsOrigin: 'https://platform.hokus.ai' }),
      baseline: null,
    });
  });

  it.each([
    ['an empty file', ''],
    ['a file of comments', '# nothing yet\n'],
    ['a byte order mark alone', '\uFEFF'],
    ['an empty document', '---\n'],
    ['an empty mapping in JSON', '{}'],
  ])('%s means the same as no configuration', async (_, text) => {
    expect(await settingsOf(text)).toEqual(await loadSettings(null));
  });
});

describe('the configuration from the design', () => {
  it('is accepted unchanged', async () => {
    const settings = await settingsOf(designed, tmpdir());
    expect(settings.network).toEqual({
      dnsServers: ['127.0.0.1:5300'],
      connectTo: [
        { fromHost: 'registry.hokus.ai', fromPort: 443, toHost: '127.0.0.1', toPort: 8443 },
        { fromHost: 'auth.hokus.ai', fromPort: 443, toHost: null, toPort: 8443 },
      ],
      extraCa: null,
      proxy: null,
    });
    expect(settings.baseline).toBe(join(tmpdir(), 'baseline.json'));
    expect(targetOf(settings, 'registry.health').timeoutMs).toBe(3000);
    expect(targetOf(settings, 'registry.mlflow-ui').enabled).toBe(false);
    expect(httpTargetOf(settings, 'my.extra').expect).toEqual({
      status: [200],
      body: { kind: 'contains', text: 'ok' },
    });
  });

  it('reads the same with Windows line endings and a byte-order mark', async () => {
    expect(await settingsOf(`\uFEFF${designed.replaceAll('\n', '\r\n')}`)).toEqual(await settingsOf(designed));
  });

  it('notes that its flow writes to a host other than the probed one', async () => {
    const elsewhere = 'points to registry.hokus.ai, but hosts.registry is registry.staging.hokus.ai';
    expect(await notesOf(designed)).toEqual([
      '3:1 hosts changes registry, but not api, mlflow, platform, auth',
      `10:17 registration.through ${elsewhere}`,
      `11:34 registration.cleanupThrough[0] ${elsewhere}`,
    ]);
  });

  it('notes that the key goes to every host of the flow', async () => {
    expect((await settingsOf(designed)).keyHosts).toEqual(
      expect.arrayContaining(['registry.staging.hokus.ai', 'registry.hokus.ai']),
    );
  });
});

describe('each value takes effect', () => {
  it('another host moves its targets, and may receive the key', async () => {
    const settings = await settingsOf('hosts: { registry: Registry.Staging.Hokus.AI }');
    expect(httpTargetOf(settings, 'registry.root').url).toBe('https://registry.staging.hokus.ai/');
    expect(settings.keyHosts).toContain('registry.staging.hokus.ai');
    expect(settings.keyHosts).not.toContain('registry.hokus.ai');
  });

  it('limits apply to the default targets', async () => {
    const settings = await settingsOf(
      'limits: { totalMs: 7000, decisiveMs: 31000, certificateDays: 30, slowMs: 1000 }',
    );
    expect(targetOf(settings, 'api.root').timeoutMs).toBe(7000);
    expect(targetOf(settings, 'registry.mlflow-proxy-search').timeoutMs).toBe(31_000);
    expect(targetOf(settings, 'auth.certificate')).toMatchObject({ certificateDays: 30 });
    expect(settings.limits).toEqual({
      ...defaultLimits,
      totalMs: 7000,
      decisiveMs: 31_000,
      certificateDays: 30,
      slowMs: 1000,
    });
  });

  it('the browser origin is sent with the preflight', async () => {
    const { headers, expect: healthy } = httpTargetOf(
      await settingsOf('cors: { origin: "https://ui.example" }'),
      'registry.cors-preflight',
    );
    expect(headers['origin']).toBe('https://ui.example');
    expect(healthy.preflight?.origin).toBe('https://ui.example');
  });

  it('JSON works like YAML', async () => {
    const json = JSON.stringify({ environment: 'staging', targets: { 'api.root': { enabled: false } } });
    expect(await settingsOf(json)).toEqual(
      await settingsOf('environment: staging\ntargets: { api.root: { enabled: false } }'),
    );
  });

  it('an alias can reuse a value', async () => {
    const settings = await settingsOf('targets:\n  api.root: &slow { timeoutMs: 9000 }\n  auth.root: *slow\n');
    expect(targetOf(settings, 'auth.root').timeoutMs).toBe(9000);
  });

  it.each([
    ['{ env: MY_KEY }', { from: 'env', name: 'MY_KEY' }],
    ['{ ssm: /hokusai/key }', { from: 'ssm', name: '/hokusai/key' }],
    ['{ secretsManager: hokusai/synthetics }', { from: 'secretsManager', id: 'hokusai/synthetics', field: null }],
    [
      '{ secretsManager: "arn:aws:secretsmanager:us-east-1:123456789012:secret:hokusai-AbCdEf", field: key }',
      {
        from: 'secretsManager',
        id: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:hokusai-AbCdEf',
        field: 'key',
      },
    ],
  ])('%s can hold the key', async (reference, expected) => {
    expect((await settingsOf(`credentials: { apiKey: ${reference} }`)).apiKey).toEqual(expected);
  });

  it('a key file is resolved from the folder of the configuration', async () => {
    const { apiKey } = await settingsOf('credentials: { apiKey: { file: secrets/key } }', tmpdir());
    expect(apiKey).toEqual({ from: 'file', path: join(tmpdir(), 'secrets/key') });
  });

  it('DNS servers without a port get the default port', async () => {
    const { network } = await settingsOf('network: { dnsServers: [10.0.0.2, "::1", "[::1]:5353"] }');
    expect(network.dnsServers).toEqual(['10.0.0.2:53', '[::1]:53', '[::1]:5353']);
  });
});

describe('without a key', () => {
  it('the targets that need it and the flow are off, and a note lists them', async () => {
    const text = 'credentials: { apiKey: none }';
    const settings = await settingsOf(text);
    expect(settings.apiKey).toBeNull();
    expect(targetOf(settings, 'auth.validate-bearer').enabled).toBe(false);
    expect(targetOf(settings, 'auth.validate-made-up-key').enabled).toBe(true);
    expect(targetOf(settings, 'auth.root').enabled).toBe(true);
    expect(settings.registration.enabled).toBe(false);
    expect(await notesOf(text)).toEqual(['1:16 credentials.apiKey is none, so everything that needs a key is off']);
    await expect(examineSettings({ text, name: 'test' }, 0)).resolves.toMatchObject({
      notes: [{ hint: expect.stringMatching(/auth\.validate-bearer.*, registration$/) }],
    });
  });

  it('a target whose entry removes the need for a key stays on', async () => {
    const settings = await settingsOf('credentials: { apiKey: none }\ntargets: { registry.mlflow-ui: { auth: none } }');
    expect(targetOf(settings, 'registry.mlflow-ui').enabled).toBe(true);
  });
});

describe('notes of a valid configuration', () => {
  it.each<readonly [title: string, text: string, expected: readonly string[]]>([
    [
      'all hosts of another deployment',
      'hosts: { registry: r.example, api: a.example, mlflow: m.example, platform: p.example, auth: u.example }',
      [],
    ],
    ['a default host, spelled out', 'hosts: { registry: registry.hokus.ai }', []],
    [
      'some hosts of another deployment',
      'hosts: { registry: r.example, api: a.example }',
      ['1:1 hosts changes registry, api, but not mlflow, platform, auth'],
    ],
    [
      'a phase that may last longer than the whole',
      'limits: { connectMs: 9000, totalMs: 8000, slowMs: 100 }',
      ['1:11 limits.connectMs is not shorter than limits.totalMs (8000)'],
    ],
    [
      'requests that may last longer than the cycle',
      'limits: { deadlineMs: 20000, cleanupReserveMs: 5000 }',
      ['1:9 limits.decisiveMs is not shorter than limits.deadlineMs (20000)'],
    ],
    [
      'a mute that is over',
      'incidents: { mute: [{ host: api, until: 2026-11-22T06:00Z }] }',
      ['1:21 incidents.mute[0] is over since 2026-11-22T06:00Z'],
    ],
    ['a mute that lasts', 'incidents: { mute: [{ host: api, until: 2026-12-22T06:00Z }] }', []],
  ])('%s', async (_title, text, expected) => {
    expect((await notesOf(text)).map((line) => line.split(';')[0])).toEqual(expected);
  });
});
