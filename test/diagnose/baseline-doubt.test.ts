import { describe, expect, it } from 'vitest';
import { doubtOf } from '../../src/diagnose/baseline-doubt.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Baseline, BaselineEntry } from '../../src/model/baseline.ts';
import { isStale } from '../../src/model/baseline-doubt.ts';
import type { Outcome } from '../../src/model/report.ts';
import type { Seen as Cycle } from '../../src/model/requests.ts';
import { baselineSentence } from '../../src/wording/baseline.ts';
import { allPass, observations, type Seen, targets } from './observations.ts';

const entry = (target: string, rest: Partial<BaselineEntry> = {}): BaselineEntry => ({
  target,
  status: 'pass',
  failureMode: null,
  answeredBy: 'mlflow',
  ...rest,
});

/** What was seen, and who wrote the responses. */
const cycle = (
  seen: Readonly<Record<string, Seen>>,
  written: Readonly<Record<string, Partial<Outcome>>> = {},
): Cycle => {
  const { outcomes, ...rest } = observations(allPass(seen));
  return {
    ...rest,
    registration: null,
    outcomes: outcomes.map((one) => ({ ...one, answeredBy: one.answeredBy ?? 'application', ...written[one.target] })),
  };
};

const lacksKey = ['auth-missing', 'application'] as const;
const otherBody = ['unexpected-body', 'application'] as const;
const reads = {
  'registry.mlflow-proxy-version': lacksKey,
  'registry.mlflow-proxy-search': lacksKey,
  'registry.mlflow-proxy-search-x-api-key': lacksKey,
  'registry.mlflow-api-search': lacksKey,
};
const gateway = {
  'registry.mlflow-proxy-health': otherBody,
  'mlflow.health': otherBody,
  'mlflow.root': lacksKey,
  'mlflow.version': lacksKey,
};
const ui = { 'registry.mlflow-ui': { answeredBy: 'mlflow' as const, fingerprint: 'bbbbbbbbbbbb' } };
const behindApi = Object.fromEntries(Object.keys(reads).map((id) => [id, { relayed: true }]));
const deviation: Baseline = [entry('registry.api-health', { status: 'fail', failureMode: 'route-not-found' })];

describe('a baseline that is older than the gateway in front of MLflow', () => {
  const seen = cycle({ ...gateway, ...reads }, { ...ui, ...behindApi });
  const doubt = doubtOf(seen, targets, deviation);

  it('is doubted, and the command that renews it is given', () => {
    expect(isStale(doubt)).toBe(true);
    expect(doubt === null ? '' : baselineSentence(doubt)).toMatch(
      /^The baseline may be stale: .*If the platform is as it should be, renew it:$/,
    );
    expect(doubt?.renew).toBe('npx hokusai-synthetics check --format json --output baseline.json');
  });

  it('is no ground for a second fault, or for a confident one', () => {
    const { faults, hypotheses } = diagnose({ ...seen, baselineDoubt: doubt }, targets);
    expect(faults).toEqual([['proxy-drops-auth-headers']]);
    expect(hypotheses.every(({ probability }) => probability < 0.8)).toBe(true);
  });

  it('names nothing while only the gateway is new', () => {
    const alone = cycle(gateway, ui);
    const { faults } = diagnose({ ...alone, baselineDoubt: doubtOf(alone, targets, deviation) }, targets);
    expect(faults).toEqual([]);
  });
});

describe('a dead MLflow behind a gateway that the baseline does not have', () => {
  const before: Readonly<Record<string, Baseline>> = {
    'no baseline': [],
    'a healthy one': targets.filter(({ enabled }) => enabled).map(({ id }) => entry(id)),
    'one with a deviation': deviation,
    'one in which MLflow’s host refused everything': [
      ...deviation,
      ...['root', 'health', 'version'].map((id) =>
        entry(`mlflow.${id}`, { status: 'fail', failureMode: 'forbidden', answeredBy: 'waf' }),
      ),
    ],
  };
  const passedOn = { relayed: true, marks: { server: 'uvicorn', type: 'text/html' } };
  const answers: readonly (readonly [string, Seen, Partial<Outcome>])[] = [
    ['says so itself', ['upstream-unreachable', 'application'], {}],
    ['passes on the gateway’s 502', ['lb-bad-gateway', 'nginx'], passedOn],
    ['passes on the gateway’s 503', ['lb-no-target', 'unknown'], passedOn],
  ];
  const dead = [...Object.keys(reads), 'registry.mlflow-ui'];

  it.each(answers.flatMap((one) => Object.keys(before).map((baseline) => [one[0], baseline, one[1], one[2]] as const)))(
    'is named, and nothing is sure, if the API %s, with %s',
    (_, baseline, failure, written) => {
      const seen = cycle(
        { ...gateway, ...Object.fromEntries(dead.map((id) => [id, failure])) },
        Object.fromEntries(dead.map((id) => [id, written])),
      );
      const baselineDoubt = doubtOf(seen, targets, before[baseline] ?? []);
      const { faults, hypotheses } = diagnose({ ...seen, baselineDoubt }, targets);
      expect(faults).toEqual([['mlflow-service-unhealthy']]);
      expect(hypotheses.filter(({ probability }) => probability >= 0.8)).toEqual([]);
    },
  );
});

describe('a refusal that the API passed on', () => {
  it('is not taken for the API’s own', () => {
    const { faults } = diagnose(cycle(reads, behindApi), targets);
    expect(faults).toEqual([['proxy-drops-auth-headers']]);
  });

  it('can be the API’s own when it looks like its refusal of a request without a key', () => {
    const named = (written: Readonly<Record<string, Partial<Outcome>>>): readonly string[] =>
      diagnose(cycle({ ...reads, 'registry.mlflow-proxy-health': lacksKey }, written), targets).hypotheses.map(
        ({ id }) => id,
      );
    expect(named({})).toContain('auth-flow-regression');
    expect(named({ ...behindApi, 'registry.mlflow-proxy-health': { relayed: true } })).not.toContain(
      'auth-flow-regression',
    );
  });
});

describe('signs of a stale baseline', () => {
  const failing = { 'registry.mlflow-proxy-search': ['upstream-unreachable', 'application'] } as const;
  const kinds = (seen: Cycle, baseline: Baseline): readonly string[] =>
    doubtOf(seen, targets, baseline)?.changes.map(({ kind }) => kind) ?? [];
  const versioned = (version: string): Partial<Outcome> => {
    const [one] = observations({ 'api.health': 'pass' }).outcomes;
    return one === undefined ? {} : { evidence: { ...one.evidence, version } };
  };

  it('another version is running', () => {
    const seen = cycle(failing, { 'api.health': versioned('2') });
    expect(kinds(seen, [entry('api.health', { evidence: { version: '1' } })])).toEqual(['version']);
    expect(kinds(seen, [entry('api.health', { evidence: { version: '2' } })])).toEqual([]);
  });

  it('MLflow’s page, which passes, comes from an unknown server', () => {
    const seen = cycle(failing, ui);
    const before = entry('registry.mlflow-ui', { fingerprint: 'aaaaaaaaaaaa' });
    expect(kinds(seen, [before])).toEqual(['answerer']);
    expect(kinds(seen, [before, entry('auth.root', { fingerprint: 'bbbbbbbbbbbb' })])).toEqual([]);
  });

  it('known deviations all pass', () => {
    const old = { status: 'fail', failureMode: 'route-not-found' } as const;
    expect(kinds(cycle(failing), [entry('mlflow.root', old), entry('mlflow.version', old)])).toEqual(['deviations']);
    expect(kinds(cycle(failing), [entry('mlflow.root', old)])).toEqual([]);
  });

  it('known deviations fail in another way, and their path works', () => {
    const old = { status: 'fail', failureMode: 'route-not-found', answeredBy: 'application' } as const;
    const ids = ['registry.mlflow-proxy-version', 'registry.mlflow-proxy-health'];
    const changed = Object.fromEntries(ids.map((id) => [id, ['unexpected-status', 'application'] as const]));
    const baseline = [...ids.map((id) => entry(id, old)), entry('registry.mlflow-proxy-search')];
    expect(kinds(cycle(changed), baseline)).toEqual(['deviations']);
    expect(kinds(cycle({ ...changed, ...failing, ...reads }), baseline)).toEqual([]);
  });

  it('nothing is said while nothing fails', () => {
    expect(doubtOf(cycle({}, ui), targets, [entry('registry.mlflow-ui', { fingerprint: 'aaaaaaaaaaaa' })])).toBeNull();
  });
});
