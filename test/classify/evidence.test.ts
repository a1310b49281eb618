import { describe, expect, it } from 'vitest';
import { classify, outcomeFrom } from '../../src/classify/classify.ts';
import { isDegraded } from '../../src/classify/judgement.ts';
import type { Attempted, AttemptFailure } from '../../src/model/observation.ts';
import { dnsTarget, tlsTarget } from '../support/probing.ts';
import { attempt, expecting, limits, response, told } from './seen.ts';

const target = expecting({});
const evidenceOf = (seen: Partial<Attempted>, of: Parameters<typeof classify>[0] = target) =>
  classify(of, attempt(seen), limits).evidence;
const failure = (phase: AttemptFailure['phase'], code: string, detail = 'x'): AttemptFailure => ({
  phase,
  code,
  detail,
});

const resolution = {
  name: 'host.test',
  chain: ['host.test'],
  addresses: ['192.0.2.1'],
  failures: [],
} as unknown as NonNullable<Attempted['resolution']>;
const certificate = {
  subject: 's',
  issuer: 'A Test CA',
  names: ['a.test', 'b.test'],
  validFrom: '2026-01-01T00:00:00.000Z',
  validTo: '2026-04-01T00:00:00.000Z',
  daysLeft: 50,
  sha256: 'ab',
  chain: [],
};
const tls = { protocol: null, cipher: null, alpn: null, certificate };
const connect = { address: '192.0.2.1', port: 443, ms: 1, code: null, noRoute: false };

describe('the evidence', () => {
  it('has the body only of what is not well, and its beginning', () => {
    const bad = evidenceOf({ response: response(500, 'x'.repeat(60)) });
    expect(bad.body?.length).toBe(limits.evidenceBytes);
    expect(bad.body).toMatch(/^x+… \d+ more$/);
    expect(evidenceOf({ response: response(500, '') }).body).toBeNull();
    expect(evidenceOf({ response: response(200, 'x') }).body).toBeNull();
    expect(evidenceOf({ failure: failure('connect', 'ECONNREFUSED') }).body).toBeNull();
  });

  it('has the headers that tell something, shortened', () => {
    const headers = { server: 's'.repeat(600), 'x-frame-options': 'DENY', location: 'l'.repeat(600) };
    const shown = evidenceOf({ response: response(500, '', headers) }).headers;
    expect(Object.keys(shown)).toEqual(['server', 'location']);
    expect([shown['server']?.length, shown['location']?.length]).toEqual([250, 500]);
    expect(evidenceOf({ failure: failure('connect', 'X') }).headers).toEqual({});
  });

  it('has the lookup where it is the matter, and only there', () => {
    expect(evidenceOf({ resolution, response: response(500) }).resolution).toBeNull();
    expect(evidenceOf({ resolution, failure: failure('resolve', 'ESERVFAIL') }).resolution).toBe(resolution);
    expect(evidenceOf({ resolution }, dnsTarget()).resolution).toBe(resolution);
  });

  it('has the certificate where it is the matter, and only there', () => {
    expect(evidenceOf({ tls, response: response(500) }).certificate).toBeNull();
    expect(evidenceOf({ tls, failure: failure('tls', 'CERT_HAS_EXPIRED') }).certificate).toBe(certificate);
    expect(evidenceOf({ failure: failure('tls', 'X') }).certificate).toBeNull();
    expect(evidenceOf({ addresses: [{ address: 'a', tls, failure: null }] }, tlsTarget).certificate).toBe(certificate);
  });

  it('has all connections if one failed', () => {
    const both = [connect, { ...connect, code: 'ETIMEDOUT' }];
    expect(evidenceOf({ connects: both, response: response(200) }).connects).toEqual(both);
    expect(evidenceOf({ connects: [connect], response: response(200) }).connects).toEqual([]);
  });

  it('has redirects, trace, lag and version as they were seen', () => {
    const seen = {
      redirects: [{ status: 301, from: 'f', location: 'l'.repeat(600) }],
      traceId: 't',
      loopLateMs: 7,
      response: response(200, '{"version":"1.2"}'),
    };
    const { redirects, traceId, loopLateMs, version, code } = evidenceOf(seen, expecting({ version: '1.2' }));
    expect(redirects.map(({ status, location }) => [status, location.length])).toEqual([[301, 500]]);
    expect([traceId, loopLateMs, version, code]).toEqual(['t', 7, '1.2', null]);
    expect(evidenceOf({ response: response(200) })).toMatchObject({ traceId: null, version: null });
    expect(evidenceOf({ failure: failure('connect', 'ECONNREFUSED') }).code).toBe('ECONNREFUSED');
  });

  it('is put into words under the judgement of a caller', () => {
    const seen = attempt({ response: response(200, '{"detail":"x"}') });
    expect(outcomeFrom(target, seen, isDegraded('slow', 'so slow'), limits)).toMatchObject({
      status: 'degraded',
      phase: 'assertion',
      answeredBy: 'application',
      httpStatus: 200,
      address: '192.0.2.1:443',
      evidence: { summary: '200 by the application: so slow' },
    });
  });
});

describe('a failure is told by its meaning and detail', () => {
  it.each<readonly [string, Partial<Attempted>, string]>([
    ['refused', { failure: failure('connect', 'ECONNREFUSED', 'by 192.0.2.1') }, 'by 192.0.2.1'],
    [
      'expired',
      { failure: failure('tls', 'CERT_HAS_EXPIRED'), tls },
      'for a.test, b.test, from 2026-01-01 to 2026-04-01, by A Test CA',
    ],
    ['expired, unseen', { failure: failure('tls', 'CERT_HAS_EXPIRED', 'it is') }, 'it is'],
    ['a handshake', { failure: failure('tls', 'ERR_SSL_X', 'alert 40'), tls }, 'alert 40'],
    ['without detail', { failure: failure('connect', 'ECONNREFUSED', '') }, ': the address refuses connections'],
  ])('%s', (_, seen, end) => {
    expect(told(target, attempt(seen)).endsWith(end)).toBe(true);
  });
});

describe('a list that is too long to read', () => {
  const list = expecting({ body: { kind: 'list', of: 'runs' } });
  const guarded = expecting({ status: [401], guards: { kind: 'list', of: 'runs' } });
  const cut = (status: number, type: string, code = 'LIMIT_BODY') =>
    attempt({
      failure: failure('transfer', code),
      response: response(status, '', { 'content-type': type, server: 'uvicorn' }),
    });
  const degraded = /^degraded response-too-large .*: the list has more than 10000 bytes/;
  const whole = /^fail response-too-large/;
  it.each([
    [list, cut(200, 'application/json'), degraded],
    [list, cut(200, 'Application/JSON; charset=utf-8', 'LIMIT_DECOMPRESSED'), degraded],
    [list, cut(200, 'x-application/json'), whole],
    [list, cut(200, 'application/jsonl'), whole],
    [list, cut(200, 'text/html'), whole],
    [list, cut(500, 'application/json'), /^fail server-error/],
    [list, cut(200, 'application/json', 'CLOSED'), /^fail response-truncated/],
    [expecting({ body: { kind: 'json' } }), cut(200, 'application/json'), whole],
    [guarded, cut(200, 'application/json'), /^fail auth-bypassed/],
    [tlsTarget, cut(200, 'application/json'), whole],
    [list, attempt({ failure: failure('transfer', 'LIMIT_BODY') }), whole],
  ])('is judged by its head (%#)', (of, seen, expected) => {
    expect(told(of, seen)).toMatch(expected);
  });
});

describe('a quoted message', () => {
  const quoted = (body: string): string =>
    told(target, attempt({ response: response(500, body) })).replace(
      /^.*? by something unknown(: )?|^.*? by the application(: )?/,
      '',
    );
  it.each([
    ['{"message":"a","detail":"b"}', 'a'],
    ['{"detail":"b","error":"c"}', 'b'],
    ['{"error":{"code":1},"msg":"d"}', '{"code":1}'],
    ['{"msg":"d","title":"e"}', 'd'],
    ['{"x":1}', '{"x":1}'],
    ['<p>an  <b>error</b>\n</p>', 'an error'],
    ['x'.repeat(160), 'x'.repeat(160)],
    ['x'.repeat(161), `${'x'.repeat(160)}…`],
    ['failed [SQL: SELECT 1]', 'failed'],
    ['failed LINE 1: SELECT', 'failed'],
    ['LINE 1: SELECT', ''],
    ['(raised as a result of Query-invoked autoflush; x) gone', '… gone'],
    ['', ''],
  ])('of %j is %j', (body, expected) => {
    expect(quoted(body)).toBe(expected);
  });
});
