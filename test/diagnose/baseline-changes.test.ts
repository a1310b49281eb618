import { describe, expect, it } from 'vitest';
import { doubtOf } from '../../src/diagnose/baseline-doubt.ts';
import type { KnownEntry } from '../../src/model/baseline.ts';
import type { FailureMode } from '../../src/model/failure-modes.ts';
import type { Outcome } from '../../src/model/report.ts';
import type { BodyExpectation, HttpTarget } from '../../src/model/target.ts';
import type { Hop } from '../../src/platform/hops.ts';
import { outcome } from '../metrics/reports.ts';
import { httpTarget } from '../support/probing.ts';

const toMlflow = ['dns', 'rule', 'mlflow'] as const;
const throughApi = ['dns', 'rule', 'api', 'mlflow'] as const;
const target = (id: string, hops: readonly Hop[], body: BodyExpectation, rest: Partial<HttpTarget> = {}): HttpTarget =>
  httpTarget({ id, hops, role: 'mlflow', expect: { status: [200], body }, ...rest });

const any = { kind: 'any' } as const;
const targets = [
  target('page', toMlflow, { kind: 'html', contains: 'MLflow' }),
  target('version', toMlflow, { kind: 'version' }),
  target('health', toMlflow, { kind: 'equals', text: 'OK' }),
  target('proxied', throughApi, { kind: 'equals', text: 'OK' }),
  target('list', toMlflow, { kind: 'list', of: 'runs' }),
  target('api', ['dns', 'rule', 'api'], any, { role: 'api' }),
  target('api-too', ['dns', 'rule', 'api'], any, { role: 'api' }),
  target('api-key', ['dns', 'rule', 'api'], any, { role: 'api', auth: 'bearer' }),
  target('api-front', ['dns', 'rule'], any, { role: 'api' }),
  target('other', ['dns', 'rule', 'api'], any, { role: 'auth' }),
];

const passes = (id: string, rest: Partial<Outcome> = {}): Outcome => ({
  ...outcome(id, 'pass'),
  answeredBy: 'mlflow',
  fingerprint: 'new',
  ...rest,
});
const fails = (id: string, failureMode: FailureMode, rest: Partial<Outcome> = {}): Outcome => ({
  ...passes(id, { ...outcome(id, 'fail', { failureMode }), answeredBy: 'application', fingerprint: 'new' }),
  ...rest,
});
const knownAs = (id: string, failureMode: FailureMode | null = null, rest: Partial<KnownEntry> = {}): KnownEntry => ({
  target: id,
  status: failureMode === null ? 'pass' : 'fail',
  failureMode,
  answeredBy: 'mlflow',
  fingerprint: 'old',
  ...rest,
});

/** Something has to fail, or nobody asks. */
const broken = fails('list', 'server-error');
const doubted = (outcomes: readonly Outcome[], baseline: readonly KnownEntry[], and = [broken]) =>
  doubtOf({ outcomes: [...outcomes, ...and], registration: null }, targets, baseline);
const changes = (...given: Parameters<typeof doubted>): readonly string[] =>
  (doubted(...given)?.changes ?? []).map(
    ({ kind, from, to, requests }) => `${kind} ${from} ${to} ${requests.join('+')}`,
  );

const versioned = (id: string, version: string | null): Outcome => {
  const one = passes(id, { fingerprint: 'old' });
  return { ...one, evidence: { ...one.evidence, version } };
};

describe('another version', () => {
  const was = (id: string, version: string) => knownAs(id, null, { evidence: { version } });
  it('is told once for all that name it', () => {
    expect(
      changes(
        [versioned('page', '2'), versioned('version', '2'), versioned('api', '3')],
        [was('page', '1'), was('version', '1'), was('api', '1')],
      ),
    ).toEqual(['version 1 2 page+version', 'version 1 3 api']);
  });
  it('is not told where none is named, before or now', () => {
    expect(
      changes(
        [versioned('page', null), versioned('version', '2'), versioned('api', '2')],
        [was('page', '1'), knownAs('version'), was('api', '2')],
      ),
    ).toEqual([]);
  });
  it('alone makes nothing unsure', () => {
    const mlflows = fails('health', 'unexpected-body');
    expect(doubted([versioned('api', '2'), mlflows], [was('api', '1')])?.unsure).toEqual([]);
  });
  it('beside another server makes unsure what MLflow’s host shows', () => {
    const seen = [versioned('api', '2'), passes('page'), fails('health', 'unexpected-body')];
    const found = doubted(seen, [was('api', '1'), knownAs('page')]);
    expect(found?.changes.map(({ kind }) => kind)).toEqual(['version', 'answerer']);
    expect(found?.unsure).toEqual(['health']);
  });
});

describe('another server', () => {
  it.each([
    [
      'is told by MLflow’s own content',
      [passes('page'), passes('version'), passes('health')],
      'answerer null null page+version+health',
    ],
    ['is not told by what varies', [passes('list')], null],
    ['is not told by the API’s content', [passes('api')], null],
    ['is not told by what fails', [fails('page', 'unexpected-body')], null],
    ['is not told by the same one', [passes('page', { fingerprint: 'old' })], null],
    ['is not told without a fingerprint', [passes('page', { fingerprint: null })], null],
    ['is not told by one of the platform’s', [passes('page', { fingerprint: 'api' })], null],
    ['is not told by what nobody sent', [passes('page', { answeredBy: null })], null],
  ])('%s', (_, outcomes, expected) => {
    const known = [...targets.map(({ id }) => knownAs(id)), knownAs('x', null, { fingerprint: 'api' })];
    expect(changes(outcomes, known)).toEqual(expected === null ? [] : [expected]);
  });
  it('is not told where the baseline has no fingerprint, or a failure', () => {
    expect(changes([passes('page')], [knownAs('page', null, { fingerprint: null })])).toEqual([]);
    expect(changes([passes('page')], [])).toEqual([]);
    expect(changes([passes('page')], [knownAs('page', 'forbidden')])).toEqual([]);
  });
});

describe('recovered deviations', () => {
  it('are told if several of one kind pass', () => {
    const all = ['page', 'version', 'health', 'api'].map((id) => passes(id));
    const known = [
      knownAs('page', 'forbidden'),
      knownAs('version', 'forbidden'),
      knownAs('health', 'slow'),
      knownAs('api'),
    ];
    expect(changes(all, known)).toEqual(['deviations forbidden pass page+version']);
  });
  it('are not told of a report from before a change', () => {
    const known = ['page', 'version'].map((id) => knownAs(id, 'forbidden', { isBefore: true }));
    expect(changes([passes('page'), passes('version')], known)).toEqual([]);
  });
});

describe('deviations that changed', () => {
  const known = [knownAs('api', 'route-not-found'), knownAs('api-too', 'route-not-found')];
  const now = (mode: FailureMode) => [fails('api', mode), fails('api-too', mode)];
  const beside = (id: string) => [passes(id), knownAs(id)] as const;
  it.each([
    ['are told beside a request that passes on the same path', 'unexpected-body', 'other', false],
    ['need the same host', 'unexpected-body', 'other', false],
    ['need the same key', 'unexpected-body', 'api-key', false],
    ['need the same hops', 'unexpected-body', 'api-front', false],
    ['need a mode that an application may show by design', 'server-error', 'third', false],
    ['are told otherwise', 'unexpected-body', 'third', true],
  ] as const)('%s', (_, mode, id, expected) => {
    const third = target('third', ['dns', 'rule', 'api', 'mlflow'], any, { role: 'api' });
    const [one, entry] = beside(id);
    const outcomes = [...now(mode), one];
    const found = doubtOf({ outcomes, registration: null }, [...targets, third], [...known, entry]);
    expect(found?.changes ?? []).toEqual(
      expected ? [{ kind: 'deviations', from: 'route-not-found', to: mode, requests: ['api', 'api-too'] }] : [],
    );
    expect(found?.unsure ?? []).toEqual(expected ? ['api', 'api-too'] : []);
  });
  it('are not told beside a request that recovered', () => {
    const [one] = beside('other-too');
    const too = target('other-too', ['dns', 'rule', 'api'], any, { role: 'api' });
    const outcomes = [...now('unexpected-body'), one];
    const baseline = [...known, knownAs('other-too', 'forbidden')];
    expect(doubtOf({ outcomes, registration: null }, [...targets, too], baseline)).toBeNull();
  });
  it('are told for several of one kind', () => {
    const mixed = [fails('api', 'unexpected-body'), fails('api-too', 'unexpected-status'), passes('api-third')];
    const third = target('api-third', ['dns', 'rule', 'api'], any, { role: 'api' });
    expect(
      doubtOf({ outcomes: mixed, registration: null }, [...targets, third], [...known, knownAs('api-third')]),
    ).toBeNull();
  });
});

describe('a gateway in front of MLflow', () => {
  const ownWords = [fails('health', 'unexpected-body'), fails('proxied', 'unexpected-body')];
  const old = [knownAs('api', 'forbidden'), knownAs('page')];
  const told = ['deviations null unexpected-body health+proxied'];
  it.each([
    ['is told by its words on both ways', [...ownWords, passes('page', { fingerprint: 'old' })], old, told],
    ['is not told if MLflow answers nothing', ownWords, old, []],
    ['is not told without deviations', [...ownWords, passes('page', { fingerprint: 'old' })], [knownAs('page')], []],
    ['is not told on one way', [...ownWords.slice(0, 1), passes('page', { fingerprint: 'old' })], old, []],
    [
      'is not told by MLflow’s own words',
      [...ownWords.map((one) => ({ ...one, answeredBy: 'mlflow' as const })), passes('page', { fingerprint: 'old' })],
      old,
      [],
    ],
    [
      'is not told by another failure',
      [...['health', 'proxied'].map((id) => fails(id, 'unexpected-status')), passes('page', { fingerprint: 'old' })],
      old,
      [],
    ],
    [
      'is not told by the platform’s own server',
      [...ownWords.map((one) => ({ ...one, fingerprint: 'old' })), passes('page', { fingerprint: 'old' })],
      old,
      [],
    ],
    [
      'is not told by the API',
      [fails('health', 'unexpected-body'), fails('api-too', 'unexpected-body'), passes('page', { fingerprint: 'old' })],
      old,
      [],
    ],
  ])('%s', (_, outcomes, baseline, expected) => {
    expect(changes([...passesOfApi, ...outcomes], baseline)).toEqual(expected);
  });

  it('makes unsure what MLflow’s host shows without the API, and other forms', () => {
    const more = [fails('version', 'auth-missing'), fails('api-too', 'auth-missing')];
    expect(
      doubted([...passesOfApi, ...ownWords, passes('page', { fingerprint: 'old' }), ...more], old)?.unsure,
    ).toEqual(['health', 'proxied', 'version']);
  });
});

/** What the baseline has. */
const passesOfApi = [fails('api', 'forbidden')];

it('nothing is doubted while nothing fails, or nothing changed', () => {
  expect(doubted([passes('page')], [knownAs('page')], [])).toBeNull();
  expect(doubted([passes('page', { fingerprint: 'old' })], [knownAs('page')])).toBeNull();
});
