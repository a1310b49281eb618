import { describe, expect, it } from 'vitest';
import { evidenceOf } from '../../src/diagnose/evidence.ts';
import { placedVariants } from '../../src/diagnose/placed-variants.ts';
import { weigh } from '../../src/diagnose/weigh.ts';
import type { Seen as SeenInCycle } from '../../src/model/requests.ts';
import { allPass, flapping, observations, type Seen, targets } from './observations.ts';

const causesOf = (seen: SeenInCycle): readonly string[] =>
  weigh(evidenceOf(seen, targets).observed, 'unknown').faults.map(({ best }) => placedVariants[best]?.cause ?? '');
const causes = (seen: Readonly<Record<string, Seen>>): readonly string[] => causesOf(observations(seen));

const of = (host: string): readonly string[] =>
  Object.keys(allPass()).filter((id) => id.startsWith(`${host}.`) && !/(dns|certificate|http-redirect)$/.test(id));
const alike = (ids: readonly string[], seen: Seen) => Object.fromEntries(ids.map((id) => [id, seen]));

const expired = { ...alike(of('auth'), 'tls-expired'), 'auth.certificate': 'tls-expired' } as const;

describe('a request that a network lost changes no diagnosis', () => {
  it.each<readonly [string, Seen]>([
    ['registry.root', 'connect-timeout'],
    ['registry.root', 'response-timeout'],
    ['registry.http-redirect', 'connect-reset'],
    ['platform.dns', 'dns-timeout'],
    ['platform.certificate', 'tls-handshake-timeout'],
  ])('%s: %s', (id, seen) => {
    expect(causes(allPass({ [id]: seen }))).toEqual([]);
    expect(causes(allPass({ ...expired, [id]: seen }))).toEqual(['tls-certificate-invalid']);
  });

  it('nor does one that passed on its retry', () => {
    expect(causesOf(flapping(allPass(expired), 'registry.root', 'connect-timeout'))).toEqual([
      'tls-certificate-invalid',
    ]);
  });
});

describe('a request is not lost by chance if', () => {
  const passing = { 'auth.root': 'pass', 'registry.root': 'pass' } as const;
  it.each<readonly [string, Readonly<Record<string, Seen>>]>([
    ['no other to its host passes', { ...passing, 'api.root': 'connect-timeout' }],
    ['only its name is known to resolve', { ...passing, 'api.dns': 'pass', 'api.root': 'connect-timeout' }],
    ['others to its host fail alike', allPass(alike([...of('api'), 'api.certificate'], 'connect-timeout'))],
  ])('%s', (_, seen) => {
    expect(causes(seen)).toEqual(['security-group-blocking']);
  });
});

it('a lost request that alone rules a cause out leaves both in doubt', () => {
  const dead = ['registry.mlflow-proxy-search', 'registry.mlflow-proxy-search-x-api-key', 'registry.mlflow-api-search'];
  const hangs = Object.fromEntries(
    Object.entries(allPass({ ...alike(dead, ['upstream-timeout', 'application']) })).filter(
      ([id]) => !id.startsWith('registration.') && id !== 'registry.mlflow-proxy-version',
    ),
  );
  const ties = (seen: Readonly<Record<string, Seen>>) =>
    weigh(evidenceOf(observations(seen), targets).observed, 'unknown').faults.map(({ tie }) => tie);
  const [before = []] = ties(hangs);
  const [after = []] = ties({ ...hangs, 'registry.mlflow-proxy-health': 'connect-timeout' });

  expect(before).toContain('database-unreachable');
  expect(before).not.toContain('mlflow-unreachable-from-api');
  expect(after).toEqual(expect.arrayContaining([...before, 'mlflow-unreachable-from-api']));
});
