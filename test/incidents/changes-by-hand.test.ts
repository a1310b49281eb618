import { describe, expect, it } from 'vitest';
import { acknowledge, listed, mute, unmute } from '../../src/incidents/by-hand.ts';
import { claimed, claimMs } from '../../src/incidents/claims.ts';
import { historyOf } from '../../src/incidents/history.ts';
import { incidentId } from '../../src/incidents/identity.ts';
import { enqueue } from '../../src/incidents/outbox.ts';
import { emptyState, type State } from '../../src/incidents/state.ts';
import type { Affected, Mute } from '../../src/model/incident.ts';
import { began, broken, discovery, minuteMs, ok, play, proxied, times } from './cycles.ts';
import { incidentEvent, incidentView } from './events.ts';

const empty = emptyState('development');
const { state: open } = play([[discovery], [discovery]]);
const id = '20261121-0257-registry';
const at = '2026-11-21T03:00:00.000Z';

describe('an acknowledgement', () => {
  it('is of one open incident, and the first one stays', () => {
    const two = play(times(2, [discovery, broken(['write-scope-missing'], ['api.root'])])).state;
    const once = acknowledge(two, id, 'me', at);
    const twice = acknowledge(once, id, 'you', '2026-11-21T04:00:00.000Z');
    expect(twice.tracked.map(({ view }) => view.acknowledged)).toEqual([{ at, by: 'me' }, null]);
  });

  it('of anything else is refused, with what is open', () => {
    expect(() => acknowledge(open, 'x', 'me', at)).toThrow(`no incident x is open; open: ${id}`);
    expect(() => acknowledge(empty, 'x', 'me', at)).toThrow('no incident x is open; no other is');
    expect(() => acknowledge(play([[discovery]]).state, id, 'me', at)).toThrow('no other is');
  });
});

describe('a mute by command', () => {
  const muteOf = (what: Mute['what'], until = at): Mute => ({ what, until, reason: null });
  const host = muteOf({ host: 'api' });
  const both: State = {
    ...empty,
    mutes: [host, muteOf({ target: 'api' })],
    mutesInForce: [host, muteOf({ host: 'x' })],
  };

  it('replaces one of the same thing, also where it was in force', () => {
    const later = muteOf({ host: 'api' }, '2026-11-22T03:00:00.000Z');
    const { mutes, mutesInForce } = mute(both, later);
    expect(mutes).toEqual([muteOf({ target: 'api' }), later]);
    expect(mutesInForce).toEqual([muteOf({ host: 'x' })]);
  });

  it('is removed by name, also where it was in force, so its end is not reported', () => {
    const { mutes, mutesInForce } = unmute(both, { host: 'api' });
    expect(mutes).toEqual([muteOf({ target: 'api' })]);
    expect(mutesInForce).toEqual([muteOf({ host: 'x' })]);
  });

  it('that was not set cannot be removed', () => {
    expect(() => unmute(both, { host: 'x' })).toThrow('not muted by command');
  });
});

it('the list has open incidents first, then resolved ones, each newest first; pending ones are not in it', () => {
  const first = play([[discovery], [discovery], ok, ok]).state;
  const [resolved] = first.tracked;
  const [tracked] = open.tracked;
  if (resolved === undefined || tracked === undefined) throw new Error('both are tracked');
  const named = (one: typeof tracked, name: string, startedAt: string) => ({
    ...one,
    view: { ...one.view, id: name, startedAt },
  });
  const state: State = {
    ...empty,
    past: [{ ...incidentView('past'), startedAt: '2026-11-21T02:00:00.000Z', resolvedAt: at }],
    tracked: [
      named(resolved, 'resolved', '2026-11-21T01:00:00.000Z'),
      named(tracked, 'older', '2026-11-20T01:00:00.000Z'),
      named(tracked, 'newer', '2026-11-20T02:00:00.000Z'),
      ...play([[discovery]]).state.tracked,
    ],
  };
  expect(listed(state).map((one) => one.id)).toEqual(['newer', 'older', 'past', 'resolved']);
});

describe('a claim', () => {
  const { state } = enqueue(
    empty,
    [incidentEvent('a', 1), incidentEvent('a', 2, 'resolved'), incidentEvent('b', 1)],
    ['sns', 'chat'],
  );
  const now = began;
  const ours = { by: 'us', untilMs: now + claimMs };
  const firstHeld = (by: string, untilMs: number): State => ({
    ...state,
    outbox: state.outbox.map((waiting, index) => (index === 0 ? { ...waiting, claim: { by, untilMs } } : waiting)),
  });
  const claims = (from: State, channels = ['sns', 'chat']) =>
    claimed(from, ours, now, channels).outbox.map(
      ({ event, to, claim }) => `${event.id} ${to.join('+')} ${claim?.by ?? '-'}`,
    );

  it('takes everything that no other run holds', () => {
    const all = ['development.a.1 sns+chat us', 'development.a.2 sns+chat us', 'development.b.1 sns+chat us'];
    expect(claims(state)).toEqual(all);
    expect(claims(firstHeld('us', now + 1))).toEqual(all);
    // Expired, or from a wrong clock.
    expect(claims(firstHeld('they', now))).toEqual(all);
    expect(claims(firstHeld('they', now + 2 * claimMs + 1))).toEqual(all);
  });

  it('leaves every event of a subject of which another run holds one', () => {
    for (const untilMs of [now + 1, now + 2 * claimMs])
      expect(claims(firstHeld('they', untilMs))).toEqual([
        'development.a.1 sns+chat they',
        'development.a.2 sns+chat -',
        'development.b.1 sns+chat us',
      ]);
  });

  it('drops channels that are no longer configured, and events that wait for no other', () => {
    expect(claims(state, ['chat'])).toEqual([
      'development.a.1 chat us',
      'development.a.2 chat us',
      'development.b.1 chat us',
    ]);
    expect(claims(state, [])).toEqual([]);
  });

  it('of nothing changes nothing, so nothing is written', () => {
    expect(claimed(empty, ours, now, ['sns'])).toBe(empty);
    const held: State = {
      ...state,
      outbox: state.outbox.slice(0, 2).map((one) => ({ ...one, claim: { by: 'they', untilMs: now + 1 } })),
    };
    expect(claimed(held, ours, now, ['sns'])).toBe(held);
  });
});

describe('the id of an incident', () => {
  const on = (...hosts: readonly string[]): readonly Affected[] =>
    hosts.map((host, index) => ({ id: `x.${index}`, host, status: 'fail', failureMode: null, summary: '' }));
  const startedAtMs = Date.parse('2026-01-02T03:04:59.999Z');
  it.each([
    [on('api'), [], '20260102-0304-api'],
    [on('api', 'auth', 'auth', 'api', 'auth'), [], '20260102-0304-auth'],
    [on('api', 'auth'), [], '20260102-0304-api'],
    [[], [], '20260102-0304-platform'],
    [on('h'.repeat(41)), [], `20260102-0304-${'h'.repeat(40)}`],
    [on('api'), ['20260102-0304-api'], '20260102-0304-api-2'],
    [on('api'), ['20260102-0304-api', '20260102-0304-api-2'], '20260102-0304-api-3'],
  ])('has the start and the host with the most failures, and is new (%#)', (affected, taken, expected) => {
    expect(incidentId(startedAtMs, affected, new Set(taken))).toBe(expected);
  });
});

describe('the history for the next diagnosis', () => {
  const endedAtMs = began + minuteMs + 2_000;
  const halfHour = 30 * minuteMs;

  it('has the incidents that are not resolved', () => {
    expect(historyOf(open, endedAtMs + halfHour)).toEqual({
      until: new Date(endedAtMs).toISOString(),
      version: null,
      deployment: null,
      ongoing: [
        {
          incident: id,
          since: '2026-11-21T02:57:00.000Z',
          failingCycles: 2,
          returns: 0,
          causes: ['service-discovery-broken'],
          affected: proxied,
          recovered: false,
          deployment: null,
        },
      ],
    });
    expect(historyOf(play([[discovery], [discovery], ok]).state, endedAtMs + minuteMs)?.ongoing).toMatchObject([
      { recovered: true },
    ]);
    expect(historyOf(play([[discovery], [discovery], ok, ok]).state, endedAtMs + minuteMs)?.ongoing).toEqual([]);
  });

  it('names the version and the deployment that were seen last', () => {
    const deployment = { from: '1', to: '2', at };
    expect(historyOf({ ...open, version: { current: '2', deployment } }, endedAtMs)).toMatchObject({
      version: '2',
      deployment,
    });
  });

  it('ends half an hour after the last cycle, and begins with the first', () => {
    expect(historyOf(open, endedAtMs + halfHour + 1)).toBeNull();
    expect(historyOf(empty, endedAtMs)).toBeNull();
  });
});
