import { describe, expect, it, test } from 'vitest';
import { began, broken, cycleAt, discovery, minuteMs, ok, play, playCycles, proxied, rules, times } from './cycles.ts';

const [search = ''] = proxied;
const fail = [discovery];

describe('an incident opens', () => {
  test.each([
    { title: 'at the second failing cycle', seen: [fail, fail], told: ['1 opened'] },
    {
      title: 'at the second failing cycle of three, even with a healthy one between',
      seen: [fail, ok, fail],
      told: ['2 opened'],
    },
    { title: 'not for one failing cycle', seen: [fail, ok, ok, fail, ok, ok], told: [] },
    { title: 'not for two failing cycles that are too far apart', seen: [fail, ok, ok, fail, ok, ok, fail], told: [] },
    { title: 'once, however long it lasts', seen: times(30, fail), told: ['1 opened'] },
    {
      title: 'also with inconclusive cycles between',
      seen: [fail, 'unknown', 'unknown', fail],
      told: ['3 opened'],
    },
    { title: 'not for inconclusive cycles', seen: times(5, 'unknown' as const), told: [] },
  ] as const)('$title', ({ seen, told }) => {
    expect(play(seen).told).toEqual(told);
  });

  it('at its first failing cycle if the configuration says so', () => {
    const flow = broken(['write-scope-missing'], ['registration.create-run']);
    expect(play([[flow]], { ...rules, openAtOnce: ['registration'] }).told).toEqual(['0 opened']);
    expect(play([fail], { ...rules, openAtOnce: ['registration'] }).told).toEqual([]);
  });

  it('with the start of its first failing cycle, not of the alert, and an id with time and place', () => {
    const [opened] = play([ok, fail, fail]).events;
    expect(opened).toMatchObject({
      id: 'development.20261121-0258-registry.1',
      subject: '20261121-0258-registry',
      at: '2026-11-21T02:59:00.000Z',
      incident: { startedAt: '2026-11-21T02:58:00.000Z', openedAt: '2026-11-21T02:59:00.000Z', failingCycles: 2 },
    });
  });

  it('names the deployment that came shortly before', () => {
    const cycles = [
      cycleAt(began, ok, '2026.6.0'),
      cycleAt(began + minuteMs, ok, '2026.6.1'),
      cycleAt(began + 2 * minuteMs, fail, null),
      cycleAt(began + 3 * minuteMs, fail, null),
    ];
    expect(playCycles(cycles).events).toMatchObject([
      { incident: { deployment: { from: '2026.6.0', to: '2026.6.1', at: '2026-11-21T02:58:00.000Z' } } },
    ]);
  });
});

describe('an incident is resolved', () => {
  test.each([
    { title: 'after two healthy cycles in a row', seen: [fail, fail, ok, ok], told: ['1 opened', '3 resolved'] },
    { title: 'not after one healthy cycle', seen: [fail, fail, ok, fail, ok, fail, ok], told: ['1 opened'] },
    { title: 'not by inconclusive cycles', seen: [fail, fail, 'unknown', 'unknown', 'unknown'], told: ['1 opened'] },
    {
      title: 'not while the monitor is blind',
      seen: [fail, fail, 'blind', 'blind', 'blind'],
      told: ['1 opened', '3 monitor-blind'],
    },
    {
      title: 'not while its requests have no result',
      seen: [fail, fail, ...times(4, { hidden: [search] })],
      told: ['1 opened'],
    },
    { title: 'and not reported, when its opening was not reported', seen: [fail, ok, ok, ok, ok], told: [] },
  ] as const)('$title', ({ seen, told }) => {
    expect(play(seen).told).toEqual(told);
  });

  it('and reported to the topic of its highest severity, with its start', () => {
    const mild = { ...discovery, severity: 'notice' } as const;
    const { events } = play([fail, fail, [mild], [mild], ok, ok]);
    expect(events.at(-1)).toMatchObject({
      kind: 'resolved',
      incident: { severity: 'critical', startedAt: '2026-11-21T02:57:00.000Z', resolvedAt: '2026-11-21T03:01:00.000Z' },
    });
  });
});

describe('a fault that comes and goes stays open', () => {
  it('the same incident continues, and takes longer each time to be resolved', () => {
    const { told, state } = play([fail, fail, ok, ok, ok, fail, fail, ok, ok, ok, fail, fail, ok, ok, ok, ok, ok]);
    expect(told).toEqual(['1 opened', '3 resolved', '6 updated returned', '15 resolved']);
    expect(state.tracked).toHaveLength(1);
  });

  it('a day that alternates between three bad and three good minutes is a handful of messages', () => {
    const day = times(240, [fail, fail, fail, ok, ok, ok] as const).flat();
    expect(play(day).told.filter((line) => !line.includes('reminded')).length).toBeLessThan(6);
  });

  it('a failure after hours of blindness is another incident', () => {
    const { told, events } = play([fail, fail, ok, ok, ...times(40, 'blind' as const), fail, fail, fail]);
    expect(told).toEqual(['1 opened', '3 resolved', '5 monitor-blind', '45 monitor-sees', '45 opened']);
    expect(events.at(-1)?.subject).toBe('20261121-0341-registry');
  });

  it('a fault that returns after half an hour is another incident', () => {
    const { events } = play([fail, fail, ...times(34, ok), fail, fail]);
    expect(events.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual([
      'opened 20261121-0257-registry',
      'resolved 20261121-0257-registry',
      'opened 20261121-0333-registry',
    ]);
  });
});

describe('reminders', () => {
  it('come after an hour, then at doubled intervals, up to a day', () => {
    const { told } = play(times(5 * 24 * 60, fail));
    const minutes = told.map((line) => Number(line.split(' ')[0]));
    const pauses = minutes.slice(1).map((minute, index) => minute - (minutes[index] ?? 0));
    expect(pauses).toEqual([60, 120, 240, 480, 960, 1_440, 1_440, 1_440]);
  });

  it('stop after an acknowledgement; changes are still reported', () => {
    const { state } = play([fail, fail]);
    const acknowledged = { at: '2026-11-21T03:00:00.000Z', by: 'ada' };
    const [incident] = state.tracked;
    if (incident === undefined) throw new Error('nothing is open');
    const seen = { ...state, tracked: [{ ...incident, view: { ...incident.view, acknowledged } }] };
    const later = (minute: number, sightings = fail) => cycleAt(began + minute * minuteMs, sightings);
    const moved = [broken(['mlflow-service-unhealthy'], proxied)];
    const cycles = [...times(200, fail).map((_, index) => later(2 + index)), later(202, moved), later(203, moved)];
    expect(playCycles(cycles, rules, seen).told).toEqual(['203 updated moved']);
  });
});

describe('the monitor itself', () => {
  it('reports once that it is blind, opens no incident for it, and reports its recovery', () => {
    const { told, state } = play([ok, ...times(10, 'blind' as const), ok, ok, ok]);
    expect(told).toEqual(['2 monitor-blind', '12 monitor-sees']);
    expect(state.tracked).toEqual([]);
  });

  it('does not report a single blind cycle', () => {
    expect(play(['blind', ok, ok, ok, 'blind', ok, ok]).told).toEqual([]);
  });
});

describe('a cycle without new evidence changes nothing', () => {
  it.each([
    { title: 'the same run again', starts: [0, 0], told: [] },
    { title: 'one that overlaps the last cycle', starts: [0, 1_000], told: [] },
    { title: 'one that is older than the last cycle', starts: [60_000, 0], told: [] },
    { title: 'one right after the last cycle', starts: [0, 2_000], told: ['0 opened'] },
    {
      title: 'after the clock was set back by an hour, cycles count from there',
      starts: [3_600_000, 0],
      told: ['0 opened'],
    },
  ] as const)('$title', ({ starts, told }) => {
    expect(playCycles(starts.map((ms) => cycleAt(began + ms, fail))).told).toEqual(told);
  });
});

it('a target that is no longer probed does not keep its incident open', () => {
  const both = [broken(['service-discovery-broken'], [search, 'my.extra'])];
  expect(play([both, both, ok, ok]).told).toEqual(['1 opened', '3 resolved']);
});
