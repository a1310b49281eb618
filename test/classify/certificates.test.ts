import { describe, expect, it } from 'vitest';
import { classify } from '../../src/classify/classify.ts';
import type { AddressObservation, CertificateEvidence, ConnectEvidence } from '../../src/model/observation.ts';
import { tlsTarget } from '../support/probing.ts';
import { attempt, limits } from './seen.ts';

const dayMs = 86_400_000;
const day = (offset: number): string => new Date(Date.UTC(2026, 0, 1) + offset * dayMs).toISOString();

/** With so many days left of so many. */
const certificate = (daysLeft: number, lifetimeDays: number): CertificateEvidence => ({
  subject: 'host.test',
  issuer: 'A Test CA',
  names: ['host.test', 'b.test'],
  validFrom: day(0),
  validTo: day(lifetimeDays),
  daysLeft,
  sha256: 'ab',
  chain: [],
});

const shows = (address: string, daysLeft: number, lifetimeDays = 365): AddressObservation => ({
  address,
  tls: { protocol: null, cipher: null, alpn: null, certificate: certificate(daysLeft, lifetimeDays) },
  failure: null,
});
const fails = (address: string, code: string, phase: 'connect' | 'tls' = 'connect'): AddressObservation => ({
  address,
  tls: null,
  failure: { phase, code, detail: 'closed' },
});
const tried = (address: string, code: string | null = null, noRoute = false): ConnectEvidence => ({
  address,
  port: 443,
  ms: 1,
  code,
  noRoute,
});

const judged = (addresses: readonly AddressObservation[], connects: readonly ConnectEvidence[] = []) => {
  const seen = attempt({ address: null, addresses, connects });
  const { status, failureMode, evidence } = classify({ ...tlsTarget, certificateDays: 21 }, seen, limits);
  return `${status}${failureMode === null ? '' : ` ${failureMode}: ${evidence.summary}`}`;
};

const [a, b, c] = ['192.0.2.1:443', '[2001:db8::1]:443', '192.0.2.3:443'] as const;
const soon = (days: number, until: string, where = '') =>
  `degraded tls-expires-soon: the certificate expires soon: ${where}in ${days} days, on ${until}`;

describe('a certificate', () => {
  it.each([
    ['pass', 300, 365],
    ['pass', 21, 365],
    [soon(20, '2027-01-01'), 20, 365],
    // A third of the lifetime, counted with the day that is not over.
    [soon(14, '2026-02-15'), 14, 45],
    ['pass', 15, 45],
    [soon(1, '2026-01-08'), 1, 7],
    ['pass', 2, 7],
    [soon(0, '2026-01-04'), 0, 3],
  ])('%s: %d of %d days are left', (expected, daysLeft, lifetimeDays) => {
    expect(judged([shows(a, daysLeft, lifetimeDays)])).toBe(expected);
  });

  it('of an address is listed with it', () => {
    const { evidence } = classify(tlsTarget, attempt({ addresses: [shows(a, 300), fails(b, 'ECONNREFUSED')] }), limits);
    expect(evidence.addresses).toMatchObject([
      { address: a, status: 'pass', failureMode: null, code: null, summary: '', certificate: { daysLeft: 300 } },
      { address: b, status: 'fail', failureMode: 'connect-refused', code: 'ECONNREFUSED', certificate: null },
    ]);
  });
});

describe('several addresses', () => {
  it.each([
    ['all work', [shows(a, 300), shows(b, 300)], 'pass'],
    [
      'none works',
      [fails(a, 'ECONNREFUSED'), fails(b, 'ETIMEDOUT')],
      'fail connect-refused: 192.0.2.1, 2001:db8::1 (2 of 2 addresses)',
    ],
    [
      'one works',
      [shows(a, 300), fails(b, 'ECONNREFUSED')],
      'degraded connect-refused: 2001:db8::1 (1 of 2 addresses)',
    ],
    [
      'one expires soon, one fails',
      [shows(a, 3), fails(b, 'ECONNREFUSED')],
      'degraded connect-refused: 2001:db8::1 (1 of 2 addresses)',
    ],
    ['one is unknown', [shows(a, 300), fails(b, 'EMFILE')], 'inconclusive probe-error: 2001:db8::1 (1 of 2 addresses)'],
    [
      'one is unknown, one fails',
      [fails(a, 'ECONNREFUSED'), fails(b, 'EMFILE')],
      'inconclusive probe-error: 2001:db8::1 (1 of 2 addresses)',
    ],
    [
      'one is unknown, one fails, one works',
      [fails(a, 'ECONNREFUSED'), fails(b, 'EMFILE'), shows(c, 300)],
      'degraded connect-refused: 192.0.2.1 (1 of 3 addresses)',
    ],
    [
      'two expire soon',
      [shows(a, 9), shows(b, 4), shows(c, 300)],
      soon(4, '2027-01-01', '2001:db8::1 (1 of 3 addresses): '),
    ],
    ['nothing was asked', [], 'inconclusive probe-error: no certificate was seen'],
  ])('%s', (_, addresses, expected) => {
    expect(judged(addresses)).toContain(expected.split(': ')[0]);
    expect(judged(addresses)).toContain(expected.split(': ').slice(1).join(': '));
  });

  it('this host’s lack of a family says nothing about the name', () => {
    const addresses = [shows(a, 300), fails(b, 'ENETUNREACH')];
    expect(judged(addresses, [tried('192.0.2.1'), tried('2001:db8::1', 'ENETUNREACH', true)])).toBe('pass');
    expect(judged(addresses, [tried('192.0.2.1'), tried('2001:db8::1', 'ENETUNREACH')])).toBe('pass');
    expect(judged(addresses, [tried('192.0.2.1')])).toContain('degraded');
    const none = [fails(a, 'NO_ROUTE'), fails(b, 'NO_ROUTE')];
    expect(judged(none, [tried('192.0.2.1', 'ENETUNREACH', true), tried('2001:db8::1', 'ENETUNREACH', true)])).toMatch(
      /^inconclusive connect-unreachable/,
    );
  });
});
