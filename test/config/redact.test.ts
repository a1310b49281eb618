import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../src/config/redact.ts';
import { madeUpKey } from './documents.ts';
import { echoes } from './echoes.ts';

const redact = createRedactor([madeUpKey]);
const knowingNothing = createRedactor([]);
const middle = (choices: number): number => Math.floor(choices / 2);

describe('the configured key', () => {
  it.each(Object.entries(echoes))('is removed from a response that contains it %s', (_, echo) => {
    const text = redact(`{"detail": "no such key ${echo(madeUpKey, middle)}", "status": 401}`);
    expect(text).toContain('[redacted]');
    expect(text).toMatch(/^\{"detail": "no such key /);
    expect(text).toMatch(/", "status": 401\}$/);
  });

  it.each([
    [`invalid key: ${madeUpKey.slice(0, 4)}`, 'invalid key: [redacted]'],
    [`invalid key: ${madeUpKey.slice(0, -1)}`, 'invalid key: [redacted]'],
    [`k=${encodeURIComponent(madeUpKey).replaceAll('_', '%5F').slice(0, 12)}%`, 'k=[redacted]'],
    ['k=\\u0068\\u006b\\u005f\\u0074\\u00', 'k=[redacted]'],
    [`${madeUpKey.slice(-12)}", "status": 401`, '[redacted]", "status": 401'],
    [`a: ${Buffer.from(`Bearer ${madeUpKey}`).toString('base64').slice(0, 28)}`, 'a: QmVhcmVyI[redacted]'],
  ])('is removed when a limit cut it (%#)', (text, rest) => {
    expect(redact(text)).toBe(rest);
  });

  it('leaves text alone that shares only a few characters with it', () => {
    for (const text of ['hk_test', 'a hk_', 'test', madeUpKey.slice(-7), '', 'Zq8'])
      expect(createRedactor([madeUpKey])(`${text} x`)).toBe(`${text} x`);
  });

  it('is removed beside what looks like an entity with a name of the language’s own', () => {
    for (const name of ['toString', 'valueOf', '__proto__'])
      expect(redact(`&${name}; ${madeUpKey}`)).toBe(`&${name}; [redacted]`);
  });

  it('is removed together with other secrets', () => {
    const both = createRedactor(['first-secret-1', 'second-secret-2', 'first-secret-1', '']);
    expect(both('a first-secret-1second-secret-2 b SECOND-SECRET-2')).toBe('a [redacted] b [redacted]');
  });

  it('is removed even if it is part of the replacement itself', () => {
    const hostile = createRedactor(['redacted', '[redacted]']);
    expect(hostile('xx redacted yy')).toBe('xx [redacted] yy');
    expect(hostile(hostile('xx redacted yy'))).toBe('xx [redacted] yy');
  });
});

describe('unregistered secrets', () => {
  const jwt = ['eyJhbGciOiJub25lIn0', 'eyJzdWIiOiJ4In0', 'c2ln'].join('.');
  it.each([
    [`key ${madeUpKey}!`, 'key [redacted]!'],
    ['hk_live_a', '[redacted]'],
    ['Authorization: Basic bWU6cGFzcw==', 'Authorization: Basic [redacted]'],
    ['"authorization": "Bearer abc"', '"authorization": "Bearer [redacted]"'],
    ['{\\"Authorization\\": \\"Token abc\\"}', '{\\"Authorization\\": \\"Token [redacted]\\"}'],
    ['authorization=custom a, b\nhost: c', 'authorization=[redacted]\nhost: c'],
    ['curl -H "X-API-Key: abcdef"', 'curl -H "X-API-Key: [redacted]"'],
    ['got Bearer 0123456789abcdef', 'got Bearer [redacted]'],
    [`token ${jwt}.`, 'token [redacted]'],
    [`token eyJhbGci...${jwt}`, 'token [redacted]'],
    [`id ${'AKIA'}${'ABCDEFGHIJKLMNOP'} x`, 'id [redacted] x'],
    ['password=hunter2&user=me', 'password=[redacted]&user=me'],
    ['{"password": "hunter2"}', '{"password": "[redacted]"}'],
    ["DB_PASSWORD='hunter2'", "DB_PASSWORD='[redacted]'"],
    ['postgresql://mlflow:hunter2@db.internal:5432/mlflow', 'postgresql://mlflow:[redacted]@db.internal:5432/mlflow'],
    ['postgresql+psycopg2://:p%40ss@db/x', 'postgresql+psycopg2://:[redacted]@db/x'],
    ['Set-Cookie: session=abc123; Path=/', 'Set-Cookie: session=[redacted]; Path=/'],
    [
      '-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----',
      '-----BEGIN RSA PRIVATE KEY-----[redacted]-----END RSA PRIVATE KEY-----',
    ],
  ])('are removed by their format (%#)', (text, rest) => {
    expect(knowingNothing(text)).toBe(rest);
  });

  /** What tells the hops apart (domain.md, "Who answered?") must reach the person who reads the report. */
  it.each([
    '{"detail":"API key required"}',
    '{"detail":"Invalid API key"}',
    'Failed to connect to MLflow server at http://mlflow.hokusai.local:5000',
    'Basic realm="mlflow"',
    'Bearer realm="hokusai", error="invalid_token"',
    'Bearer authentication required',
    'FATAL:  password authentication failed for user "postgres"',
    '(psycopg2.OperationalError) connection to server at "db.internal" (10.0.1.7), port 5432 failed: Connection refused',
    'authorization,content-type,x-api-key',
    'https://registry.hokus.ai:443/api?a=b@c',
    '{"next_page_token": "", "error_code": "RESOURCE_DOES_NOT_EXIST", "message": "No such secret"}',
    'max-age=31536000; includeSubDomains',
    '2025-11-21T05:00:00Z Root=1-67891233-abcdef012345678912345678',
  ])('never appear in evidence: %s', (text) => {
    expect(redact(text)).toBe(text);
  });
});
