import { describe, expect, it } from 'vitest';
import { scoring } from '../../src/diagnose/constants.ts';
import { probedRequestOf } from '../../src/diagnose/probed-request.ts';
import { paceOf } from '../../src/diagnose/slowness.ts';
import type { TimedPhase } from '../../src/model/phases.ts';
import type { Outcome } from '../../src/model/report.ts';
import { requests } from '../../src/model/requests.ts';
import type { HttpTarget } from '../../src/model/target.ts';
import { outcome } from '../metrics/reports.ts';
import { httpTarget } from '../support/probing.ts';

const front = ['dns', 'listener', 'tls', 'rule', 'target-group', 'api'] as const;
const target = (id: string, rest: Partial<HttpTarget> = {}): HttpTarget =>
  httpTarget({ id, role: 'registry', hops: front, expect: { status: [200], body: { kind: 'any' } }, ...rest });

const targets = [
  target('root'),
  target('db-1', { hops: [...front, 'mlflow', 'database'] }),
  target('db-2', { hops: [...front, 'mlflow', 'database'] }),
  target('mlflow', { hops: [...front, 'mlflow'] }),
  target('key-1', { auth: 'bearer', hops: [...front, 'key-check'] }),
  target('key-2', { auth: 'x-api-key', hops: [...front, 'key-check'] }),
  target('no-key', { hops: [...front, 'key-check'] }),
  target('health', { hops: [...front, 'mlflow'], expect: { status: [200], body: { kind: 'health' } } }),
];

const took = (id: string, ms: number, rest: Partial<Outcome> = {}, phase: TimedPhase = 'processing'): Outcome => {
  const one = outcome(id, 'pass', { totalMs: ms });
  return { ...one, timingsMs: { ...one.timingsMs, [phase]: ms, total: ms }, ...rest };
};
const slow = (id: string, ms: number, phase: TimedPhase = 'processing'): Outcome =>
  took(id, ms, { status: 'degraded', failureMode: 'slow' }, phase);

const pace = (...outcomes: readonly Outcome[]) => {
  const byId = new Map(targets.map((one) => [one.id, probedRequestOf(one)]));
  return paceOf(requests({ outcomes, registration: null }), (id) => byId.get(id));
};
const place = (...outcomes: readonly Outcome[]) => {
  const { slowness } = pace(...outcomes);
  return slowness === null ? 'none' : `${slowness.hop} ${slowness.withKey}`;
};

describe('slowness', () => {
  it('is nothing without a slow request that is news', () => {
    expect(pace(took('root', 9_000))).toMatchObject({ onTimeMs: null, slowness: null });
    expect(pace({ ...slow('root', 9_000), known: true }).slowness).toBeNull();
  });

  it.each([
    ['null false', 'of one request, which may be chance', [slow('db-1', 4_000), took('root', 10)]],
    [
      'database false',
      'of what only the slow ones cross',
      [slow('db-1', 4_000), slow('db-2', 4_000), took('mlflow', 10)],
    ],
    ['database false', 'of the deepest of these', [slow('db-1', 4_000), slow('db-2', 4_000), took('root', 10)]],
    ['mlflow false', 'of what all slow ones cross', [slow('db-1', 4_000), slow('mlflow', 4_000), took('root', 10)]],
    ['null false', 'of nothing that all of them cross', [slow('db-1', 4_000), slow('root', 4_000), took('mlflow', 10)]],
    ['dns false', 'of the phase that takes the time', [slow('db-1', 4_000, 'resolve'), slow('root', 4_000, 'resolve')]],
    [
      'null false',
      'of two phases',
      [slow('db-1', 4_000, 'resolve'), slow('root', 4_000, 'connect'), took('mlflow', 1)],
    ],
    ['key-check true', 'of what has a key', [slow('key-1', 4_000), slow('key-2', 4_000), took('no-key', 10)]],
    ['null false', 'not if a key is on time', [slow('key-1', 4_000), slow('no-key', 4_000), took('key-2', 10)]],
    [
      'mlflow false',
      'whatever a health route crosses',
      [slow('db-1', 4_000), slow('mlflow', 4_000), took('health', 10), took('root', 10)],
    ],
    ['null false', 'of health routes alone', [slow('health', 4_000), { ...slow('health', 4_000) }, took('root', 10)]],
  ])('is at %s: %s', (expected, _, outcomes) => {
    expect(place(...outcomes)).toBe(expected);
  });
});

describe('beside slow requests, another is', () => {
  const least = 4_000;
  const beside = (ms: number, rest: Partial<Outcome> = {}) => {
    const found = pace(slow('db-1', least), slow('db-2', 5_000), took('root', 10), took('mlflow', ms, rest));
    return `${found.late.has('mlflow') ? 'late' : ''}${found.onTime.has('mlflow') ? 'on time' : ''}`;
  };
  it.each([
    ['on time', least * scoring.onTime, {}],
    ['', least * scoring.onTime + 1, {}],
    ['', least * scoring.late - 1, {}],
    ['late', least * scoring.late, {}],
    ['late', least * scoring.late, { normalMs: (least * scoring.late) / scoring.timesNormal }],
    ['', least * scoring.late, { normalMs: (least * scoring.late) / scoring.timesNormal + 1 }],
    ['', 10, { status: 'fail', failureMode: 'server-error' }],
  ] as const)('%j: %d ms', (expected, ms, rest) => {
    expect(beside(ms, rest)).toBe(expected);
  });

  it('measured against its normal time, or against those on time', () => {
    const by = (...outcomes: readonly Outcome[]) => pace(...outcomes).slowness?.byMs;
    expect(by(slow('db-1', 4_000), slow('db-2', 5_000), took('root', 10), took('mlflow', 30), took('no-key', 20))).toBe(
      4_980,
    );
    const normal = { normalMs: 1_000 };
    expect(by({ ...slow('db-1', 4_000), ...normal }, { ...slow('db-2', 4_000), ...normal }, took('root', 10))).toBe(
      3_000,
    );
    expect(pace(slow('db-1', 4_000), slow('db-2', 5_000), took('root', 10)).slowness?.requests).toEqual([
      'db-1',
      'db-2',
    ]);
    expect(pace(slow('db-1', 4_000), slow('db-2', 5_000), took('root', 10)).onTimeMs).toBe(4_000 * scoring.onTime);
  });
});
