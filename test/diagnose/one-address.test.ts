import { expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Diagnosis } from '../../src/model/diagnosis.ts';
import type { FailureMode } from '../../src/model/failure-modes.ts';
import type { AddressEvidence, Outcome } from '../../src/model/report.ts';
import { allPass, observations, targets } from './observations.ts';

const address = (failureMode: FailureMode | null): AddressEvidence => ({
  address: failureMode === null ? '192.0.2.1:443' : '192.0.2.2:443',
  status: failureMode === null ? 'pass' : 'fail',
  failureMode,
  code: null,
  summary: '',
  certificate: null,
});

/** One of a host's two addresses fails in this way. Requests that meet it fail; those of `passing` took the other. */
const withOneAddress = (host: string, mode: FailureMode, failing: readonly string[] = []): Diagnosis => {
  const seen = observations(allPass(Object.fromEntries([`${host}.certificate`, ...failing].map((id) => [id, mode]))));
  const outcomes = seen.outcomes.map(
    (one): Outcome =>
      one.target === `${host}.certificate`
        ? { ...one, status: 'degraded', evidence: { ...one.evidence, addresses: [address(null), address(mode)] } }
        : one,
  );
  return diagnose({ ...seen, outcomes }, targets);
};

const causes = ({ faults }: Diagnosis): readonly (readonly string[])[] => faults.map((tie) => tie.toSorted());

it.each(['registry', 'api', 'mlflow'])(
  'one address of %s refuses connections: DNS lists a machine that is gone',
  (host) => {
    const found = withOneAddress(host, 'connect-refused');

    expect(causes(found)).toEqual([['dns-misconfigured']]);
    expect(found.hypotheses[0]?.probability).toBeLessThan(0.8);
  },
);

it('one address is silent: DNS, or a subnet that blocks', () => {
  expect(causes(withOneAddress('registry', 'connect-timeout'))).toEqual([
    ['dns-misconfigured', 'security-group-blocking'],
  ]);
});

it('one address has the certificate of another name, and some requests meet it: another machine, or a wrong certificate', () => {
  const met = ['registry.health', 'registry.mlflow-proxy', 'registry.mlflow-ui', 'registry.cors-preflight'];

  expect(causes(withOneAddress('registry', 'tls-name-mismatch', met))).toEqual([
    ['dns-misconfigured', 'tls-certificate-invalid'],
  ]);
});

it('an expired certificate on one address is no matter of DNS alone', () => {
  const met = ['registry.health', 'registry.mlflow-proxy', 'registry.mlflow-ui', 'registry.cors-preflight'];

  expect(causes(withOneAddress('registry', 'tls-expired', met)).flat()).toContain('tls-certificate-invalid');
});
