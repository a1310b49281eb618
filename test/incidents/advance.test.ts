import { describe, expect, it, test } from 'vitest';
import { began, broken, cycleAt, discovery, minuteMs, ok, play, playCycles, proxied, rules, times } from './cycles.ts';

const [search = '', health = ''] = proxied;
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
      incident: { severity: 'critical', startedAt: '2026-11-21T02:57:00.000Z', resolvedAt: '2026-11-21T03:02:00.000Z' },
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

describe('one incident for one root cause', () => {
  it('for any number of requests, even if more fail later', () => {
    const wide = broken(['service-discovery-broken'], [...proxied, 'registration.create-run', 'api.health']);
    const { told, events } = play([fail, fail, [wide], [wide], [wide]]);
    expect(told).toEqual(['1 opened']);
    expect(events).toHaveLength(1);
  });

  it('a second, independent fault opens its own', () => {
    const auth = broken(['auth-service-unavailable'], ['auth.root']);
    const { events } = play([fail, fail, [discovery, auth], [auth, discovery], ok, ok]);
    expect(events.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual([
      'opened 20261121-0257-registry',
      'opened 20261121-0259-auth',
      'resolved 20261121-0257-registry',
      'resolved 20261121-0259-auth',
    ]);
  });

  it('of two faults that match an incident, the one with more of its requests continues it', () => {
    const wide = [...proxied, 'registration.create-run'];
    const before = [broken(['service-discovery-broken'], wide)];
    const one = broken(['cors-misconfigured'], ['registration.create-run']);
    const most = broken(['mlflow-service-unhealthy'], [...proxied, 'api.root']);
    const { events } = play([before, before, [one, most], [one, most]]);
    expect(events.slice(1)).toMatchObject([
      { subject: '20261121-0257-registry', change: { kind: 'moved' }, incident: { causes: most.causes } },
      { kind: 'opened', incident: { causes: one.causes } },
    ]);
  });

  it('the same cause at another place is another incident', () => {
    const at = (host: string, id: string) => broken(['tls-certificate-invalid'], [id], { hosts: [host] });
    const both = [at('api', 'api.root'), at('auth', 'auth.root')];
    expect(play([both, both]).events.map(({ subject }) => subject)).toEqual([
      '20261121-0257-api',
      '20261121-0257-auth',
    ]);
  });

  it('two that start in the same minute at the same place have different ids', () => {
    const two = [broken(['service-discovery-broken'], [search]), broken(['cors-misconfigured'], [health])];
    expect(play([two, two]).events.map(({ subject }) => subject)).toEqual([
      '20261121-0257-registry',
      '20261121-0257-registry-2',
    ]);
  });

  it('one that hides behind another is neither resolved nor opened again', () => {
    const api = broken(['api-service-unhealthy'], ['api.health', 'api.root']);
    const hidden = { sightings: [api], hidden: proxied };
    expect(play([fail, fail, hidden, hidden, hidden, fail, fail]).told).toEqual(['1 opened', '3 opened', '6 resolved']);
  });
});

describe('another cause is another incident', () => {
  const dead = (cause: Parameters<typeof broken>[0][number], ids: readonly string[], rest = {}) => [
    broken([cause], ids, rest),
  ];
  const auth = dead('auth-service-unavailable', [...proxied, 'auth.root']);
  const password = dead('database-auth-failing', proxied);
  const unknown = [broken([], proxied)];
  const tie = [broken(['service-discovery-broken', 'mlflow-unreachable-from-api'], proxied)];
  const otherTie = [broken(['mlflow-unreachable-from-api', 'mlflow-service-unhealthy'], proxied)];

  const toldBy = (seen: Parameters<typeof play>[0]) =>
    play(seen).events.map((event) =>
      'incident' in event
        ? `${event.kind}${event.kind === 'updated' ? ` ${event.change.kind}` : ''} ${event.incident.startedAt.slice(14, 16)} ${event.incident.causes.map(({ id }) => id).join('|')}`
        : event.kind,
    );

  it('each of three in a quarter of an hour is reported once, with its own cause and start, and resolved once', () => {
    const certificate = dead('tls-certificate-invalid', [...proxied, 'api.root']);
    expect(
      toldBy([auth, auth, auth, ok, ok, password, password, ok, ok, ok, certificate, certificate, ok, ok]),
    ).toEqual([
      'opened 57 auth-service-unavailable',
      'resolved 57 auth-service-unavailable',
      'opened 02 database-auth-failing',
      'resolved 02 database-auth-failing',
      'opened 07 tls-certificate-invalid',
      'resolved 07 tls-certificate-invalid',
    ]);
  });

  it('after a single healthy cycle, too, and the first one is resolved although its requests fail', () => {
    expect(toldBy([auth, auth, ok, password, password, password, ok, ok])).toEqual([
      'opened 57 auth-service-unavailable',
      'resolved 57 auth-service-unavailable',
      'opened 00 database-auth-failing',
      'resolved 00 database-auth-failing',
    ]);
  });

  it('without a healthy cycle, when most of what the first one took down works again', () => {
    const wide = dead('auth-service-unavailable', [...proxied, 'auth.root', 'api.root', 'api.health']);
    expect(toldBy([wide, wide, password, password, password, ok, ok])).toEqual([
      'opened 57 auth-service-unavailable',
      'resolved 57 auth-service-unavailable',
      'opened 59 database-auth-failing',
      'resolved 59 database-auth-failing',
    ]);
  });

  it('without a healthy cycle, when some of it works again and other requests fail', () => {
    const next = dead('tls-certificate-invalid', [...proxied, 'api.root']);
    expect(toldBy([auth, auth, next, next, ok, ok])).toEqual([
      'opened 57 auth-service-unavailable',
      'resolved 57 auth-service-unavailable',
      'opened 59 tls-certificate-invalid',
      'resolved 59 tls-certificate-invalid',
    ]);
  });

  it('but not while the diagnosis does not rule the first one out: then it has moved', () => {
    const next = dead('tls-certificate-invalid', [...proxied, 'api.root'], {
      notRuledOut: [{ id: 'auth-service-unavailable', probability: 0.1 }],
    });
    expect(toldBy([auth, auth, next, next, ok, ok])).toEqual([
      'opened 57 auth-service-unavailable',
      'updated moved 57 tls-certificate-invalid',
      'resolved 57 tls-certificate-invalid',
    ]);
  });

  test.each([
    { title: 'the same cause returns', next: auth, told: 'updated returned 57 auth-service-unavailable' },
    { title: 'no known cause is not the return of a known one', next: unknown, told: 'opened 01 ' },
    { title: 'another cause is new', next: password, told: 'opened 01 database-auth-failing' },
  ])('after the end of an incident: $title', ({ next, told }) => {
    expect(toldBy([auth, auth, ok, ok, next, next]).at(-1)).toBe(told);
  });

  it('a tie returns if it shares a cause', () => {
    expect(toldBy([tie, tie, ok, ok, otherTie, otherTie]).at(-1)).toBe(
      'updated returned 57 mlflow-unreachable-from-api|mlflow-service-unhealthy',
    );
  });

  it('a tie that was narrowed down to one cause does not return with another', () => {
    const other = dead('mlflow-unreachable-from-api', proxied);
    expect(toldBy([tie, tie, fail, fail, ok, ok, other, other]).at(-1)).toBe('opened 03 mlflow-unreachable-from-api');
  });

  it('a return whose first cycle nothing explains is the return, counted from that cycle', () => {
    const { events, state } = play([auth, auth, ok, ok, unknown, auth]);
    expect(events.at(-1)).toMatchObject({
      kind: 'updated',
      change: { kind: 'returned' },
      incident: { failingCycles: 4 },
    });
    expect(state.tracked).toHaveLength(1);
  });

  it('a cause that joins another is its own incident, and each ends by itself', () => {
    const certificate = broken(['tls-certificate-invalid'], ['api.root', 'api.health']);
    const both = [...fail, certificate];
    expect(toldBy([fail, fail, both, both, [certificate], [certificate], ok, ok])).toEqual([
      'opened 57 service-discovery-broken',
      'opened 59 tls-certificate-invalid',
      'resolved 57 service-discovery-broken',
      'resolved 59 tls-certificate-invalid',
    ]);
  });

  it('a mute and an acknowledgement of one do not count for the next', () => {
    const { state } = play([auth, auth]);
    const acknowledged = { at: '2026-11-21T02:59:00.000Z', by: 'ada' };
    const tracked = state.tracked.map((one) => ({ ...one, view: { ...one.view, acknowledged } }));
    const mutes = [
      { what: { hypothesis: 'auth-service-unavailable' }, until: '2026-11-21T09:00:00.000Z', reason: null },
    ];
    const cycles = [ok, ok, ...times(62, password)].map((seen, minute) =>
      cycleAt(began + (2 + minute) * minuteMs, seen),
    );
    expect(playCycles(cycles, { ...rules, mutes }, { ...state, tracked }).told).toEqual([
      '3 resolved',
      '5 opened',
      '65 reminded',
    ]);
  });
});

describe('a diagnosis that wavers', () => {
  const other = [broken(['mlflow-service-unhealthy'], proxied)];

  it('between two causes of the same failure is one incident, however often', () => {
    const { events } = play([...times(60, [fail, other] as const).flat(), ok, ok]);
    expect(new Set(events.map(({ subject }) => subject)).size).toBe(1);
    expect(events.map(({ kind }) => kind)).toEqual(['opened', 'reminded', 'resolved']);
  });

  it('for a cycle changes neither a reminder, nor a mute, nor the end', () => {
    const seen = [...times(59, fail), other, fail, other, fail, other, ok, ok];
    const mutes = [
      { what: { hypothesis: 'mlflow-service-unhealthy' }, until: '2026-11-21T09:00:00.000Z', reason: null },
    ];
    const { events } = play(seen, { ...rules, mutes });
    expect(
      events.map((event) => 'incident' in event && [event.at.slice(11, 16), event.kind, event.incident.causes[0]?.id]),
    ).toEqual([
      ['02:58', 'opened', 'service-discovery-broken'],
      ['03:58', 'reminded', 'service-discovery-broken'],
      ['04:02', 'resolved', 'service-discovery-broken'],
    ]);
  });

  it('and comes and goes, as a flapping fault does, is two incidents at most', () => {
    const seen = times(40, [fail, fail, ok, other, other, ok] as const).flat();
    expect(new Set(play(seen).events.map(({ subject }) => subject)).size).toBe(2);
  });
});

describe('one cause, one message', () => {
  const timeout = ['names-auth'];
  const down = [broken(['auth-service-unavailable'], [...proxied, 'auth.root'], { says: timeout })];
  const remainder = (says: readonly string[]) => broken([], ['api.root'], { says, severity: 'warning' });

  it('unexplained failures that say the words of an open cause belong to it', () => {
    const both = [...down, remainder(timeout)];
    const { told, events } = play([down, down, both, both, ok, ok]);
    expect(told).toEqual(['1 opened', '5 resolved']);
    expect(events.at(-1)).toMatchObject({
      incident: { affectedCount: 4, everAffected: expect.arrayContaining(['api.root']) },
    });
  });

  it('also in a cycle in which nothing names the cause, and until they have recovered', () => {
    const alone = [remainder(timeout)];
    expect(play([down, down, alone, alone, ok, ok]).told).toEqual(['1 opened', '3 updated moved', '5 resolved']);
  });

  it('what says something else is reported by itself', () => {
    const both = [...down, remainder(['server-error 500 0123456789ab'])];
    expect(play([down, down, both, both]).told).toEqual(['1 opened', '3 opened']);
  });
});

describe('a diagnosis that changes updates its incident', () => {
  const moved = [broken(['mlflow-service-unhealthy'], proxied)];
  const tie = [broken(['service-discovery-broken', 'mlflow-unreachable-from-api'], proxied)];

  test.each([
    {
      title: 'to another cause, when it has held for two cycles',
      seen: [fail, fail, moved, moved, moved],
      told: ['1 opened', '3 updated moved'],
    },
    { title: 'not after one cycle', seen: [fail, fail, moved, fail, moved, fail], told: ['1 opened'] },
    {
      title: 'to one of the tied causes',
      seen: [tie, tie, fail, fail, fail],
      told: ['1 opened', '3 updated narrowed'],
    },
    { title: 'not when more causes become possible', seen: [fail, fail, tie, tie, tie], told: ['1 opened'] },
    {
      title: 'after two cycles with other causes, even different ones',
      seen: [tie, tie, moved, fail, fail],
      told: ['1 opened', '3 updated narrowed'],
    },
    {
      title: 'from unexplained to a cause',
      seen: [[broken([], proxied)], [broken([], proxied)], fail, fail],
      told: ['1 opened', '3 updated moved'],
    },
  ] as const)('$title', ({ seen, told }) => {
    expect(play(seen).told).toEqual(told);
  });

  it('with the old and the new cause', () => {
    const { events } = play([fail, fail, moved, moved]);
    expect(events[1]).toMatchObject({
      subject: '20261121-0257-registry',
      change: { kind: 'moved', from: ['service-discovery-broken'] },
      incident: {
        causes: [{ id: 'mlflow-service-unhealthy' }],
        history: [
          { at: '2026-11-21T02:57:00.000Z', causes: ['service-discovery-broken'] },
          { at: '2026-11-21T02:59:00.000Z', causes: ['mlflow-service-unhealthy'] },
        ],
      },
    });
  });

  it('one that alternates for a day is reported less and less often', () => {
    const day = times(360, [fail, fail, moved, moved] as const).flat();
    const updates = play(day).told.filter((line) => line.includes('updated'));
    expect(updates.length).toBeGreaterThan(3);
    expect(updates.length).toBeLessThan(32);
  });

  it('a higher severity is reported, a lower one is not', () => {
    const mild = [{ ...discovery, severity: 'warning' }] as const;
    expect(play([mild, mild, fail, fail, mild, mild, fail, fail]).told).toEqual(['1 opened', '3 updated worse']);
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

describe('mutes', () => {
  const until = (minute: number) => new Date(began + minute * minuteMs).toISOString();
  const muted = (what: (typeof rules)['mutes'][number]['what'], minute: number) => ({
    ...rules,
    mutes: [{ what, until: until(minute), reason: 'moving house' }],
  });

  it.each([
    ['its host', { host: 'registry' }],
    ['its cause', { hypothesis: 'service-discovery-broken' }],
  ])('an incident is silent while %s is muted, and is reported when the mute ends', (_, what) => {
    const { told, events } = play(times(6, fail), muted(what, 4));
    expect(told).toEqual(['4 mute-ended', '4 opened']);
    expect(events[0]).toMatchObject({ open: ['20261121-0257-registry'] });
  });

  it('a muted target does not silence other failures', () => {
    expect(play([fail, fail], muted({ target: search }, 60)).told).toEqual(['1 opened']);
    const alone = [broken(['service-discovery-broken'], [search])];
    expect(play([alone, alone], muted({ target: search }, 60)).told).toEqual([]);
  });

  const twoHosts = [broken(['service-discovery-broken'], ['api.root', 'auth.root'])];
  const hosts = (api: number, auth: number) => ({
    ...rules,
    mutes: [
      { what: { host: 'api' }, until: until(api), reason: null },
      { what: { host: 'auth' }, until: until(auth), reason: null },
    ],
  });

  it('the end names the incidents it silenced, even if another mute did as well', () => {
    const { told, events } = play(times(7, twoHosts), hosts(4, 60));
    expect(told).toEqual(['4 mute-ended', '4 opened']);
    expect(events[0]).toMatchObject({ open: ['20261121-0257-api'] });
  });

  it('the end names no incident that another mute silences or that is resolved in that cycle', () => {
    const both = { ...rules, mutes: [...muted({ host: 'registry' }, 4).mutes, ...muted({ target: search }, 60).mutes] };
    const alone = [broken(['service-discovery-broken'], [search])];
    expect(play(times(6, alone), both).events).toMatchObject([{ kind: 'mute-ended', open: [] }]);
    const healed = play([fail, fail, ok, ok, ok], muted({ host: 'registry' }, 3));
    expect(healed.events).toMatchObject([{ kind: 'mute-ended', open: [] }]);
  });

  it('the end is reported, with the incidents, once the monitor recovers', () => {
    const seen = [fail, fail, 'unknown', 'blind', 'unknown', fail] as const;
    const { told, events } = play(seen, muted({ host: 'registry' }, 3));
    expect(told).toEqual(['5 mute-ended', '5 opened']);
    expect(events[0]).toMatchObject({ open: ['20261121-0257-registry'] });
  });

  it('a fault that returns during a mute is reported at its end, and resolved once', () => {
    const { state } = play([fail, fail, ok, ok]);
    const later = [fail, fail, fail, fail, ok, ok, ok, ok].map((seen, index) =>
      cycleAt(began + (4 + index) * minuteMs, seen),
    );
    expect(playCycles(later, muted({ host: 'registry' }, 7), state).told).toEqual([
      '7 mute-ended',
      '7 opened',
      '11 resolved',
    ]);
    expect(playCycles(later, muted({ host: 'registry' }, 60), state).told).toEqual([]);
  });

  it('the flow as a whole can be muted by its name', () => {
    const flow = [broken(['write-scope-missing'], ['registration.create-run'])];
    expect(play([flow, flow], muted({ target: 'registration' }, 60)).told).toEqual([]);
  });

  it('a muted host does not silence failures elsewhere, however many', () => {
    const many = Array.from({ length: 28 }, (_, number) => `registry.read-${number}`);
    const registry = [broken(['service-discovery-broken'], many)];
    const wide = [broken(['service-discovery-broken'], [...many, 'api.root'])];
    expect(play([registry, registry], muted({ host: 'registry' }, 60)).told).toEqual([]);
    expect(play([wide, wide], muted({ host: 'registry' }, 60)).told).toEqual(['1 opened']);
    const wider = [broken(['service-discovery-broken'], [...many, 'api.root', 'api.health'])];
    const partly = {
      ...rules,
      mutes: [...muted({ host: 'registry' }, 60).mutes, ...muted({ target: 'api.root' }, 60).mutes],
    };
    expect(play([wider, wider], partly).told).toEqual(['1 opened']);
  });

  it('the end is reported even if everything is healthy', () => {
    expect(play([ok, ok, ok], muted({ host: 'api' }, 1)).told).toEqual(['1 mute-ended']);
  });

  it('a reported incident is reported as resolved during a mute, an unreported one is not', () => {
    const { state } = play([fail, fail]);
    const later = [2, 3].map((minute) => cycleAt(began + minute * minuteMs, ok));
    expect(playCycles(later, muted({ host: 'registry' }, 60), state).told).toEqual(['3 resolved']);
    expect(play([fail, fail, ok, ok], muted({ host: 'registry' }, 60)).told).toEqual([]);
  });
});

it('a target that is no longer probed does not keep its incident open', () => {
  const both = [broken(['service-discovery-broken'], [search, 'my.extra'])];
  expect(play([both, both, ok, ok]).told).toEqual(['1 opened', '3 resolved']);
});
