import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { evidenceOf } from '../../src/diagnose/evidence.ts';
import type { Diagnosis, Slowness } from '../../src/model/diagnosis.ts';
import type { TimedPhase } from '../../src/model/phases.ts';
import type { Seen } from '../../src/model/requests.ts';
import { slownessSentence } from '../../src/wording/slowness.ts';
import { allPass, observations, targets } from './observations.ts';

/** The default limit for slow requests. */
const slowMs = 4_000;

interface Slow {
  readonly ids: RegExp;
  readonly ms: number;
  readonly phase?: TimedPhase;
}

/** Requests take 60 ms, but for these, which are slow above the limit. */
const cycleWith = (slow: readonly Slow[]): Seen => {
  const { outcomes, ...rest } = observations(allPass());
  return {
    ...rest,
    registration: null,
    outcomes: outcomes.map((one) => {
      const { ms = 60, phase = 'processing' } = slow.find(({ ids }) => ids.test(one.target)) ?? {};
      const timingsMs = { ...one.timingsMs, [phase]: ms, total: ms };
      return ms > slowMs
        ? { ...one, timingsMs, status: 'degraded' as const, failureMode: 'slow' as const }
        : { ...one, timingsMs };
    }),
  };
};

const diagnosisWith = (...slow: readonly Slow[]): Diagnosis => diagnose(cycleWith(slow), targets);

const proxied = 'mlflow-proxy$|mlflow-proxy-(health|version|search$|search-x-api-key)|mlflow-api-search';
/** Late by chance: other requests of its host that do as much are on time. */
const byChance: readonly Slow[] = [{ ids: /^registry.root$/, ms: 9_000 }];

const behindProxy = proxied.replace('mlflow-proxy$|', '');
const ofDatabase = /mlflow-proxy-search(-x-api-key)?$|mlflow-api-search/;

describe('slow requests are located', () => {
  it.each<readonly [string, readonly Slow[], Slowness['hop'], boolean]>([
    [
      'the auth service, above the limit only for requests that ask it twice',
      [
        { ids: ofDatabase, ms: 6_100 },
        { ids: new RegExp(`${proxied}|made-up-key|auth.validate`), ms: 3_100 },
      ],
      'auth-service',
      true,
    ],
    [
      'the database, beside a response that is late by chance',
      [{ ids: ofDatabase, ms: 5_000 }, ...byChance],
      'database',
      false,
    ],
    ['the key check alone', [{ ids: new RegExp(`${proxied}|search-made-up-key`), ms: 4_500 }], 'key-check', true],
    ['the database', [{ ids: ofDatabase, ms: 5_000 }], 'database', false],
    [
      'MLflow',
      [{ ids: new RegExp(`${behindProxy}|mlflow-ui|^mlflow.(root|health|version)$`), ms: 5_000 }],
      'mlflow',
      false,
    ],
    ['DNS', [{ ids: /^registry/, ms: 4_800, phase: 'resolve' }], 'dns', false],
    ['a load balancer that accepts late', [{ ids: /^registry/, ms: 4_800, phase: 'connect' }], 'listener', false],
    ['TLS', [{ ids: /^registry/, ms: 4_800, phase: 'tls' }], 'tls', false],
  ])('%s', (_, slow, hop, withKey) => {
    const { slowness, hypotheses } = diagnosisWith(...slow);
    expect(slowness).toMatchObject({ hop, withKey });
    expect(hypotheses.filter(({ probability }) => probability >= 0.8)).toEqual([]);
  });

  it('no hop is named when any request can be slow, as with one slow task of two', () => {
    const { slowness } = diagnosisWith({
      ids: /registry.(root|api-health|mlflow-proxy-search)$|api.health/,
      ms: 5_000,
    });
    expect(slowness?.hop).toBeNull();
  });

  it('a late request that passes is evidence, but not a failure', () => {
    const { slowness, unexplained } = diagnosisWith(
      { ids: ofDatabase, ms: 6_100 },
      { ids: new RegExp(`${proxied}|made-up-key|auth.validate`), ms: 3_100 },
    );
    expect(slowness?.requests).toContain('auth.validate-bearer');
    expect(unexplained).not.toContain('auth.validate-bearer');
  });

  it('a request that was as slow in the baseline is not late', () => {
    const cycle = cycleWith([
      { ids: ofDatabase, ms: 6_100 },
      { ids: /auth.validate-bearer/, ms: 3_100 },
    ]);
    const outcomes = cycle.outcomes.map((one) =>
      one.target === 'auth.validate-bearer' ? { ...one, normalMs: 2_900 } : one,
    );
    expect(diagnose({ ...cycle, outcomes }, targets).slowness?.requests).not.toContain('auth.validate-bearer');
  });

  it.each<readonly [string, number, Slowness['hop']]>([
    ['as many are late as on time', 4, 'dns'],
    ['fewer are late', 3, null],
  ])('a slow lookup is the name’s if it is common on the host: %s', (_, late, hop) => {
    const { outcomes, ...rest } = cycleWith([{ ids: /^auth/, ms: 4_800, phase: 'resolve' }]);
    const [fast = []] = [
      cycleWith([])
        .outcomes.filter(({ host }) => host === 'auth')
        .slice(0, 8),
    ];
    const half = fast.map(
      (one, index) => (index < late ? outcomes.find(({ target }) => target === one.target) : one) ?? one,
    );
    const others = outcomes.filter(({ host }) => host !== 'auth');
    expect(half).toHaveLength(8);
    expect(diagnose({ ...rest, outcomes: [...others, ...half] }, targets).slowness?.hop).toBe(hop);
  });

  it('the delay is measured from each request’s normal time only if all of them have one', () => {
    const { outcomes, ...rest } = cycleWith([{ ids: ofDatabase, ms: 5_000 }]);
    const byMs = (hasNormal: (index: number) => boolean): number | undefined => {
      const slow = outcomes.filter(({ target }) => ofDatabase.test(target));
      const normal = (one: (typeof outcomes)[number]) =>
        slow.includes(one) && hasNormal(slow.indexOf(one)) ? { ...one, normalMs: 100 } : one;
      return diagnose({ ...rest, outcomes: outcomes.map(normal) }, targets).slowness?.byMs;
    };
    // Otherwise from the 60 ms of those on time as well.
    expect([byMs(() => true), byMs((index) => index > 0), byMs(() => false)]).toEqual([4_900, 4_840, 4_940]);
  });

  it('nothing is said about requests that are on time', () => {
    expect(diagnosisWith().slowness).toBeUndefined();
  });
});

describe('slow requests without a hop in common, while another request fails,', () => {
  const cut = { 'auth.root': ['lb-bad-gateway', 'balancer'] } as const;
  const some = ['root', 'api-health', 'mlflow-proxy-search', 'mlflow-ui', 'dns'].map((name) => `registry.${name}`);
  /** The registry's other requests are not part of the cycle. */
  const observed = (slow: number, others: number): number => {
    const { outcomes, ...rest } = cycleWith([{ ids: new RegExp(`^(${some.slice(0, slow).join('|')})$`), ms: 5_000 }]);
    const fast = outcomes.filter(({ target }) => /^registry/.test(target) && !some.includes(target)).slice(0, others);
    const kept = outcomes.filter(
      (one) => !one.target.startsWith('registry') || one.failureMode === 'slow' || fast.includes(one),
    );
    const [failed] = observations(cut).outcomes;
    const all = kept.map((one) => (one.target === failed?.target ? failed : one));
    return evidenceOf({ ...rest, outcomes: all }, targets).observed.filter(({ symptom }) => symptom === 'slow').length;
  };
  it.each([
    ['no evidence: three of three of a host', 3, 0, 0],
    ['evidence: four of four', 4, 0, 4],
    ['evidence: four of seven', 4, 3, 4],
    ['no evidence: four of eight', 4, 4, 0],
  ])('are %s', (_, slow, others, expected) => {
    expect(observed(slow, others)).toBe(expected);
  });
});

describe('slow requests in words', () => {
  it.each<readonly [Slowness, string]>([
    [
      { requests: ['a', 'b'], byMs: 3_040, hop: 'auth-service', withKey: true },
      '2 requests take 3.0 s longer than normal; only requests with a key do, so look at the auth service behind the key check.',
    ],
    [
      { requests: ['a'], byMs: 900, hop: 'database', withKey: false },
      '1 request takes 900 ms longer than normal; the time is lost at this hop: database.',
    ],
    [
      { requests: ['a'], byMs: 900, hop: null, withKey: false },
      '1 request takes 900 ms longer than normal; they have no hop of their own in common.',
    ],
  ])('%j', (slowness, sentence) => {
    expect(slownessSentence(slowness)).toBe(sentence);
  });
});
