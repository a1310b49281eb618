import { describe, expect, it } from 'vitest';
import { verdictOf } from '../../src/classify/outcome.ts';
import { mayAskMore } from '../../src/cycle/do-no-harm.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { questionOf } from '../../src/diagnose/most-telling.ts';
import { placedVariants } from '../../src/diagnose/placed-variants.ts';
import { holds, probedRequestOf, probedRequestOfStep } from '../../src/diagnose/probed-request.ts';
import { isFailure, isNews, isSymptom, knownIds, withStatus } from '../../src/model/predicates.ts';
import type { FollowUp, Outcome } from '../../src/model/report.ts';
import { requests, type Seen as SeenInCycle } from '../../src/model/requests.ts';
import { carriesKey, type Target } from '../../src/model/target.ts';
import { stepIds } from '../../src/platform/flow-steps.ts';
import { followUpTargets } from '../../src/platform/follow-ups.ts';
import { allPass, observations, type Seen, targets } from './observations.ts';

const followUps = followUpTargets(targets);

const rejected = ['auth-rejected', 'application'] as const;
const missing = ['auth-missing', 'application'] as const;
const refused = ['lb-bad-gateway', 'balancer'] as const;

const isKeyed = (target: Target): boolean => target.kind === 'http' && carriesKey(target.auth);

/** All targets that are on, without the flow: these that fail in this way, and the others pass. */
const failing = (what: Seen, isFailing: (target: Target) => boolean): Readonly<Record<string, Seen>> =>
  Object.fromEntries(
    targets.filter(({ enabled }) => enabled).map((target) => [target.id, isFailing(target) ? what : 'pass']),
  );

/** Either the key is revoked, or a gateway takes keys and accepts none. */
const keyTie = {
  ...failing(
    rejected,
    (target) => isKeyed(target) && (target.hops.includes('proxy-route') || target.hops.includes('auth')),
  ),
  // It accepts a refusal.
  'registry.mlflow-proxy': 'pass',
} as const;
/** The proxy passes no key on, or the API reads none. */
const strippedTie = {
  ...failing(missing, (target) => isKeyed(target) && target.hops.includes('proxy-route')),
  'registry.mlflow-proxy': 'pass',
} as const;
/** The API does not find MLflow, or nothing accepts its connection there. */
const unreachedTie = failing(['upstream-unreachable', 'application'], ({ hops }) => hops.includes('service-discovery'));
/** Every other request meets a dead task. */
const oneOfTwo = {
  ...failing('pass', () => false),
  ...Object.fromEntries(
    ['root', 'health', 'mlflow-proxy', 'mlflow-proxy-search', 'mlflow-proxy-version', 'cors-preflight']
      .map((name) => `registry.${name}`)
      .concat('api.v1-health', 'api.root')
      .map((id) => [id, refused]),
  ),
} as const;

const question = (seen: SeenInCycle) => questionOf(seen, targets, followUps, null);

const outcomesOf = (seen: Readonly<Record<string, Seen>>): readonly Outcome[] =>
  observations(seen, [...targets, ...followUps]).outcomes;

/** The same cycle after these answers. */
const answered = (seen: Readonly<Record<string, Seen>>, more: Readonly<Record<string, Seen>>): SeenInCycle => {
  const followUp: FollowUp = { between: ['api-key-rejected', 'api-gateway-auth'], outcomes: outcomesOf(more) };
  return { ...observations(seen), followUp };
};

describe('what is asked on demand', () => {
  it('is what the hypotheses in question predict different answers to', () => {
    const asked = question(observations(keyTie));
    expect(asked?.between.toSorted()).toEqual(['api-gateway-auth', 'api-key-rejected']);
    expect(asked?.telling.map(({ id }) => id)).toEqual(['registry.root+unneeded-key', 'auth.root+unneeded-key']);
  });

  it('is nothing where no request can decide', () => {
    expect(diagnose(observations(unreachedTie), targets).faults).toEqual([
      expect.arrayContaining(['service-discovery-broken', 'mlflow-unreachable-from-api']),
    ]);
    expect(question(observations(unreachedTie))).toBeNull();
  });

  it('is nothing on a healthy platform, and nothing about a cause that is sure', () => {
    expect(question(observations(allPass()))).toBeNull();
    expect(question(observations(allPass({ 'registry.dns': 'dns-nxdomain' })))).toBeNull();
  });

  it('is a target that this cycle left out, if its answer decides', () => {
    const alone = { 'registry.mlflow-proxy-search': missing } as const;
    const asked = questionOf(observations(alone), targets, targets, null);
    expect(asked?.telling.map(({ id }) => id)).toContain('registry.mlflow-proxy-search-x-api-key');
  });

  it('comes in no way that decides nothing: each tells some hypotheses apart', () => {
    const told = [
      questionOf(observations(keyTie), targets, followUps, null),
      questionOf(observations(strippedTie), targets, followUps, null),
      questionOf(observations(oneOfTwo), targets, followUps, null),
    ].flatMap((one) => one?.telling.map(({ followUp }) => followUp) ?? []);
    expect(new Set(told)).toEqual(new Set(followUps.map(({ followUp }) => followUp)));
  });

  it('has predictions of its own, which change nothing about the other requests', () => {
    const usual = [...targets.map(probedRequestOf), ...stepIds.map((id) => probedRequestOfStep(id, 'bearer'))];
    const own = placedVariants.flatMap(({ effects }) => effects).filter(({ when }) => when?.followUp !== undefined);
    expect(own.length).toBeGreaterThan(0);
    expect(own.filter(({ when }) => usual.some((request) => holds(when, request)))).toEqual([]);
  });
});

describe('its answers', () => {
  it.each([
    ['a gateway rejects keys where none is needed', ['auth-rejected', 'api-gateway'], 'api-gateway-auth'],
    ['the application ignores them there', 'pass', 'api-key-rejected'],
  ] as const)('decide a tie: %s', (_, answer, named) => {
    const more = { 'auth.root+unneeded-key': answer, 'registry.root+unneeded-key': answer };
    expect(diagnose(answered(keyTie, more), targets).faults).toEqual([[named]]);
  });

  it('do not decide it where an application rejects keys that it does not need, as some do', () => {
    const more = { 'auth.root+unneeded-key': rejected, 'registry.root+unneeded-key': rejected };
    const { faults } = diagnose(answered(keyTie, more), targets);
    expect(faults.flat().toSorted()).toEqual(['api-gateway-auth', 'api-key-rejected']);
  });

  it('tell from a made-up key that the API reads keys, so the proxy loses them', () => {
    const id = 'registry.mlflow-proxy-search';
    const read = { [`${id}+made-up-bearer`]: 'pass', [`${id}+made-up-x-api-key`]: 'pass' } as const;
    expect(diagnose(answered(strippedTie, read), targets).faults).toEqual([['proxy-drops-auth-headers']]);
    const asked = { [`${id}+made-up-bearer`]: missing, [`${id}+made-up-x-api-key`]: missing };
    // The key may be checked behind the proxy that loses it.
    expect(diagnose(answered(strippedTie, asked), targets).faults.flat()).toContain('proxy-drops-auth-headers');
  });

  it('that fail are no failure, no symptom and no news, and change no verdict', () => {
    const seen = answered(allPass(), { 'auth.root+unneeded-key': rejected, 'registry.root+again-1': refused });
    const more = requests(seen).filter(({ kind }) => kind === 'follow-up');
    expect(more).toHaveLength(2);
    expect(more.filter((one) => isFailure(one) || isNews(one) || isSymptom(one))).toEqual([]);
    expect(more.filter((one) => isFailure({ ...one, known: true }, { degraded: true, known: true }))).toEqual([]);
    expect([withStatus(more, 'fail'), knownIds(more.map((one) => ({ ...one, known: true })))]).toEqual([[], []]);
    expect(verdictOf(seen, diagnose(seen, targets))).toBe('healthy');
  });

  it('that nothing explains are not told as unexplained, and count in no “explains”', () => {
    const seen = answered(keyTie, {
      'auth.root+unneeded-key': rejected,
      'api.root+again-1': ['server-error', 'application'],
    });
    const { unexplained, hypotheses } = diagnose(seen, targets);
    const told = [...unexplained, ...hypotheses.flatMap(({ explains }) => explains)];
    expect(told.filter((id) => id.includes('+'))).toEqual([]);
  });

  it('make no fault where nothing else fails', () => {
    const seen = answered(allPass(), { 'auth.root+unneeded-key': rejected, 'registry.root+unneeded-key': rejected });
    expect(diagnose(seen, targets)).toMatchObject({ status: 'healthy', faults: [] });
  });

  it('are read from a saved report whose platform has other targets, too', () => {
    const seen = answered(keyTie, { 'auth.root+unneeded-key': rejected });
    expect(
      diagnose(
        seen,
        targets.filter(({ id }) => id !== 'auth.root'),
      ).status,
    ).toBe('ambiguous');
  });
});

describe('a follow-up does no harm', () => {
  it('is a shallow read that waits for nothing', () => {
    expect(followUps.filter((target) => !mayAskMore(target, []))).toEqual([]);
    expect(followUps.filter(({ method, after: waitsFor }) => method !== 'GET' || waitsFor.length > 0)).toEqual([]);
    const deep = targets.filter(({ after: waitsFor }) => waitsFor.length > 0);
    expect(deep.filter((target) => mayAskMore(target, []))).toEqual([]);
  });

  it('is not passed on to MLflow by the API while anything behind the API fails', () => {
    const hangs = [{ status: 'fail', failureMode: 'upstream-timeout' }] as const;
    const asked = [...targets, ...followUps].filter((target) => mayAskMore(target, hangs));
    expect(asked.filter(({ hops }) => hops.includes('api') && hops.includes('mlflow'))).toEqual([]);
    expect(asked.map(({ id }) => id)).toContain('mlflow.health');
  });

  it('goes to the host of a target that is on, and not where the configuration asks something else', () => {
    const off = targets.map((target) => (target.id === 'auth.root' ? { ...target, enabled: false } : target));
    expect(followUpTargets(off).map(({ id }) => id)).not.toContain('auth.root+unneeded-key');
    const other = targets.map((target) =>
      target.id === 'auth.root' && target.kind === 'http' ? { ...target, method: 'POST' as const } : target,
    );
    expect(followUpTargets(other).map(({ id }) => id)).not.toContain('auth.root+unneeded-key');
  });
});
