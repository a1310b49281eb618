import { describe, expect, it } from 'vitest';
import { blindnessOf, unseenIds } from '../../src/classify/reach.ts';
import type { FailureMode } from '../../src/model/failure-modes.ts';
import { failureModes } from '../../src/model/failure-modes.ts';
import type { Outcome, Status } from '../../src/model/report.ts';
import type { Target } from '../../src/model/target.ts';
import { outcome } from '../metrics/reports.ts';
import { dnsTarget, httpTarget, tlsTarget } from '../support/probing.ts';

/** Two hosts behind different balancers, over https and plain http, a certificate, a name, an inner host, a control. */
const front = ['dns', 'listener', 'tls', 'rule', 'target-group', 'api'] as const;
const targets: readonly Target[] = [
  httpTarget({ id: 'api.root', url: 'https://api.test/', role: 'api', hops: front }),
  httpTarget({ id: 'auth.root', url: 'https://auth.test/', role: 'registry', hops: front }),
  httpTarget({ id: 'api.plain', url: 'http://api.test/', role: 'api', hops: ['dns', 'listener', 'rule'] }),
  httpTarget({ id: 'auth.plain', url: 'http://auth.test/', role: 'registry', hops: ['dns', 'listener', 'rule'] }),
  { ...tlsTarget, id: 'api.certificate', role: 'api', name: 'api.test' },
  dnsTarget({ id: 'api.dns', role: 'api', name: 'api.test' }),
  httpTarget({ id: 'mlflow.inner', url: 'http://mlflow.internal/', hops: ['dns', 'mlflow'] }),
  httpTarget({ id: 'external.control', host: 'external', url: 'https://control.test/', hops: ['internet'] }),
];

type Got = 'pass' | 'skipped' | FailureMode | Outcome;

const got = (id: string, said: Got): Outcome => {
  if (typeof said === 'object') return said;
  if (said === 'pass' || said === 'skipped') return outcome(id, said);
  const { phase, ofMonitor } = failureModes[said];
  const status: Status = ofMonitor ? 'inconclusive' : 'fail';
  return { ...outcome(id, status, { failureMode: said }), phase };
};

const cycle = (all: Got, but: Readonly<Record<string, Got>> = {}) => ({
  outcomes: targets.map(({ id }) => got(id, but[id] ?? all)),
  registration: null,
  targets,
  through: 'https://registry.test/api',
});
const blind = (all: Got, but: Readonly<Record<string, Got>> = {}): string => {
  const found = blindnessOf(cycle(all, but));
  return found === null ? 'sees' : `${found.phase} ${found.control ?? 'alone'}`;
};
const unasked = { 'external.control': 'skipped' } as const;
/** Names are found before a connection is refused. */
const named = { 'api.dns': 'pass' } as const;
const alone = { ...named, ...unasked } as const;

const answered = (
  id: string,
  httpStatus: number,
  answeredBy: Outcome['answeredBy'],
  headers: Record<string, string> = {},
): Outcome => {
  const one = got(id, 'unexpected-status');
  return { ...one, httpStatus, answeredBy, evidence: { ...one.evidence, headers } };
};
const untrusted = (id: string, issuer: string, mode: FailureMode = 'tls-untrusted', sha256 = 'ab'): Outcome => {
  const one = got(id, mode);
  const certificate = { subject: '', issuer, names: [], validFrom: '', validTo: '', daysLeft: 9, sha256, chain: [] };
  return { ...one, evidence: { ...one.evidence, certificate } };
};
const https = ['api.root', 'auth.root', 'api.certificate'] as const;
const each = (make: (id: string) => Outcome, ids: readonly string[] = https) =>
  Object.fromEntries(ids.map((id) => [id, make(id)]));
const plainPass = { 'api.plain': 'pass', 'auth.plain': 'pass' } as const;

describe('with a control, a monitor', () => {
  it.each([
    ['sees if the control passes', () => blind('connect-timeout', { 'external.control': 'pass' }), 'sees'],
    ['is blind if nothing gets further', () => blind('connect-timeout', named), 'connect external.control'],
    [
      'is blind if some do not get as far',
      () => blind('connect-timeout', { ...named, 'api.root': 'dns-timeout' }),
      'connect external.control',
    ],
    ['sees if one passes', () => blind('connect-timeout', { ...named, 'auth.root': 'pass' }), 'sees'],
    [
      'sees if one gets as far as TLS',
      () => blind('connect-timeout', { ...named, 'auth.root': 'tls-expired' }),
      'sees',
    ],
    ['is blind without names', () => blind('dns-timeout'), 'resolve external.control'],
    [
      'is blind if all are stopped alike, and the control before them',
      () => blind('connect-timeout', { ...named, 'external.control': 'dns-nxdomain' }),
      'connect alone',
    ],
    [
      'is blind behind one CA, also where plain http passes',
      () =>
        blind('connect-timeout', {
          ...named,
          ...plainPass,
          ...each((id) => untrusted(id, 'A')),
          'external.control': untrusted('external.control', 'A'),
        }),
      'tls external.control',
    ],
    [
      'is blind if all have one CA, and the control another',
      () =>
        blind('connect-timeout', {
          ...named,
          ...plainPass,
          ...each((id) => untrusted(id, 'A')),
          'external.control': untrusted('external.control', 'B'),
        }),
      'tls alone',
    ],
    ['of unknown time sees', () => blind('deadline-exceeded'), 'sees'],
  ])('%s', (_, found, expected) => {
    expect(found()).toBe(expected);
  });
});

describe('without a control, a monitor', () => {
  it.each([
    ['is blind if all are stopped alike', () => blind('connect-timeout', alone), 'connect alone'],
    [
      'sees if two are stopped differently',
      () => blind('connect-timeout', { ...alone, 'auth.root': 'connect-refused' }),
      'sees',
    ],
    ['sees if one passes', () => blind('connect-timeout', { ...alone, 'auth.root': 'pass' }), 'sees'],
    ['sees if only plain http passes', () => blind('connect-timeout', { ...alone, 'auth.plain': 'pass' }), 'sees'],
    [
      'is blind if plain http is stopped in its own way',
      () => blind('connect-timeout', { ...alone, 'api.plain': 'connect-refused', 'auth.plain': 'connect-refused' }),
      'connect alone',
    ],
    [
      'sees if plain http is stopped in two ways',
      () => blind('connect-timeout', { ...alone, 'api.plain': 'connect-refused' }),
      'sees',
    ],
    ['is blind if no name server answers', () => blind('dns-timeout', unasked), 'resolve alone'],
    ['sees if the zone is missing', () => blind('dns-nxdomain', unasked), 'sees'],
    ['sees if all certificates expired', () => blind('tls-expired', { ...alone, ...plainPass }), 'sees'],
    [
      'is blind behind one proxy’s CA',
      () => blind('connect-timeout', { ...alone, ...plainPass, ...each((id) => untrusted(id, 'A')) }),
      'tls alone',
    ],
    [
      'sees behind two CAs',
      () => blind('connect-timeout', { ...alone, ...plainPass, ...each((id) => untrusted(id, id)) }),
      'sees',
    ],
    [
      'is blind behind one certificate for all names',
      () =>
        blind('connect-timeout', { ...alone, ...plainPass, ...each((id) => untrusted(id, id, 'tls-name-mismatch')) }),
      'tls alone',
    ],
    [
      'sees behind one for each name',
      () =>
        blind('connect-timeout', {
          ...alone,
          ...plainPass,
          ...each((id) => untrusted(id, 'A', 'tls-name-mismatch', id)),
        }),
      'sees',
    ],
    [
      'sees if TLS stops without a certificate and plain http passes',
      () => blind('tls-handshake-failed', { ...alone, ...plainPass }),
      'sees',
    ],
    [
      'is blind if TLS stops without a certificate and plain http fails',
      () =>
        blind('tls-handshake-failed', { ...alone, 'api.plain': 'connect-refused', 'auth.plain': 'connect-refused' }),
      'tls alone',
    ],
    [
      'is blind behind a proxy that answers all',
      () =>
        blind('connect-timeout', {
          ...alone,
          'api.certificate': 'pass',
          ...each(
            (id) => answered(id, 403, 'unknown', { server: 'squid' }),
            ['api.root', 'auth.root', 'api.plain', 'auth.plain'],
          ),
        }),
      'processing alone',
    ],
    [
      'sees if two servers answer',
      () =>
        blind('connect-timeout', {
          ...alone,
          'api.certificate': 'pass',
          ...each(
            (id) => answered(id, 403, 'unknown', { server: id }),
            ['api.root', 'auth.root', 'api.plain', 'auth.plain'],
          ),
        }),
      'sees',
    ],
    [
      'sees if a gateway fails over TLS',
      () =>
        blind('connect-timeout', {
          ...alone,
          'api.certificate': 'pass',
          ...each((id) => answered(id, 500, 'unknown'), ['api.root', 'auth.root', 'api.plain', 'auth.plain']),
        }),
      'sees',
    ],
    [
      'sees if the platform answers',
      () =>
        blind('connect-timeout', {
          ...alone,
          'api.certificate': 'pass',
          ...each((id) => answered(id, 403, 'application'), ['api.root', 'auth.root', 'api.plain', 'auth.plain']),
        }),
      'sees',
    ],
    ['of nothing sees', () => blind('skipped'), 'sees'],
  ])('%s', (_, found, expected) => {
    expect(found()).toBe(expected);
  });

  it('sees if only one balancer or one host is asked', () => {
    const only = (...ids: readonly string[]) =>
      blindnessOf({ ...cycle('connect-timeout'), targets: targets.filter(({ id }) => ids.includes(id)) });
    expect(only('api.root', 'api.plain')).toBeNull();
    expect(only('api.root', 'auth.root')).toEqual({ phase: 'connect', control: null });
    const oneName = targets.map((target) =>
      target.kind === 'http' ? { ...target, url: 'https://one.test/' } : target,
    );
    expect(
      blindnessOf({ ...cycle('connect-timeout'), targets: oneName.filter(({ id }) => id.endsWith('.root')) }),
    ).toBeNull();
  });
});

it('one attempt that got through is enough to see', () => {
  const flapping = {
    ...got('auth.root', 'connect-timeout'),
    attempts: [got('auth.root', 'connect-timeout'), got('auth.root', 'pass')],
  };
  const failing = {
    ...flapping,
    attempts: [got('auth.root', 'deadline-exceeded'), got('auth.root', 'connect-timeout')],
  };
  expect(blind('connect-timeout', { ...alone, 'auth.root': flapping })).toBe('sees');
  expect(blind('connect-timeout', { ...alone, 'auth.root': failing })).toBe('connect alone');
});

it('a blind cycle learned nothing about what it could not reach, but what it saw inside stays', () => {
  const unseen = (all: Got, but: Readonly<Record<string, Got>>) => {
    const asked = cycle(all, but);
    const found = blindnessOf(asked);
    return found === null ? null : [...unseenIds(asked, found)];
  };
  const out = ['api.root', 'auth.root', 'api.plain', 'auth.plain', 'api.certificate'];
  expect(unseen('connect-timeout', alone)).toEqual(out);
  expect(unseen('dns-timeout', {})).toEqual([...out, 'api.dns', 'mlflow.inner', 'external.control']);
});
