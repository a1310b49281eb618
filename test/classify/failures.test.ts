import { describe, expect, it } from 'vitest';
import { readResponse } from '../../src/classify/answerer.ts';
import { judgeFailure } from '../../src/classify/failure-codes.ts';
import { fingerprintOf, marksOf } from '../../src/classify/fingerprint.ts';
import type { AttemptFailure } from '../../src/model/observation.ts';
import { attempt, expecting, response, told } from './seen.ts';

const tls = { protocol: null, cipher: null, alpn: null, certificate: null };

describe('a failure is judged by its phase and code', () => {
  it.each<readonly [AttemptFailure['phase'], string, string]>([
    ['resolve', 'ENOTFOUND', 'fail dns-nxdomain'],
    ['resolve', 'EREFUSED', 'fail dns-refused'],
    ['resolve', 'ENODATA', 'fail dns-no-address'],
    ['resolve', 'ECONNREFUSED', 'fail dns-timeout'],
    ['resolve', 'OTHER', 'fail dns-servfail'],
    ['connect', 'ECONNREFUSED', 'fail connect-refused'],
    ['connect', 'EADDRNOTAVAIL', 'inconclusive probe-error'],
    ['connect', 'LIMIT_PHASE', 'fail connect-timeout'],
    ['connect', 'EPIPE', 'fail connect-reset'],
    ['connect', 'NO_ROUTE', 'inconclusive connect-unreachable'],
    ['connect', 'OTHER', 'fail connect-unreachable'],
    ['tls', 'CERT_HAS_EXPIRED', 'fail tls-expired'],
    ['tls', 'NAME_MISMATCH', 'fail tls-name-mismatch'],
    ['tls', 'LIMIT_TOTAL', 'fail tls-handshake-timeout'],
    ['tls', 'ECONNRESET', 'fail connect-reset'],
    ['tls', 'ERR_SSL_ALERT', 'fail tls-handshake-failed'],
    ['tls', 'OTHER', 'fail tls-untrusted'],
    ['processing', 'ERR_SSL_ALERT', 'fail tls-handshake-failed'],
    ['processing', 'LIMIT_PHASE', 'fail response-timeout'],
    ['processing', 'OTHER', 'fail connection-closed'],
    ['transfer', 'LIMIT_PHASE', 'fail transfer-timeout'],
    ['transfer', 'LIMIT_BODY', 'fail response-too-large'],
    ['transfer', 'ECONNRESET', 'fail response-truncated'],
    ['transfer', 'OTHER', 'fail response-malformed'],
    ['assertion', 'REDIRECT_LOOP', 'fail redirect-loop'],
    ['assertion', 'REDIRECT_REFUSED', 'fail redirect-unexpected'],
    ['assertion', 'OTHER', 'inconclusive probe-error'],
    ['processing', 'LIMIT_CYCLE', 'inconclusive deadline-exceeded'],
    ['processing', 'EMFILE', 'inconclusive probe-error'],
  ])('%s %s: %s', (phase, code, expected) => {
    const { status, failureMode } = judgeFailure({ phase, code, detail: '' }, tls);
    expect(`${status} ${failureMode}`).toBe(expected);
  });

  it('not as an untrusted certificate if none was received', () => {
    const judged = judgeFailure({ phase: 'tls', code: 'OTHER', detail: '' }, null);
    expect(judged.failureMode).toBe('tls-handshake-failed');
  });

  it('and placed outside of the platform if it is there', () => {
    const control = expecting({}, { hops: ['internet'] });
    expect(told(control, attempt({ response: response(500) }))).toMatch(/^fail server-error at internet: /);
  });
});

describe('a fingerprint', () => {
  const of = (
    body: string,
    headers: Readonly<Record<string, string>> = {},
    order = Object.keys(headers).join(' '),
  ): string => fingerprintOf(readResponse({ ...response(200, body, headers), headerOrder: order }));

  it('differs by the shape of the body', () => {
    const all = ['', 'text', '[1]', '{}', '{"a":1}', '{"a":1,"b":2}', '<html>'].map((body) => of(body));
    expect(new Set(all).size).toBe(all.length);
    expect(of('a', { 'content-type': 'text/html' })).toBe(of('<p>b', { 'content-type': 'TEXT/HTML; charset=utf-8' }));
    expect(of(' \n<p>')).toBe(of('<html>'));
  });

  it('is the same whatever the values, ids and varying headers are', () => {
    expect(of('{"b":1,"a":"x"}')).toBe(of('{"a":2,"b":null,"id7":3}'));
    expect(of('some')).toBe(of('other'));
    expect(of('', {}, 'server date')).toBe(of('', {}, 'server set-cookie date x-request-id content-length'));
    expect(of('', {}, 'server date')).not.toBe(of('', {}, 'date server'));
    expect(of('', { server: 'nginx/1.25 (Ubuntu)' })).toBe(of('', { server: 'NGINX/1.27' }));
    expect(of('', { server: 'nginx' })).not.toBe(of('', { server: 'envoy' }));
  });

  it('comes with the products and the media type', () => {
    expect(marksOf({ server: 'nginx/1.25 (Ubuntu), host7 envoy', 'content-type': 'Text/HTML; charset=x' })).toEqual({
      server: 'nginx envoy',
      type: 'text/html',
    });
    expect(marksOf({})).toEqual({ server: '', type: '' });
  });
});
