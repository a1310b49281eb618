import { describe, expect, it, test } from 'vitest';
import { began, broken, cycleAt, discovery, minuteMs, ok, play, playCycles, proxied, rules, times } from './cycles.ts';

const [search = '', health = ''] = proxied;
const fail = [discovery];

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
