import { describe, expect, it } from 'vitest';
import { classify } from '../../src/classify/classify.ts';
import { markKnown, outcomeOf, recoveredSince, verdictOf, withNormal } from '../../src/classify/outcome.ts';
import type { Baseline, KnownEntry } from '../../src/model/baseline.ts';
import type { Attempted, NotAttempted, Observation } from '../../src/model/observation.ts';
import type { Outcome, Status } from '../../src/model/report.ts';
import { outcome } from '../metrics/reports.ts';
import { dnsTarget } from '../support/probing.ts';
import { attempt, expecting, limits, response, told } from './seen.ts';

const target = expecting({});
const passes = attempt({ response: response(200) });
const fails = attempt({ response: response(500, 'first') });
const failsLater = attempt({ response: response(502, 'later') });
const slow = attempt({ response: response(200), timingsMs: { ...passes.timingsMs, total: 5_000 } });
const notSent: NotAttempted = { kind: 'not-attempted', target: target.id, reason: 'dependency-failing', detail: '' };

describe('several attempts are one outcome', () => {
  it.each<readonly [string, readonly [Observation, ...Observation[]], string]>([
    ['passing', [passes], 'pass  1'],
    ['failing twice, by the first', [fails, failsLater], 'fail 500 by something unknown: first 2'],
    ['failing, then passing', [fails, passes], 'degraded intermittent: 500 by something unknown: first 2'],
    ['failing, then slow', [fails, slow], 'degraded intermittent: 500 by something unknown: first 2'],
    ['slow, then failing', [slow, failsLater], 'degraded intermittent: 502 by something unknown: later 2'],
    ['slow', [slow], 'degraded 200 by something unknown: 5000 ms, the limit is 1000 ms 1'],
    ['not sent', [notSent], 'skipped not sent: it could block the platform 0'],
    ['failing, then not sent', [fails, notSent], 'fail 500 by something unknown: first 1'],
  ])('%s', (_, observations, expected) => {
    const { status, evidence, attempts, known } = outcomeOf(target, observations, limits);
    expect(`${status} ${evidence.summary} ${attempts.length}`).toBe(expected);
    expect(known).toBe(false);
  });

  it('with the target’s id, host and aspect', () => {
    const redirect = expecting({ redirectToHttps: true }, { id: 'my.x', host: 'my' });
    expect(outcomeOf(redirect, [passes], limits)).toMatchObject({ target: 'my.x', host: 'my', aspect: 'redirect' });
  });
});

describe('an observation of nothing', () => {
  const nothing = (reason: NotAttempted['reason'], detail = '') => {
    const { status, failureMode, evidence } = classify(target, { ...notSent, reason, detail }, limits);
    return `${status} ${failureMode} ${evidence.summary}`;
  };
  it('says why, and is inconclusive if only time was short', () => {
    expect(nothing('deadline')).toBe('inconclusive deadline-exceeded the cycle ended first');
    expect(nothing('not-resolved-here')).toBe('skipped null not sent: connectTo replaces the name');
    expect(nothing('dependency-failing', 'x.y fails')).toBe(
      'skipped null not sent: it could block the platform: x.y fails',
    );
  });
  it('neither response nor failure is a defect of ours', () => {
    expect(told(target, attempt())).toMatch(/^inconclusive probe-error at .*: neither a response nor a failure$/);
  });
});

describe('a name', () => {
  const named = (balancer: string | null, chain: readonly string[] | null): string => {
    const resolution: Attempted['resolution'] =
      chain === null ? null : ({ name: 'host.test', servers: [], chain, addresses: [], failures: [], ms: 1 } as never);
    return told(dnsTarget({ balancer }), attempt({ resolution }));
  };
  it('must end at the balancer, if its chain is shown', () => {
    expect(named('*.elb.test', ['host.test', 'x.elb.test'])).toBe('pass');
    expect(named('*.elb.test', ['host.test', 'x.other.test'])).toBe(
      'fail dns-unexpected-target at dns: the name points to the wrong balancer: it ends at x.other.test, not at *.elb.test',
    );
    for (const chain of [['host.test'], [], null]) expect(named('*.elb.test', chain)).toBe('pass');
    expect(named(null, ['host.test', 'x.other.test'])).toBe('pass');
  });
});

const entry = (rest: Partial<KnownEntry>): KnownEntry =>
  ({ target: 'api.x', status: 'fail', failureMode: 'server-error', answeredBy: null, ...rest }) as KnownEntry;
const failing = (id = 'api.x'): Outcome => outcome(id, 'fail', { failureMode: 'server-error' });

describe('a failure is known if the baseline has it', () => {
  const marked = (id: string, one: Outcome, baseline: Baseline): string => {
    const { known, stillFailing = false } = markKnown(id, one, baseline);
    return `${known ? 'known' : 'new'}${stillFailing ? ', still failing' : ''}`;
  };
  it.each<readonly [string, string, Partial<KnownEntry>]>([
    ['known', 'as it is', {}],
    ['known, still failing', 'before a change', { isBefore: true }],
    ['new', 'of another target', { target: 'api.y' }],
    ['new', 'in another way', { failureMode: 'forbidden' }],
    ['new', 'by another sender', { answeredBy: 'nginx' }],
    ['new', 'as degraded', { status: 'degraded' }],
  ])('%s: %s', (expected, _, rest) => {
    expect(marked('api.x', failing(), [entry(rest)])).toBe(expected);
  });

  it.each([
    { expected: 'known', who: 'unknown', before: 'gunicorn', now: 'gunicorn' },
    { expected: 'new', who: 'unknown', before: 'gunicorn', now: 'caddy' },
    { expected: 'new', who: 'unknown', before: '', now: '' },
    { expected: 'new', who: 'nginx', before: 'gunicorn', now: 'gunicorn' },
  ])('$expected: by $who at $before, and now by the application at $now', ({ expected, who, before, now }) => {
    const one: Outcome = { ...failing(), answeredBy: 'application', marks: { server: now, type: 'text/plain' } };
    expect(marked('api.x', one, [entry({ answeredBy: who, marks: { server: before } })])).toBe(expected);
  });

  it('and remains to be repaired if it is the flow', () => {
    const id = 'registration.create-run';
    expect(marked(id, failing(id), [entry({ target: id })])).toBe('known, still failing');
    const degraded = outcome(id, 'degraded', { failureMode: 'slow' });
    expect(marked(id, degraded, [entry({ target: id, status: 'degraded', failureMode: 'slow' })])).toBe('known');
  });

  it('but never if it passes or says nothing', () => {
    for (const status of ['pass', 'skipped', 'inconclusive'] as const)
      expect(marked('api.x', outcome('api.x', status), [entry({ status, failureMode: null })])).toBe('new');
  });
});

it('what recovered since the baseline failed or was degraded in its later state, and passes', () => {
  const results = { registration: null, outcomes: ['api.x', 'api.y', 'api.z'].map((id) => outcome(id, 'pass')) };
  const now = { ...results, outcomes: [...results.outcomes, failing('api.w')] };
  const baseline = [
    entry({}),
    entry({ target: 'api.y', status: 'degraded' }),
    entry({ target: 'api.z' }),
    entry({ target: 'api.z', status: 'pass' }),
    entry({ target: 'api.w' }),
  ];
  expect(recoveredSince(now, baseline)).toEqual(['api.x', 'api.y']);
});

it('the usual time comes from the baseline, if that has one', () => {
  const timed = entry({ timingsMs: { total: 70 } });
  expect(withNormal(outcome('api.x', 'pass'), [timed])).toMatchObject({ normalMs: 70 });
  expect(withNormal(outcome('api.y', 'pass'), [timed])).not.toHaveProperty('normalMs');
  expect(withNormal(outcome('api.x', 'pass'), [entry({})])).not.toHaveProperty('normalMs');
});

describe('the verdict', () => {
  const still = { ...failing(), status: 'degraded' as const, known: true, stillFailing: true };
  const known = { ...failing(), status: 'fail' as const, known: true };
  it.each<readonly [string, readonly (Status | Outcome)[]]>([
    ['healthy', ['pass']],
    ['healthy', ['pass', 'skipped']],
    ['healthy', ['pass', known]],
    ['degraded', ['pass', 'degraded']],
    ['still-failing', ['pass', 'degraded', still]],
    ['inconclusive', []],
    ['inconclusive', ['skipped']],
    ['inconclusive', ['pass', 'degraded', still, 'inconclusive']],
    ['failing', ['pass', 'inconclusive', 'fail']],
  ])('is %s of %j', (verdict, statuses) => {
    const outcomes = statuses.map((one, index) => (typeof one === 'string' ? outcome(`api.${index}`, one) : one));
    expect(verdictOf({ outcomes, registration: null }, { faults: [] })).toBe(verdict);
  });

  it.each<readonly [string, readonly (Status | Outcome)[]]>([
    ['degraded', ['pass', 'degraded', 'inconclusive']],
    ['still-failing', ['degraded', still, 'inconclusive']],
    ['failing', ['degraded', 'inconclusive', 'fail']],
  ])('is %s of %j when the diagnosis names a fault', (verdict, statuses) => {
    const outcomes = statuses.map((one, index) => (typeof one === 'string' ? outcome(`api.${index}`, one) : one));
    expect(verdictOf({ outcomes, registration: null }, { faults: [['redis-unreachable']] })).toBe(verdict);
  });
});
