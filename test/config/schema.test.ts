import { readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { configurationJsonSchema, schemaFile } from '../../scripts/config-schema.ts';
import { standardIds } from '../../src/config/schema/configuration.ts';
import { defaultLimits } from '../../src/model/limits.ts';
import { problemsOf } from './documents.ts';

interface JsonSchema {
  readonly description?: string;
  readonly additionalProperties?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
}

const schema = JSON.parse(configurationJsonSchema()) as JsonSchema;
const validate = new Ajv({ strict: true, strictTypes: false }).compile(schema);

const good: readonly unknown[] = [
  {},
  { environment: 'staging', hosts: { registry: 'registry.staging.hokus.ai' } },
  { credentials: { apiKey: { env: 'MY_KEY' }, allowedHosts: ['a.example'] } },
  { credentials: { apiKey: { file: '/run/secrets/key' } } },
  { credentials: { apiKey: { secretsManager: 'hokusai/key', field: 'key' } } },
  { credentials: { apiKey: { ssm: '/hokusai/key' } } },
  { credentials: { apiKey: 'none' } },
  { network: { dnsServers: ['127.0.0.1:5300'], connectTo: ['a.example:443:127.0.0.1:8443', ':::'] } },
  { limits: defaultLimits },
  { metrics: { enabled: false, namespace: 'My/Name space', detail: 'targets' }, cors: { origin: 'https://a.example' } },
  { baseline: 'baseline.json', incidents: { open: { failures: 2, of: 3 }, resolveAfter: 2, remindEvery: '1h' } },
  {
    incidents: {
      openAtOnce: ['registration'],
      severity: { api: 'critical', 'cors-misconfigured': 'notice' },
      mute: [{ host: 'api', until: '2026-11-22T07:00:00+01:00', reason: 'moving house' }],
    },
    notify: {
      topics: { critical: 'arn:aws:sns:us-east-1:123456789012:a.fifo' },
      webhook: { env: 'WEBHOOK' },
      dashboard: 'https://a.example/d',
    },
  },
  {
    registration: {
      enabled: true,
      modelPrefix: 'abc',
      experiment: 'x',
      workspace: 'default',
      through: 'https://registry.hokus.ai/api/mlflow',
    },
  },
  { targets: Object.fromEntries(standardIds.map((id) => [id, { enabled: false, timeoutMs: 1, after: [] }])) },
  { targets: { 'api.root': { expect: { status: '2xx', contains: 'x' }, headers: { 'x-a': 'b' } } } },
  {
    targets: {
      'api.dns': { balancer: null },
      'api.certificate': { certificateDays: 3 },
      'external.control': { port: 1 },
    },
  },
  { targets: { mine: { url: 'https://a.example/', expect: { status: [200, '3xx'], answeredBy: ['nginx'] } } } },
  { targets: { mine: { kind: 'http', url: 'https://a.example/', expect: { health: true, version: '1.2' } } } },
  { targets: { mine: { url: 'https://a.example/', expect: { list: 'models' } } } },
  { targets: { mine: { url: 'https://a.example/', expect: { version: true } } } },
  { targets: { mine: { kind: 'dns', name: 'a.example' } } },
  { targets: { mine: { kind: 'dns', name: 'a.example', balancer: null, timeoutMs: 5, enabled: false, after: [] } } },
  { targets: { mine: { kind: 'tls', name: '127.0.0.1' } } },
  { targets: { mine: { kind: 'tls', name: 'a.example', port: 8443, certificateDays: 0 } } },
  { targets: { only: ['api.root', 'mine', 'registration'], mine: { kind: 'dns', name: 'a.example' } } },
];

const bad: readonly unknown[] = [
  [],
  'x',
  null,
  { zzz: 1 },
  { environment: '' },
  { environment: 5 },
  { hosts: { registry: 'https://a.example' } },
  { hosts: { zzz: 'a.example' } },
  { hosts: null },
  { credentials: { apiKey: 'a-literal-value' } },
  { credentials: { apiKey: { env: 'lower_case' } } },
  { credentials: { apiKey: { env: 'A', ssm: 'b' } } },
  { network: { dnsServers: [] } },
  { network: { dnsServers: '127.0.0.1' } },
  { limits: { totalMs: 0 } },
  { limits: { totalMs: 1.5 } },
  { limits: { totalMs: '5' } },
  { limits: { deadlineMs: 1e9 } },
  { metrics: { namespace: 'AWS/Lambda' } },
  { metrics: { detail: 'all' } },
  { cors: { origin: 'https://a.example/' } },
  { registration: { modelPrefix: '' } },
  { registration: { cleanupThrough: ['/mlflow'] } },
  { incidents: { open: { failures: 1 } } },
  { incidents: { remindEvery: 60 } },
  { incidents: { severity: { api: 'high' } } },
  { incidents: { mute: [{ host: 'api', until: 'tomorrow' }] } },
  { notify: { topics: { critical: 'hokusai' } } },
  { notify: { webhook: 'https://a.example/' } },
  { incidents: { remindEvery: '60' } },
  { targets: { 'registry.helth': {} } },
  { targets: { 'my extra': { url: 'https://a.example/' } } },
  { targets: { 'api.root': { timeoutMs: 300_001 } } },
  { targets: { 'api.root': { certificateDays: 1 } } },
  { targets: { 'api.dns': { url: 'https://a.example/' } } },
  { targets: { 'api.root': { auth: 'basic' } } },
  { targets: { 'api.root': { headers: { 'a b': 'c' } } } },
  { targets: { 'api.root': { expect: { status: 99 } } } },
  { targets: { 'api.root': { expect: { status: [] } } } },
  { targets: { 'api.root': { expect: { json: false } } } },
  { targets: { mine: { url: 'not a url' } } },
  { targets: { mine: { url: 'https://a.example/', zzz: 1 } } },
  { targets: { mine: { url: 'https://a.example/', name: 'a.example' } } },
  { targets: { mine: { url: 'https://a.example/', expect: { health: false } } } },
  { targets: { mine: { url: 'https://a.example/', expect: { list: '' } } } },
  { targets: { mine: { url: 'https://a.example/', expect: { version: false } } } },
  { targets: { mine: { url: 'https://a.example/', expect: { version: 2.9 } } } },
  { targets: { mine: { kind: 'ftp', url: 'https://a.example/' } } },
  { targets: { mine: { kind: 'dns' } } },
  { targets: { mine: { kind: 'dns', name: 'a.example', port: 53 } } },
  { targets: { mine: { kind: 'tls', name: 'a.example', url: 'https://a.example/' } } },
  { targets: { mine: { kind: 'tls', name: 'https://a.example' } } },
  { targets: { mine: { name: 'a.example' } } },
  { targets: { 'api.dns': { kind: 'dns' } } },
  { targets: { only: [] } },
  { targets: { only: 'api.root' } },
  { targets: { only: { url: 'https://a.example/' } } },
];

/** Refused by the prober alone: they need code, other parts of the document, or a look at the disk. */
const badBeyondSchema: readonly unknown[] = [
  { network: { dnsServers: ['dns.example'] } },
  { network: { connectTo: ['a:b'] } },
  { network: { caFile: 'missing.pem' } },
  { targets: { mine: { url: 'ftp://a.example/' } } },
  { targets: { mine: { url: 'https://a.example/', auth: 'bearer' } } },
  { targets: { 'registration.mine': { url: 'https://a.example/' } } },
  { registration: { through: 'https://other.example/api/mlflow' } },
  { registration: { through: 'https://registry.hokus.ai/api/mlflow?a=b' } },
  { registration: { cleanupThrough: ['https://registry.hokus.ai/#x'] } },
  { registration: { enabled: true }, credentials: { apiKey: 'none' } },
  { targets: { 'api.root': { headers: { cookie: 'c' } } } },
  { targets: { 'api.root': { after: ['api.root'] } } },
  { targets: { mine: { kind: 'dns', name: '127.0.0.1' } } },
  { targets: { mine: { url: 'https://a.example/', expect: { health: true, list: 'models' } } } },
  { targets: { only: ['api.rot'] } },
  { targets: { only: ['api.root'], 'api.root': { enabled: false } } },
  { incidents: { open: { failures: 3, of: 2 } } },
];

describe('the JSON Schema for editors', () => {
  it('is up to date (npm run generate)', async () => {
    expect(await readFile(schemaFile, 'utf8')).toBe(configurationJsonSchema());
  });

  it.each(good.map((document) => [JSON.stringify(document).slice(0, 100), document]))(
    'accepts what the prober accepts: %s',
    async (_, document) => {
      expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
      expect(await problemsOf(JSON.stringify(document))).toEqual([]);
    },
  );

  it.each(bad.map((document) => [JSON.stringify(document), document]))(
    'refuses what the prober refuses: %s',
    async (text, document) => {
      expect(validate(document)).toBe(false);
      expect(await problemsOf(text)).not.toEqual([]);
    },
  );

  it.each(badBeyondSchema.map((document) => [JSON.stringify(document), document]))(
    'leaves to the prober: %s',
    async (text, document) => {
      expect(validate(document)).toBe(true);
      expect(await problemsOf(text)).not.toEqual([]);
    },
  );

  it('explains every key and allows no other', () => {
    const unexplained: string[] = [];
    const visit = (node: unknown, path: string): void => {
      if (typeof node !== 'object' || node === null) return;
      const { properties, additionalProperties } = node as JsonSchema;
      if (properties !== undefined && additionalProperties === undefined) unexplained.push(`${path}: open`);
      for (const [name, inner] of Object.entries(properties ?? {}))
        if (inner.description === undefined) unexplained.push(`${path}.${name}`);
      for (const [name, inner] of Object.entries(node)) visit(inner, `${path}.${name}`);
    };
    visit(schema, '');
    expect(unexplained).toEqual([]);
  });
});
