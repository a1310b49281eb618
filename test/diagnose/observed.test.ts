import { describe, expect, it } from 'vitest';
import { evidenceOf, type Observed } from '../../src/diagnose/evidence.ts';
import type { Outcome, StepOutcome } from '../../src/model/report.ts';
import type { Doubted, Seen } from '../../src/model/requests.ts';
import { followUpTargets } from '../../src/platform/follow-ups.ts';
import { outcome } from '../metrics/reports.ts';
import { allPass, observations, targets } from './observations.ts';

const search = 'registry.mlflow-proxy-search';

/** Everything passes, but for a target's changes. */
const seenWith = (id: string, changes: Partial<Outcome>): Seen => {
  const { outcomes, ...rest } = observations(allPass());
  return { ...rest, outcomes: outcomes.map((one) => (one.target === id ? { ...one, ...changes } : one)) };
};

const observedIn = (seen: Seen & Doubted, id: string): Observed | undefined =>
  evidenceOf(seen, targets).observed.find(({ request }) => request.id === id);

describe('a failure that the baseline has', () => {
  const known = { status: 'fail', failureMode: 'unexpected-body', known: true } as const;

  it('shows, where MLflow reports it, that requests pass as far as MLflow and nothing more', () => {
    const found = observedIn(seenWith(search, { ...known, answeredBy: 'mlflow', cause: 'disk-full' }), search);

    expect(found?.request.hops.at(-1)).toBe('mlflow');
    expect(found).toMatchObject({
      symptom: 'pass',
      second: null,
      answeredBy: 'mlflow',
      isForeign: false,
      isOwn: false,
      cause: null,
      refuser: null,
      late: false,
      flaps: false,
      isOfOneAddress: false,
      isFollowUp: false,
    });
  });

  it.each<readonly [string, string, Partial<Outcome>]>([
    ['the application reports it', search, { answeredBy: 'application' }],
    ['nothing answers', search, { answeredBy: null }],
    ['MLflow answers where it should not', 'auth.root', { answeredBy: 'mlflow' }],
  ])('is no evidence if %s', (_, id, changes) => {
    expect(observedIn(seenWith(id, { ...known, ...changes }), id)).toBeUndefined();
  });
});

it('a step of the flow that fails as in the baseline is no evidence', () => {
  const { registration, ...rest } = observations(
    allPass({ 'registration.read-registry': ['unexpected-body', 'mlflow'] }),
  );
  const steps = registration?.steps.map((one) => (one.status === 'pass' ? one : { ...one, known: true })) ?? [];
  const seen = { ...rest, registration: registration && { ...registration, steps } };

  expect(observedIn(seen, 'registration.read-registry')).toBeUndefined();
});

describe('there is no evidence of a request', () => {
  it.each<readonly [string, Partial<Outcome>, string[]]>([
    ['that was skipped', { status: 'skipped' }, []],
    ['that was inconclusive', { status: 'inconclusive', failureMode: 'probe-error' }, []],
    ['about which the baseline leaves a doubt', { status: 'fail', failureMode: 'forbidden' }, [search]],
  ])('%s', (_, changes, unsure) => {
    const baselineDoubt = { changes: [], unsure, renew: 'hokusai-synthetics check' };
    expect(observedIn({ ...seenWith(search, changes), baselineDoubt }, search)).toBeUndefined();
  });
});

describe('the attempts of a request', () => {
  const attempt = (status: 'pass' | 'fail', failureMode: Outcome['failureMode']) => ({
    ...outcome(search, status, { failureMode }),
  });
  const refused = attempt('fail', 'connect-refused');
  const cut = attempt('fail', 'connect-reset');
  const passed = attempt('pass', null);
  it.each<readonly [string, Outcome['status'], Outcome['attempts'], Pick<Observed, 'second' | 'flaps'>]>([
    ['fail in one way', 'fail', [refused, refused], { second: null, flaps: false }],
    ['fail in two ways', 'fail', [refused, cut], { second: 'connect-reset', flaps: false }],
    ['fail, then pass', 'degraded', [refused, passed], { second: null, flaps: true }],
    ['work, but not as they should', 'degraded', [refused], { second: null, flaps: false }],
    ['fail after one that passed, so the request fails', 'fail', [passed, refused], { second: null, flaps: false }],
  ])('%s', (_, status, attempts, expected) => {
    const seen = seenWith(search, { status, failureMode: 'connect-refused', attempts });
    expect(observedIn(seen, search)).toMatchObject({ symptom: 'connect-refused', ...expected });
  });
});

describe('the addresses of a host', () => {
  type Address = Outcome['evidence']['addresses'][number];
  const at = (address: string, status: Address['status']): Address => ({
    ...({} as Address),
    address,
    status,
  });
  it.each<readonly [string, Outcome['status'], readonly Address[], boolean]>([
    ['one of two fails', 'degraded', [at('192.0.2.1', 'fail'), at('192.0.2.2', 'pass')], true],
    ['both fail', 'fail', [at('192.0.2.1', 'fail'), at('192.0.2.2', 'fail')], false],
    ['both work, and the response is wrong', 'fail', [at('192.0.2.1', 'pass'), at('192.0.2.2', 'pass')], false],
    ['nothing is known of them', 'fail', [], false],
  ])('%s', (_, status, addresses, isOfOneAddress) => {
    const { evidence } = outcome(search, 'fail');
    const changes = { status, failureMode: 'connect-timeout', evidence: { ...evidence, addresses } } as const;
    expect(observedIn(seenWith(search, changes), search)).toMatchObject({ isOfOneAddress });
  });

  it('one that fails beside a request that passes is no symptom', () => {
    const { evidence } = outcome(search, 'pass');
    const addresses = [at('192.0.2.1', 'fail'), at('192.0.2.2', 'pass')];
    expect(observedIn(seenWith(search, { evidence: { ...evidence, addresses } }), search)).toMatchObject({
      symptom: 'pass',
      isOfOneAddress: false,
    });
  });
});

describe('a follow-up', () => {
  const [{ id, host } = { id: '', host: '' }] = followUpTargets(targets);
  it.each([
    ['fail', 'forbidden', 'forbidden'],
    ['degraded', 'slow', 'slow'],
    ['pass', null, 'pass'],
    ['inconclusive', 'probe-error', undefined],
  ] as const)('%s is evidence: %s', (status, failureMode, symptom) => {
    const followUp = { between: [], outcomes: [outcome(id, status, { failureMode, host })] };
    const found = observedIn({ ...observations(allPass()), followUp }, id);

    expect(found?.symptom).toBe(symptom);
    expect(found?.isFollowUp ?? true).toBe(true);
    expect(observedIn(observations(allPass()), search)?.isFollowUp).toBe(false);
  });
});

describe('while the database is slow, a request', () => {
  const slow = /mlflow-proxy-search(-x-api-key)?$/;
  /** Slow from 4 s: late from 2 s (0.4 × 5 s), on time up to 1.25 s (0.25 × 5 s). */
  const timed = (id: string, ms: number, steps: readonly StepOutcome[] = []): Seen => {
    const { outcomes, registration, ...rest } = observations(allPass());
    const at = (one: Outcome, total: number): Outcome => ({
      ...one,
      timingsMs: { ...one.timingsMs, processing: total, total },
    });
    return {
      ...rest,
      registration: registration && { ...registration, steps },
      outcomes: outcomes.map((one) =>
        slow.test(one.target)
          ? { ...at(one, 5_000), status: 'degraded', failureMode: 'slow' }
          : at(one, one.target === id ? ms : 60),
      ),
    };
  };
  it.each([
    ['on time', 1_250, { symptom: 'pass', late: false }],
    ['between late and on time: no evidence', 1_500, undefined],
    ['late, within the limit', 2_000, { symptom: 'slow', late: true }],
  ] as const)('is %s', (_, ms, expected) => {
    const found = observedIn(timed('registry.mlflow-api-search', ms), 'registry.mlflow-api-search');
    expect(found && { symptom: found.symptom, late: found.late }).toEqual(expected);
  });

  it.each<readonly [string, number | null, number, 'pass' | undefined]>([
    ['is on time', 1_250, 1, 'pass'],
    ['may take that long for each of its requests', 2_500, 2, 'pass'],
    ['took longer: no evidence', 2_501, 2, undefined],
    ['has no time: no evidence', null, 2, undefined],
  ])('of the flow %s', (_, durationMs, count, expected) => {
    const [step] = observations(allPass()).registration?.steps ?? [];
    if (step === undefined) throw new Error('the flow has steps');
    const seen = timed('registry.mlflow-api-search', 2_000, [{ ...step, durationMs, requests: count } as StepOutcome]);
    expect(observedIn(seen, `registration.${step.id}`)?.symptom).toBe(expected);
  });
});
