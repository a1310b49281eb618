import { describe, expect, it } from 'vitest';
import type { CycleSighting } from '../../src/incidents/cycle.ts';
import { contradicts, goesOn, haveSameCause, saySame } from '../../src/incidents/kin.ts';
import { isMuted } from '../../src/incidents/mutes.ts';
import { isForgotten, opens, patience } from '../../src/incidents/presence.ts';
import { type SeverityRules, severityOf } from '../../src/incidents/severity.ts';
import type { Tracked } from '../../src/incidents/state.ts';
import type { Affected, IncidentView, Mute, Severity } from '../../src/model/incident.ts';
import { broken, play } from './cycles.ts';

const causeA = ['service-discovery-broken'] as const;
const causeB = ['mlflow-unreachable-from-api'] as const;
const four = ['api.a', 'api.b', 'api.c', 'api.d'];

/** An open incident; its view is that of its first sighting. */
const incident = (...[causes, ids, rest]: Parameters<typeof broken>): Tracked => {
  const [tracked] = play([[broken(causes, ids, rest)]]).state.tracked;
  if (tracked === undefined) throw new Error('a failing cycle is tracked');
  return tracked;
};
const viewed = (tracked: Tracked, change: Partial<IncidentView>): Tracked => ({
  ...tracked,
  view: { ...tracked.view, ...change },
});

describe('a sighting has the cause of an incident', () => {
  it.each([
    [true, 'a known cause, anywhere', broken(causeA, ['auth.x']), incident(causeA, four)],
    [true, 'one of a tie', broken([...causeA, ...causeB], ['auth.x']), incident(causeB, four)],
    [false, 'another known cause, whatever fails', broken(causeB, four), incident(causeA, four)],
    [false, 'no cause, where one was known', broken([], four), incident(causeA, four)],
    [false, 'a cause, where none was known', broken(causeA, four), incident([], four)],
    [true, 'on the same host', broken(causeA, four, { hosts: ['api'] }), incident(causeA, four, { hosts: ['api'] })],
    [false, 'on others', broken(causeA, ['auth.x'], { hosts: ['auth'] }), incident(causeA, four, { hosts: ['api'] })],
    [true, 'somewhere', broken(causeA, ['auth.x']), incident(causeA, four, { hosts: ['api'] })],
    [true, 'on hosts, once unknown', broken(causeA, ['auth.x'], { hosts: ['auth'] }), incident(causeA, four)],
    [true, 'unexplained, half of it the same', broken([], ['api.a', 'auth.x']), incident([], four)],
    [false, 'unexplained, a third of it the same', broken([], ['api.a', 'auth.x', 'auth.y']), incident([], four)],
    [false, 'unexplained, elsewhere', broken([], ['auth.x']), incident([], four)],
    [false, 'unexplained, of nothing', broken([], []), incident([], four)],
  ])('%s: %s', (expected, _, sighting, tracked) => {
    expect(haveSameCause(sighting, tracked)).toBe(expected);
  });
});

describe('a sighting says the same as an incident', () => {
  it.each([
    [true, 'all of its words', broken([], four, { says: ['x'] }), incident(causeA, four, { says: ['x', 'y'] })],
    [true, 'a cause, where none was known', broken(causeA, four, { says: ['x'] }), incident([], four, { says: ['x'] })],
    [false, 'only some', broken([], four, { says: ['x', 'z'] }), incident(causeA, four, { says: ['x'] })],
    [false, 'nothing', broken([], four), incident(causeA, four, { says: ['x'] })],
    [false, 'as two causes', broken(causeB, four, { says: ['x'] }), incident(causeA, four, { says: ['x'] })],
  ])('%s: %s', (expected, _, sighting, tracked) => {
    expect(saySame(sighting, tracked)).toBe(expected);
    // Elsewhere, so that only the words can make it the same failure.
    const elsewhere = { ...tracked, view: { ...tracked.view, everAffected: ['auth.z'] } };
    expect(goesOn(sighting, elsewhere, { passed: new Set() })).toBe(expected);
  });
});

type Row = readonly [boolean, string, CycleSighting, readonly [Tracked, readonly string[]]];

describe('an incident goes on under another diagnosis', () => {
  it.each<Row>([
    [true, 'half of it', broken(causeB, ['api.a', 'auth.x']), [incident(causeA, four), []]],
    [false, 'less than half', broken(causeB, ['api.a', 'auth.x', 'auth.y']), [incident(causeA, four), []]],
    [false, 'after it passed', broken(causeB, four), [{ ...incident(causeA, four), absentCycles: 1 }, []]],
    [false, 'most of it passes', broken(causeB, ['api.a']), [incident(causeA, four), ['api.b', 'api.c', 'api.d']]],
  ])('%s: %s', (expected, _, sighting, [tracked, passed]) => {
    expect(goesOn(sighting, tracked, { passed: new Set(passed) })).toBe(expected);
  });
});

describe('a diagnosis contradicts an incident', () => {
  const possible = { notRuledOut: [{ id: causeA[0], probability: 0.1 }] };
  it.each<Row>([
    [true, 'the same requests, most pass', broken(causeB, ['api.a']), [incident(causeA, four), four.slice(1)]],
    [
      false,
      'the same requests, half pass',
      broken(causeB, ['api.a', 'api.b']),
      [incident(causeA, four), four.slice(2)],
    ],
    [true, 'another fails, one passes', broken(causeB, ['auth.x']), [incident(causeA, four), ['api.a']]],
    [false, 'another fails, none passes', broken(causeB, ['auth.x']), [incident(causeA, four), ['auth.y']]],
    [false, 'its cause is possible', broken(causeB, ['auth.x'], possible), [incident(causeA, four), four]],
    [false, 'its cause is in the tie', broken([...causeB, ...causeA], ['auth.x']), [incident(causeA, four), four]],
    [false, 'nothing explains it', broken([], ['auth.x']), [incident(causeA, four), four]],
    [false, 'nothing explained it', broken(causeB, ['auth.x']), [incident([], four), four]],
  ])('%s: %s', (expected, _, sighting, [tracked, passed]) => {
    expect(contradicts(sighting, tracked, { passed: new Set(passed) })).toBe(expected);
  });
});

describe('an incident is muted', () => {
  const mutes = (...whats: readonly Mute['what'][]): readonly Mute[] =>
    whats.map((what) => ({ what, until: '2026-11-22T00:00:00.000Z', reason: null }));
  const flow = broken(causeA, ['registration.create-run']);
  const two = broken([...causeA, ...causeB], ['api.a', 'registry.b']);
  it.each([
    [false, 'by nothing', two, mutes()],
    [false, 'by one cause of a tie', two, mutes({ hypothesis: causeA[0] })],
    [true, 'by all causes of a tie', two, mutes({ hypothesis: causeA[0] }, { hypothesis: causeB[0] })],
    [false, 'by one of its hosts', two, mutes({ host: 'api' })],
    [true, 'by a host and a target', two, mutes({ host: 'api' }, { target: 'registry.b' })],
    [true, 'the flow, by its host', flow, mutes({ host: 'registry' })],
    [true, 'the flow, by its name as a host', flow, mutes({ host: 'registration' })],
    [true, 'the flow, by its name as a target', flow, mutes({ target: 'registration' })],
    [false, 'without a cause and requests', broken([], []), mutes({ host: 'api' }, { hypothesis: causeA[0] })],
    [
      false,
      'by a target, if more than the listed ones fail',
      { ...flow, affectedCount: 2 },
      mutes({ target: 'registration' }),
    ],
    [true, 'by a host, even then', { ...flow, affectedCount: 2 }, mutes({ host: 'registry' })],
  ])('%s: %s', (expected, _, sighting, inForce) => {
    expect(isMuted(sighting, inForce)).toBe(expected);
  });
});

describe('the severity', () => {
  const request = (id: string, rest: Partial<Affected> = {}): Affected => ({
    id,
    host: id.split('.')[0] ?? id,
    status: 'fail',
    failureMode: 'upstream-unreachable',
    summary: '',
    ...rest,
  });
  it.each<readonly [Severity, string, Affected, SeverityRules]>([
    ['warning', 'of a failure', request('api.root'), {}],
    ['notice', 'of a degraded request', request('api.root', { status: 'degraded' }), {}],
    ['critical', 'of the flow', request('registration.create-run', { host: 'registry' }), {}],
    ['critical', 'of the reads of users', request('registry.mlflow-proxy-search'), {}],
    ['warning', 'of another request to the registry', request('registry.root'), {}],
    [
      'critical',
      'of a request that is let in without a key',
      request('api.root', { failureMode: 'auth-bypassed', status: 'degraded' }),
      {},
    ],
    ['notice', 'by its own rule', request('api.root'), { 'api.root': 'notice', api: 'critical' }],
    ['critical', 'by the rule of its group', request('my.x', { host: 'h' }), { my: 'critical', h: 'notice' }],
    ['notice', 'by the rule of its host', request('my.x', { host: 'h' }), { h: 'notice' }],
    // Not a rule: every object has one of this name.
    ['warning', 'of a host with the name of an object’s property', request('constructor.valueOf'), {}],
  ])('is %s: %s', (expected, _, one, byRule) => {
    expect(severityOf([], [one], false, byRule)).toBe(expected);
  });

  it('is higher if nothing of the registry passes, for its own requests', () => {
    expect(severityOf([], [request('registry.root')], true, {})).toBe('critical');
    expect(severityOf([], [request('api.root')], true, {})).toBe('warning');
  });

  it('is that of the cause’s rule or of the requests, the higher one', () => {
    expect(severityOf(causeA, [request('api.root')], false, { [causeA[0]]: 'critical' })).toBe('critical');
    expect(severityOf(causeA, [request('api.root')], false, { [causeA[0]]: 'notice' })).toBe('warning');
  });

  it('is a notice if nothing fails', () => {
    expect(severityOf([], [], false, {})).toBe('notice');
  });
});

describe('presence', () => {
  const open = { failures: 2, of: 3 };
  it('opens at the second failure, if the last cycle failed', () => {
    expect(opens(['present'], open)).toBe(false);
    expect(opens(['present', 'absent', 'present'], open)).toBe(true);
    expect(opens(['present', 'present', 'absent'], open)).toBe(false);
  });
  it('is forgotten after as many cycles without it as count', () => {
    expect(isForgotten(['absent', 'absent'], open)).toBe(false);
    expect(isForgotten(['absent', 'absent', 'absent'], open)).toBe(true);
    expect(isForgotten(['present', 'absent', 'absent'], open)).toBe(false);
  });
  it('needs twice as many healthy cycles after each return, up to 32 times', () => {
    const needed = [0, 1, 2, 5, 6].map((returns) =>
      patience(viewed(incident(causeA, four), { returns }), {
        ...{ open, remindEveryMs: 1, openAtOnce: [], mutes: [] },
        resolveAfter: 3,
      }),
    );
    expect(needed).toEqual([3, 6, 12, 96, 96]);
  });
});
