import { expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Outcome } from '../../src/model/report.ts';
import type { HostRole } from '../../src/platform/hosts.ts';
import { allPass, observations, targets } from './observations.ts';

const certificate = (sha256: string): NonNullable<Outcome['evidence']['certificate']> => ({
  subject: 'CN=x.test',
  issuer: 'CN=Issuing',
  names: ['x.test'],
  validFrom: '2026-10-01T00:00:00.000Z',
  validTo: '2027-06-01T00:00:00.000Z',
  sha256,
  chain: [],
  daysLeft: 100,
});

/** All HTTPS requests to a host get a certificate for other names. */
const named = (shown: string, address: string, host: HostRole = 'mlflow') => {
  const ids = targets
    .filter(
      ({ id, kind, role, enabled }) => enabled && kind !== 'dns' && role === host && !id.endsWith('http-redirect'),
    )
    .map(({ id }) => id);
  const seen = observations(allPass(Object.fromEntries(ids.map((id) => [id, 'tls-name-mismatch' as const]))));
  const outcomes = seen.outcomes.map((one): Outcome => {
    if (one.target !== 'api.certificate' && !ids.includes(one.target)) return one;
    const sha256 = one.status === 'pass' ? 'of the main balancer' : shown;
    const of = one.status === 'pass' ? 'main' : address;
    return { ...one, address: of, evidence: { ...one.evidence, certificate: certificate(sha256) } };
  });
  return diagnose({ ...seen, outcomes }, targets).faults;
};

it('a host that shows another host’s certificate at its address may lead to the wrong balancer', () => {
  expect(named('of the main balancer', 'main')).toEqual([['tls-certificate-invalid', 'dns-misconfigured']]);
});

it.each([
  ['of the main balancer', 'of its own'],
  ['of its own', 'main'],
])('a certificate %s at an address %s is only the wrong certificate', (shown, address) => {
  expect(named(shown, address)).toEqual([['tls-certificate-invalid']]);
});

it('at the address of its own balancer it is only the wrong certificate, though another host of that balancer shows it', () => {
  expect(named('of the main balancer', 'main', 'platform')).toEqual([['tls-certificate-invalid']]);
  expect(named('of the main balancer', 'main', 'registry')).toEqual([['tls-certificate-invalid', 'dns-misconfigured']]);
});
