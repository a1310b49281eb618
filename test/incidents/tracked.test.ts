import { describe, expect, it } from 'vitest';
import { emptyState } from '../../src/incidents/state.ts';
import { begin, isWorse, joined, seeAbsent, seePresent } from '../../src/incidents/track.ts';
import { seeVersion } from '../../src/incidents/version-seen.ts';
import { oneOfEachHost, withEachHost } from '../../src/incidents/with-each-host.ts';
import { withRemainders } from '../../src/incidents/with-remainders.ts';
import type { Affected } from '../../src/model/incident.ts';
import { broken, discovery, proxied, rules } from './cycles.ts';

const empty = emptyState('development');
const at = '2026-11-21T03:00:00.000Z';

describe('the listed failures', () => {
  const one = (id: string, status: Affected['status'] = 'fail', host = id.split('.')[0] ?? id): Affected => ({
    id,
    host,
    status,
    failureMode: null,
    summary: '',
  });
  const all = [
    one('a.1'),
    one('a.2'),
    one('a.3'),
    one('a.4', 'degraded'),
    one('b.1'),
    one('registration.x', 'fail', 'a'),
  ];
  const ids = (some: readonly Affected[]) => some.map(({ id }) => id);

  it('have one of each host, status and of the flow, then the first ones, in order', () => {
    expect(ids(oneOfEachHost(all))).toEqual(['a.1', 'a.4', 'b.1', 'registration.x']);
    expect(ids(withEachHost(all, 5))).toEqual(['a.1', 'a.2', 'a.4', 'b.1', 'registration.x']);
    expect(ids(withEachHost(all, 2))).toEqual(['a.1', 'a.4']);
    expect(withEachHost(all, 6)).toBe(all);
  });
});

describe('an incident is tracked', () => {
  const version = (deployedAt: string) => ({ current: '2', deployment: { from: '1', to: '2', at: deployedAt } });
  const pending = begin(discovery, 'id', at, empty);
  const causesOf = (...sightings: readonly (typeof discovery)[]) =>
    sightings.reduce((tracked, sighting) => seePresent(tracked, sighting, at, rules), pending);

  it('with the deployment of the half hour before it', () => {
    const deployment = (deployedAt: string) =>
      begin(discovery, 'id', at, { ...empty, version: version(deployedAt) }).view.deployment?.at ?? null;
    expect(
      [
        '2026-11-21T03:00:00.000Z',
        '2026-11-21T02:50:00.000Z',
        '2026-11-21T03:00:00.001Z',
        '2026-11-20T03:00:00.000Z',
      ].map(deployment),
    ).toEqual(['2026-11-21T03:00:00.000Z', '2026-11-21T02:50:00.000Z', null, null]);
  });

  it('with each change of its causes, and all that it ever took down', () => {
    const moved = broken(['mlflow-unreachable-from-api'], ['api.root']);
    const { view, says } = causesOf(discovery, { ...moved, says: ['x'] }, { ...moved, says: ['x', 'y'] });
    expect(view.history.map(({ causes }) => causes[0])).toEqual([
      'service-discovery-broken',
      'mlflow-unreachable-from-api',
    ]);
    expect(view.everAffected).toEqual([...proxied, 'api.root']);
    expect([view.failingCycles, says]).toEqual([4, ['x', 'y']]);
  });

  it('with as many marks as count, since when it is absent, and how often it was worse', () => {
    const absent = [1, 2, 3].reduce((tracked, minute) => seeAbsent(tracked, `${minute}`, rules), pending);
    expect([absent.marks, absent.absentCycles, absent.absentSince]).toEqual([['absent', 'absent', 'absent'], 3, '1']);
    expect(seePresent(absent, discovery, at, rules)).toMatchObject({
      marks: ['absent', 'absent', 'present'],
      absentCycles: 0,
      absentSince: null,
    });
  });

  it('with the pending one that was its beginning', () => {
    const start = {
      ...begin(broken([], ['api.root'], { says: ['x'] }), 'start', at, empty),
      marks: ['present' as const],
    };
    expect(joined(pending, undefined)).toBe(pending);
    expect(joined(pending, start)).toMatchObject({
      view: { id: 'id', failingCycles: 2, everAffected: [...proxied, 'api.root'] },
      marks: ['present', 'present'],
      says: ['x'],
    });
  });

  it('with what is unexplained, at the highest severity', () => {
    const rest = broken([], ['api.root'], { severity: 'critical', says: ['b', 'a'] });
    const all = withRemainders(broken([], ['auth.root'], { severity: 'notice', says: ['a'] }), [rest]);
    expect([all.affected.map(({ id }) => id), all.affectedCount, all.severity, all.says]).toEqual([
      ['auth.root', 'api.root'],
      2,
      'critical',
      ['a', 'b'],
    ]);
  });

  it('worse only if it is', () => {
    expect([isWorse('critical', 'warning'), isWorse('warning', 'warning'), isWorse('notice', 'warning')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('with the platform’s version, as far as one is named', () => {
    const first = seeVersion(null, '1', at);
    expect(first).toEqual({ current: '1', deployment: null });
    expect([seeVersion(first, null, at), seeVersion(first, '1', at)]).toEqual([first, first]);
    expect(seeVersion(first, '2', at)).toEqual({ current: '2', deployment: { from: '1', to: '2', at } });
  });
});
