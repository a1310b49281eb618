import { expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Diagnosis } from '../../src/model/diagnosis.ts';
import type { AttemptOutcome } from '../../src/model/report.ts';
import { allPass, diagnosisOf, observations, type Seen, targets } from './observations.ts';

const each = (ids: readonly string[], seen: Seen): Readonly<Record<string, Seen>> =>
  Object.fromEntries(ids.map((id) => [id, seen]));

/** Everything passes but this; the flow ends at the first step that fails. */
const seenWith = (but: Readonly<Record<string, Seen>>): Diagnosis => {
  const all = Object.entries(allPass(but));
  const end = all.findIndex(([id, seen]) => id.startsWith('registration.') && seen !== 'pass');
  return diagnosisOf(
    Object.fromEntries(all.filter(([id], index) => end === -1 || index <= end || !id.startsWith('registration.'))),
  );
};

const experiments = ['registry.mlflow-proxy-search', 'registry.mlflow-proxy-search-x-api-key'];
const own = ({ role, kind, enabled, id }: (typeof targets)[number], host: string): boolean =>
  role === host && kind === 'http' && enabled && !id.endsWith('-redirect');
const overHttps = (host: string): readonly string[] => targets.filter((one) => own(one, host)).map(({ id }) => id);

it.each<readonly [string, Readonly<Record<string, Seen>>]>([
  [
    'the API gives up on reads of experiments',
    each([...experiments, 'registration.credentials'], ['upstream-timeout', 'application']),
  ],
  ['they outlast every limit', each([...experiments, 'registration.credentials'], 'response-timeout')],
  [
    'the balancer gives up, then we do',
    {
      ...each(experiments, ['lb-gateway-timeout', 'balancer']),
      'registration.credentials': 'response-timeout',
    },
  ],
])('locked tables of experiments are recognised and nothing is named: %s', (_, seen) => {
  expect(seenWith(seen)).toMatchObject({ status: 'no-match', faults: [], outside: ['experiments-tables-locked'] });
});

it.each<readonly [string, Seen, Seen]>([
  ['the API gives up', ['upstream-timeout', 'application'], ['upstream-timeout', 'application']],
  ['we give up', 'response-timeout', 'response-timeout'],
  ['both', ['upstream-timeout', 'application'], 'response-timeout'],
])('locked tables of the registry are recognised and nothing is named: %s', (_, read, step) => {
  const seen = { 'registry.mlflow-api-search': read, 'registration.read-registry': step };

  expect(seenWith(seen)).toMatchObject({ status: 'no-match', faults: [], outside: ['registry-tables-locked'] });
});

it('an MLflow that serves its paths elsewhere is recognised by its own 404 with the proxy and without', () => {
  const ofMlflow = targets.filter(
    ({ kind, enabled, hops, id }) =>
      enabled && kind === 'http' && hops.includes('mlflow') && !/no-key|made-up/.test(id),
  );
  const missing = [...ofMlflow.map(({ id }) => id), 'registration.credentials'];
  const seen = seenWith(each(missing, ['route-not-found', 'mlflow']));

  expect(seen).toMatchObject({ status: 'no-match', faults: [], outside: ['mlflow-at-another-prefix'] });
});

it('a database that hangs for all tables is no lock', () => {
  const reads = [...experiments, 'registry.mlflow-api-search', 'registration.credentials'];
  const { faults, outside } = seenWith(each(reads, ['upstream-timeout', 'application']));

  expect(outside).toBeUndefined();
  expect(faults.flat()).toContain('database-unreachable');
});

it.each(['registry', 'api', 'mlflow'])('a listener that asks for a client certificate is recognised: %s', (host) => {
  const steps = host === 'registry' ? ['registration.credentials'] : [];
  const { status, outside } = seenWith(each([...overHttps(host), ...steps], 'tls-handshake-failed'));

  expect({ status, outside }).toEqual({ status: 'no-match', outside: ['client-certificate-required'] });
});

it.each(['registry', 'api', 'mlflow'])(
  'the same over TLS 1.2, where the check of the certificate fails too: %s',
  (host) => {
    const all = [
      ...overHttps(host),
      `${host}.certificate`,
      ...(host === 'registry' ? ['registration.credentials'] : []),
    ];
    const seen = observations(
      Object.fromEntries(
        Object.entries(allPass(each(all, 'tls-handshake-failed'))).filter(
          ([id]) => all.includes(id) || !id.startsWith('registration.'),
        ),
      ),
    );
    const asked = <T extends AttemptOutcome>(one: T): T =>
      one.status === 'fail' ? { ...one, cause: 'certificate-asked' } : one;
    const { registration } = seen;
    const { status, faults, outside } = diagnose(
      {
        ...seen,
        outcomes: seen.outcomes.map(asked),
        registration: registration && { ...registration, steps: registration.steps.map(asked) },
      },
      targets,
    );

    expect({ status, faults, outside }).toEqual({
      status: 'no-match',
      faults: [],
      outside: ['client-certificate-required'],
    });
  },
);

it('a handshake that fails for the check of the certificate too is a fault of the listener', () => {
  const all = [...overHttps('registry'), 'registry.certificate', 'registration.credentials'];
  const { faults, outside } = seenWith(each(all, 'tls-handshake-failed'));

  expect({ faults, outside }).toEqual({ faults: [['tls-certificate-invalid']], outside: undefined });
});

const version = 'registry.mlflow-proxy-version';
const madeUp = 'registry.mlflow-proxy-search-made-up-key';
const mlflowLost: Seen = ['upstream-unreachable', 'application'];

it.each<readonly [string, Readonly<Record<string, Seen>>]>([
  ['MLflow and the auth service', { [madeUp]: ['auth-unavailable', 'application'] }],
  ['MLflow and an upstream without a name', { [madeUp]: ['upstream-unavailable', 'application'] }],
  ['MLflow, and it does not say what else', { [madeUp]: ['server-error', 'application'] }],
])('one API task that opens no connections is recognised and nothing is named: %s', (_, other) => {
  const { status, faults, outside } = seenWith({
    ...other,
    ...each([version, 'registration.read-registry'], mlflowLost),
  });

  expect({ status, faults, outside }).toEqual({ status: 'no-match', faults: [], outside: ['api-task-cannot-connect'] });
});

it('one API task that does not find MLflow alone is named, but not with confidence', () => {
  const { faults, hypotheses } = seenWith(each([version, 'registration.read-registry'], mlflowLost));

  expect(faults.flat()).toContain('service-discovery-broken');
  expect(Math.max(...hypotheses.map(({ probability }) => probability))).toBeLessThan(0.8);
});

it('a name that no API task finds is a fault of service discovery', () => {
  const proxied = targets.filter(({ hops, enabled }) => enabled && hops.includes('service-discovery'));
  const all = [...proxied.map(({ id }) => id), 'registration.credentials'];
  const { faults, outside } = seenWith(each(all, mlflowLost));

  expect(faults.flat()).toContain('service-discovery-broken');
  expect(outside).toBeUndefined();
});

it('a locked table does not hide another fault, which is named alone', () => {
  const reads = each([...experiments, 'registration.credentials'], ['upstream-timeout', 'application']);
  const { faults, outside, unexplained } = seenWith({
    ...reads,
    ...each(overHttps('platform'), 'tls-expired'),
    'platform.certificate': 'tls-expired',
  });

  expect(faults).toEqual([['tls-certificate-invalid']]);
  expect(outside).toEqual(['experiments-tables-locked']);
  expect(unexplained).toEqual([...experiments, 'registration.credentials']);
});
