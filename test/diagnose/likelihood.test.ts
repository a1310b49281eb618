import { describe, expect, it } from 'vitest';
import { scoring } from '../../src/diagnose/constants.ts';
import type { Observed } from '../../src/diagnose/evidence.ts';
import { evidenceOf } from '../../src/diagnose/evidence.ts';
import { isTransient, passingOf, probabilityOf } from '../../src/diagnose/likelihood.ts';
import { logLikelihoodOfOther } from '../../src/diagnose/other.ts';
import type { Prediction } from '../../src/diagnose/predict.ts';
import { logLikelihood, logLikelihoodsBeside, probabilityUnder, tableOf } from '../../src/diagnose/score.ts';
import { modesWith } from '../../src/model/failure-modes.ts';
import { allPass, observations, targets } from './observations.ts';

const [passing] = evidenceOf(observations(allPass()), targets).observed;
if (passing === undefined) throw new Error('something is observed');

const seen = (changes: Partial<Observed> = {}): Observed => ({
  ...passing,
  request: { ...passing.request, hops: ['dns', 'api', 'key-check', 'mlflow'] },
  symptom: 'server-error',
  ...changes,
});
const failsHere = (changes: Partial<Prediction> = {}): Prediction => ({
  shows: { 'server-error': 0.6, pass: 0.1 },
  open: 0.3,
  by: undefined,
  says: undefined,
  aloud: false,
  ofOneAddress: false,
  hop: 'api',
  place: 5,
  ...changes,
});

const { noise, flake, transient, ways, openPass, answeredFromBehind, unlikeApi, foreign, silent, wordsOfAnother } =
  scoring;
const transientWays = modesWith((traits) => traits.transient).length;
const otherWay = (1 - transient) / ways;
const openFailure = (0.3 * (1 - openPass)) / ways;
const said = 0.6 + openFailure;

describe('without a fault on its path, a request', () => {
  it.each<readonly [string, Partial<Observed>, number]>([
    ['passes', { symptom: 'pass' }, 1 - noise],
    ['fails in any way', {}, noise * otherWay],
    ['fails as networks do', { symptom: 'connect-timeout' }, (noise * transient) / transientWays],
    ['fails twice, in two ways', { second: 'forbidden' }, noise * otherWay * otherWay],
    ['fails once', { flaps: true }, flake * otherWay],
  ])('%s', (_, changes, expected) => {
    expect(probabilityOf(seen(changes), null)).toBeCloseTo(expected, 12);
  });

  it('is lost in the ways of a network', () => {
    expect([isTransient('pass'), isTransient('connect-timeout'), isTransient('server-error')]).toEqual([
      false,
      true,
      false,
    ]);
  });
});

describe('with a fault on its path, a request', () => {
  const api = { answeredBy: 'application' } as const;
  it.each<readonly [string, Partial<Observed>, Partial<Prediction>, number]>([
    ['fails as predicted', api, {}, said],
    ['fails otherwise', { ...api, symptom: 'forbidden' }, {}, openFailure],
    ['passes', { symptom: 'pass' }, {}, 0.1 + 0.3 * openPass],
    ['passes against all odds', { symptom: 'pass' }, { shows: {}, open: 0 }, noise],
    ['fails against all odds', api, { shows: {}, open: 0 }, noise * otherWay],
    ['is late', { symptom: 'slow', answeredBy: 'mlflow' }, { shows: { slow: 0.7 }, open: 0 }, 0.7],
    ['fails in two ways', { ...api, second: 'forbidden' }, {}, said * openFailure],
    ['fails once', { ...api, flaps: true }, {}, said / 2],
    ['is answered from behind', { answeredBy: 'mlflow' }, {}, said * answeredFromBehind],
    ['is answered by MLflow, at it', { answeredBy: 'mlflow' }, { hop: 'database' }, said],
    ['is answered as it should be', { answeredBy: 'nginx' }, { by: ['nginx'] }, said],
    ['is answered by another', { answeredBy: 'mlflow' }, { by: ['nginx'], hop: 'mlflow' }, said * answeredFromBehind],
    ['is answered by someone', { answeredBy: null }, { by: ['nginx'] }, said],
    ['is refused behind', { ...api, refuser: 'behind' }, { place: 0 }, said * answeredFromBehind],
    ['is refused in another form', { ...api, refuser: 'unlike' }, { place: 0 }, said * unlikeApi],
    ['is refused further on', { ...api, refuser: 'behind' }, { place: 99 }, said],
    [
      'has a foreign response',
      { ...api, isForeign: true, symptom: 'forbidden' },
      { shows: { forbidden: 0.6 } },
      said * foreign,
    ],
    [
      'has one in front',
      { ...api, isForeign: true, symptom: 'forbidden' },
      { shows: { forbidden: 0.6 }, hop: 'rule' },
      said,
    ],
    ['has a foreign 403', { ...api, isForeign: true, symptom: 'waf-blocked' }, { shows: { 'waf-blocked': 0.6 } }, said],
    ['keeps silent', api, { aloud: true }, said * silent],
    ['says why', { ...api, cause: 'disk-full' }, { says: ['disk-full'], aloud: true }, said],
    ['says anything', { ...api, cause: 'disk-full' }, {}, said],
    ['says something else', { ...api, cause: 'disk-full' }, { says: ['names-auth'] }, said * wordsOfAnother],
  ])('%s', (_, changes, prediction, expected) => {
    expect(probabilityOf(seen(changes), failsHere(prediction))).toBeCloseTo(expected, 12);
  });

  it('gets past it to the next one as often as it passes', () => {
    expect(passingOf(failsHere())).toBeCloseTo(0.1 + 0.3 * openPass, 12);
    expect(passingOf(failsHere({ shows: {}, open: 0.5 }))).toBeCloseTo(0.5 * openPass, 12);
  });
});

describe('a table of evidence', () => {
  const { observed } = evidenceOf(
    observations(allPass({ 'api.health': 'server-error', 'auth.root': 'connect-timeout' })),
    targets,
  );
  const table = tableOf(observed, 'unknown');

  it('counts alike requests as fewer, and each tables’ share of them', () => {
    const [one] = observed;
    if (one === undefined) throw new Error('something is observed');
    const of = (id: string, tables: readonly 'registry'[] = []) => ({
      ...one,
      request: { ...one.request, id, tables },
    });
    const { rows } = tableOf([of('a'), of('b'), of('c'), of('d', ['registry'])], 'unknown');
    expect(rows.map(({ part, weight }) => [part, weight])).toEqual([
      [0.75, 0.75 * 4 ** scoring.dependence],
      [0.25, 0.25 * 4 ** scoring.dependence],
    ]);
  });

  it('separates requests that were seen differently, and passing ones by nothing but their path', () => {
    const [one] = observed;
    if (one === undefined) throw new Error('something is observed');
    const rowsOf = (...changes: readonly Partial<Observed>[]) =>
      tableOf(
        changes.map((change) => ({ ...one, ...change })),
        'unknown',
      ).rows.length;
    expect(rowsOf({}, { answeredBy: 'nginx' }, { late: true }, { isFollowUp: true })).toBe(1);
    expect(rowsOf({ symptom: 'forbidden', answeredBy: 'nginx' }, { symptom: 'forbidden', answeredBy: 'mlflow' })).toBe(
      2,
    );
    expect(rowsOf({ symptom: 'forbidden' }, { symptom: 'server-error' })).toBe(2);
  });

  it('has the product of its rows as its likelihood, with and without faults', () => {
    const product = (faults: readonly number[]): number =>
      table.rows.reduce((sum, row) => sum + row.weight * Math.log(probabilityUnder(row.observed, faults)), 0);
    for (const faults of [[], [3], [3, 40], [40, 3]])
      expect(logLikelihood(table, faults)).toBeCloseTo(product(faults), 9);
    expect(logLikelihood(table, [3, 40])).toBeCloseTo(logLikelihood(table, [40, 3]), 9);
  });

  it.each<readonly [readonly number[]]>([[[]], [[3]], [[3, 40]]])(
    'scores every case beside %j as if it were scored alone',
    (beside) => {
      const all = logLikelihoodsBeside(table, beside);
      for (const [index, log] of all.entries())
        if (!beside.includes(index)) expect(log).toBeCloseTo(logLikelihood(table, [...beside, index]), 9);
    },
  );

  it('favours causes of a deployment after one, and others without', () => {
    const [after, without] = (['after-deployment', 'no-deployment'] as const).map(
      (onset) => tableOf(observed, onset).onset,
    );
    const { deploymentByChance: chance } = scoring;
    const changed = [...(after ?? []).entries()].filter(([, log]) => log !== 0);
    expect(changed.length).toBeGreaterThan(0);
    // A Bayes factor for one onset and its complement: p/c and (1-p)/(1-c).
    for (const [index, log] of changed)
      expect((1 - Math.exp(log) * chance) / (1 - chance)).toBeCloseTo(Math.exp(without?.[index] ?? 0), 9);
    expect(new Set(table.onset)).toEqual(new Set([0]));
  });

  it('adds what the onset says about each of several faults', () => {
    const after = tableOf(observed, 'after-deployment');
    const [one = 0, other = 0] = after.onset.flatMap((log, index) => (log === 0 ? [] : [index]));
    const added = logLikelihood(after, [one, other]) - logLikelihood(table, [one, other]);

    expect(added).toBeCloseTo((after.onset[one] ?? 0) + (after.onset[other] ?? 0), 9);
    expect(logLikelihoodsBeside(after, [one])[other]).toBeCloseTo(logLikelihood(after, [one, other]), 9);
  });

  it('is likelier under an unknown fault, the more alike its failures are', () => {
    const other = (but: Parameters<typeof allPass>[0]) =>
      logLikelihoodOfOther(tableOf(evidenceOf(observations(allPass(but)), targets).observed, 'unknown'));
    const api = Object.keys(allPass()).filter((id) => id.startsWith('api.'));
    const alike = other(Object.fromEntries(api.map((id) => [id, 'server-error' as const])));
    const mixed = other(
      Object.fromEntries(
        api.map((id, index) => [id, index % 2 === 0 ? ('server-error' as const) : ('forbidden' as const)]),
      ),
    );
    expect(alike).toBeGreaterThan(mixed);
    expect(other({})).toBeGreaterThan(alike);
  });
});
