import { describe, expect, it } from 'vitest';
import { originsIn } from '../../src/diagnose/origin.ts';
import { type PlacedVariant, placedVariants } from '../../src/diagnose/placed-variants.ts';
import { platformVersion } from '../../src/diagnose/platform-version.ts';
import { predict } from '../../src/diagnose/predict.ts';
import {
  holds,
  isAmong,
  type ProbedRequest,
  probedRequestOf,
  probedRequestOfStep,
} from '../../src/diagnose/probed-request.ts';
import type { Effect, When } from '../../src/model/hypothesis.ts';
import type { Outcome } from '../../src/model/report.ts';
import { requests, type TargetRequest } from '../../src/model/requests.ts';
import { outcome } from '../metrics/reports.ts';
import { dnsTarget, httpTarget, tlsTarget } from '../support/probing.ts';

const request: ProbedRequest = {
  id: 'x',
  host: 'api',
  elsewhere: null,
  kind: 'http',
  hops: ['dns', 'rule', 'api', 'mlflow'],
  port: 443,
  key: 'bearer',
  effect: 'read',
  tables: ['registry'],
  health: false,
  page: false,
  refusal: false,
  preflight: false,
  followUp: null,
  blindTo: [],
};

describe('a condition of an effect', () => {
  it.each<readonly [boolean, When | undefined, Partial<ProbedRequest>]>([
    [true, undefined, {}],
    [true, {}, {}],
    [true, { crosses: ['api', 'mlflow'] }, {}],
    [false, { crosses: ['api', 'database'] }, {}],
    [true, { avoids: ['database'] }, {}],
    [false, { avoids: ['database', 'api'] }, {}],
    [true, { kinds: ['http'] }, {}],
    [false, { kinds: ['dns', 'tls'] }, {}],
    [true, { key: ['bearer'] }, {}],
    [false, { key: ['none'] }, {}],
    [true, { hosts: ['api', 'registry'] }, {}],
    [false, { hosts: ['registry'] }, {}],
    [false, { hosts: ['registry'] }, { host: null }],
    [true, { port: 443 }, {}],
    [false, { port: 80 }, {}],
    [true, { effect: 'read' }, {}],
    [false, { effect: 'write' }, {}],
    [true, { tables: 'registry' }, {}],
    [false, { tables: 'experiments' }, {}],
    [true, { health: false }, {}],
    [false, { health: true }, {}],
    [false, { refusal: true }, {}],
    [false, { preflight: true }, {}],
    [false, { followUp: ['again'] }, {}],
    [true, { followUp: ['again'] }, { followUp: 'again' }],
    [false, { followUp: ['again'] }, { followUp: 'unneeded-key' }],
  ])('holds: %s for %j', (expected, when, changes) => {
    expect(holds(when, { ...request, ...changes })).toBe(expected);
  });

  it('needs a host to be among hosts', () => {
    expect([isAmong(['api'], 'api'), isAmong(['api'], 'auth'), isAmong(['api'], null)]).toEqual([true, false, false]);
  });
});

describe('a prediction', () => {
  const [any] = placedVariants;
  if (any === undefined) throw new Error('there are variants');
  const effect: Effect = { shows: { 'server-error': 0.7, pass: 0.1 } };
  /** A fault of MLflow. */
  const variant = (changes: Partial<PlacedVariant> = {}): PlacedVariant => ({
    cause: 'mlflow-unreachable-from-api',
    hop: 'service-discovery',
    prior: 0.01,
    withDeployment: undefined,
    isVague: false,
    hosts: null,
    through: null,
    past: null,
    effects: [effect],
    ...changes,
  });
  const of = (changes: Partial<PlacedVariant>, one: Partial<ProbedRequest> = {}) =>
    predict(variant(changes), { ...request, hops: ['dns', 'api', 'service-discovery', 'mlflow'], ...one });

  it('is for requests that cross the fault, at its place', () => {
    const found = of({});
    expect(found).toMatchObject({ shows: { 'server-error': 0.7 }, aloud: false });
    expect(of({ effects: [{ shows: { 'server-error': 0.8 } }] })?.open).toBeCloseTo(0.2, 12);
    expect(['service-discovery', 'mlflow', 'api']).toContain(found?.hop);
    expect(found?.place).toBe(['dns', 'api', 'service-discovery', 'mlflow'].indexOf(found?.hop ?? ''));
    expect(of({}, { hops: ['dns'] })).toBeNull();
  });

  it('is for its hosts, through and past its hops only', () => {
    expect(of({ hosts: ['api'] })).not.toBeNull();
    expect([of({ hosts: ['auth'] }), of({ hosts: ['auth'] }, { host: null })]).toEqual([null, null]);
    expect([of({ through: 'api' }) === null, of({ through: 'database' }) === null]).toEqual([false, true]);
    expect([of({ past: 'database' }) === null, of({ past: 'api' }) === null]).toEqual([false, true]);
  });

  it('leaves as much for other failures as fails: where a request passes, it is as sound as any other', () => {
    const found = of({});
    expect(found?.shows.pass).toBeCloseTo(0.1 + 0.2 / 8, 12);
    expect(found?.open).toBeCloseTo((0.2 * 7) / 8, 12);
    expect(of({ effects: [{ shows: { pass: 0.95 } }] })).toMatchObject({ shows: { pass: 1 }, open: 0 });
  });

  it('is that of the first effect that holds, also for what is elsewhere', () => {
    const first = { ...effect, when: { effect: 'write' }, shows: { forbidden: 1 } } as const;
    const aloud = { shows: { forbidden: 1.2 }, says: ['disk-full'], by: ['mlflow'], aloud: true } as const;
    expect(of({ effects: [first, effect] })?.shows).toEqual(of({})?.shows);
    expect(of({ effects: [first, effect] }, { effect: 'write' })?.shows).toEqual({ forbidden: 1 });
    expect(of({ effects: [aloud] })).toMatchObject({ open: 0, says: ['disk-full'], by: ['mlflow'], aloud: true });
    const elsewhere = { ...effect, elsewhere: true } as const;
    expect(of({ effects: [elsewhere] }, { hops: ['dns'] })?.place).toBe(1);
    expect(of({ effects: [{ ...effect, at: 'api' }] })?.place).toBe(1);
  });

  it('counts what a request does not notice as passing', () => {
    const shows = { 'auth-missing': 0.5, forbidden: 0.2, pass: 0.3 } as const;
    const seen = of({ effects: [{ shows }] }, { blindTo: ['auth-missing'] })?.shows ?? {};
    expect(Object.keys(seen).toSorted()).toEqual(['forbidden', 'pass']);
    expect(seen.pass).toBeCloseTo(0.8, 12);
    expect(of({ effects: [{ shows }] }, { blindTo: ['auth-rejected'] })?.shows).toEqual(shows);
  });
});

describe('a target as a request', () => {
  const { blindTo: _, ...plain } = probedRequestOf(httpTarget({ role: 'api' }));
  it('has what faults can depend on', () => {
    expect(plain).toMatchObject({
      host: 'api',
      elsewhere: null,
      kind: 'http',
      port: 443,
      key: 'none',
      health: true,
      refusal: false,
      preflight: false,
      followUp: null,
    });
    expect(probedRequestOf(httpTarget())).toMatchObject({ host: null, elsewhere: 'host.test' });
    expect(probedRequestOf(dnsTarget())).toMatchObject({
      kind: 'dns',
      key: 'none',
      effect: 'read',
      tables: [],
      health: false,
      blindTo: [],
    });
    expect(probedRequestOf(tlsTarget)).toMatchObject({ kind: 'tls', port: 443, refusal: false, preflight: false });
  });
  it('is at the listener on its ports only, unless it is elsewhere', () => {
    const hops = (url: string, role: 'api' | null) =>
      probedRequestOf(httpTarget({ url, role })).hops.includes('listener');
    expect(['https://h.test/', 'http://h.test/', 'https://h.test:8443/'].map((url) => hops(url, 'api'))).toEqual([
      true,
      true,
      false,
    ]);
    expect(hops('https://h.test:8443/', null)).toBe(true);
  });
  it.each([
    ['https://h.test/api/registered-models/x', ['registry']],
    ['https://h.test/api/model-versions/x', ['registry']],
    ['https://h.test/api/runs/x', ['experiments']],
    ['https://h.test/api/experiments/x', ['experiments']],
    ['https://h.test/api/logged-models/x', ['experiments']],
    ['https://h.test/api/runs', []],
  ])('%s needs the tables %j', (url, tables) => {
    expect(probedRequestOf(httpTarget({ url })).tables).toEqual(tables);
  });
  it('does not notice the refusals that it must get', () => {
    const expect401 = { status: [401], body: { kind: 'any' } } as const;
    const all = probedRequestOf(httpTarget({ expect: { ...expect401, guards: { kind: 'any' } } }));
    expect(all.refusal).toBe(true);
    expect(all.blindTo).toEqual(expect.arrayContaining(['auth-missing', 'auth-rejected']));
    expect(probedRequestOf(httpTarget({ expect: { ...expect401, refusedAs: 'auth-missing' } })).blindTo).toEqual([
      'auth-missing',
    ]);
    expect(probedRequestOf(httpTarget()).blindTo).toEqual([]);
    const preflight = { origin: 'o', method: 'GET', headers: [] };
    expect(probedRequestOf(httpTarget({ expect: { ...expect401, preflight } })).preflight).toBe(true);
  });
  it('has its key’s form', () => {
    const keys = (['none', 'bearer', 'x-api-key', 'bearer-made-up'] as const).map(
      (auth) => probedRequestOf(httpTarget({ auth })).key,
    );
    expect(keys).toEqual(['none', 'bearer', 'x-api-key', 'made-up']);
  });
});

it('a step as a request takes the user’s path with the accepted key, and needs its tables', () => {
  expect(probedRequestOfStep('credentials', 'x-api-key')).toMatchObject({
    id: 'registration.credentials',
    key: 'bearer',
    port: 443,
  });
  expect(probedRequestOfStep('set-alias', 'x-api-key')).toMatchObject({
    host: 'registry',
    key: 'x-api-key',
    tables: ['registry'],
    health: false,
    refusal: false,
    blindTo: [],
  });
  expect(probedRequestOfStep('create-run', 'bearer').tables).toEqual(['experiments']);
  expect(probedRequestOfStep('prove-deletion', 'bearer').tables).toEqual(['experiments', 'registry']);
});

describe('a refusal of a valid key is compared with the API’s own refusals', () => {
  const guarded = { ...request, refusal: true };
  const proxied = { ...request, hops: ['api', 'proxy-route'] as const };
  const refused = (rest: Partial<Outcome> = {}): Outcome => ({
    ...outcome('api.mine', 'fail', { failureMode: 'auth-rejected' }),
    fingerprint: 'f',
    ...rest,
  });
  const own = (rest: Partial<Outcome> = {}): Outcome => ({
    ...outcome('api.own', 'pass'),
    answeredBy: 'application',
    fingerprint: 'f',
    ...rest,
  });
  const origin = (mine: Outcome, owns: readonly Outcome[], probed: ProbedRequest = proxied) => {
    const all = requests({ outcomes: [mine, ...owns], registration: null });
    const [first] = all as readonly TargetRequest[];
    return first === undefined ? 'none' : originsIn(all, (id) => (id === 'api.own' ? guarded : proxied))(first, probed);
  };
  it.each([
    [null, 'alike', refused(), [own()]],
    ['unlike', 'in another form', refused({ fingerprint: 'g' }), [own()]],
    [null, 'in one of several forms', refused({ fingerprint: 'g' }), [own(), own({ fingerprint: 'g' })]],
    [null, 'in an unknown form', refused({ fingerprint: null }), [own()]],
    [null, 'beside an unknown form', refused({ fingerprint: 'g' }), [own({ fingerprint: null })]],
    [null, 'beside one in an unknown form', refused({ fingerprint: 'g' }), [own({ fingerprint: null }), own()]],
    ['behind', 'passed on', refused({ relayed: true }), [own()]],
    [null, 'passed on, like the others', refused({ relayed: true }), [own({ relayed: true })]],
    [null, 'without any other', refused({ fingerprint: 'g' }), []],
    [null, 'beside one that failed', refused({ fingerprint: 'g' }), [own({ status: 'fail' })]],
    [null, 'beside one that nobody wrote', refused({ fingerprint: 'g' }), [own({ answeredBy: null })]],
    [null, 'for another reason', refused({ fingerprint: 'g', failureMode: 'server-error' }), [own()]],
    [null, 'that passes', refused({ fingerprint: 'g', status: 'pass', failureMode: null }), [own()]],
  ])('%s: %s', (expected, _, mine, owns) => {
    expect(origin(mine, owns)).toBe(expected);
  });
  it('where the API passes requests on, and on the same host', () => {
    expect(origin(refused({ fingerprint: 'g' }), [own()], request)).toBeNull();
    expect(origin(refused({ fingerprint: 'g' }), [own({ host: 'other' })])).toBeNull();
  });
});

it('the platform’s version is the one that most health routes of the API name', () => {
  const ids = ['api.a', 'api.b', 'api.c', 'api.d'];
  const targets = ids.map((id) => httpTarget({ id, host: id === 'api.d' ? 'my' : 'api', role: 'api' }));
  const named = (...versions: readonly (string | null)[]) => {
    const outcomes = ids.map((id, index) => {
      const one = outcome(id, 'pass');
      return { ...one, evidence: { ...one.evidence, version: versions[index] ?? null } };
    });
    return platformVersion(requests({ outcomes, registration: null }), targets);
  };
  expect([named('1', '2', '2'), named('1', '2'), named(null, null, null, '9'), named()]).toEqual([
    '2',
    '1',
    null,
    null,
  ]);
});
