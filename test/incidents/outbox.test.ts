import { describe, expect, it } from 'vitest';
import { enqueue, outboxBytesLimit } from '../../src/incidents/outbox.ts';
import { emptyState, type State } from '../../src/incidents/state.ts';
import type { IncidentEvent } from '../../src/model/incident.ts';
import { idsOf, incidentEvent, updateEvent } from './events.ts';

const empty = emptyState('development');
const both = ['sns', 'chat'];
const waitingAfter = (events: readonly IncidentEvent[], state: State = empty): readonly string[] =>
  idsOf(enqueue(state, events, both).state.outbox);

describe('the outbox', () => {
  it('keeps events in order, for every channel', () => {
    const { state, dropped } = enqueue(empty, [incidentEvent('a', 1), incidentEvent('b', 1)], both);
    expect(state.outbox.map(({ event, to, takenBy }) => [event.id, to, takenBy])).toEqual([
      ['development.a.1', both, []],
      ['development.b.1', both, []],
    ]);
    expect(dropped).toEqual([]);
  });

  it('holds an event once, even if its change is applied again', () => {
    expect(waitingAfter([incidentEvent('a', 1), incidentEvent('a', 1)])).toEqual(['development.a.1']);
  });

  it('keeps nothing without a channel', () => {
    expect(enqueue(empty, [incidentEvent('a', 1)], []).state).toBe(empty);
  });

  it('replaces a waiting reminder of the same incident', () => {
    const events = [
      incidentEvent('a', 1),
      incidentEvent('a', 2, 'reminded'),
      incidentEvent('b', 2, 'reminded'),
      incidentEvent('a', 3, 'reminded'),
    ];
    expect(waitingAfter(events)).toEqual(['development.a.1', 'development.b.2', 'development.a.3']);
  });

  it('does not let a new reminder overtake one that is being sent', () => {
    const { state } = enqueue(empty, [incidentEvent('a', 2, 'reminded')], both);
    const claim = { by: 'somebody', untilMs: 1 };
    const sending = { ...state, outbox: state.outbox.map((waiting) => ({ ...waiting, claim })) };
    const { outbox } = enqueue(sending, [incidentEvent('a', 3, 'reminded')], both).state;
    expect(outbox).toMatchObject([{ event: { id: 'development.a.3' }, claim }]);
  });

  /** Four of them are too many. */
  const third = outboxBytesLimit / 3.5;
  const moved = { kind: 'moved', from: [] } as const;

  it('drops reminders first when it is full', () => {
    const events = [
      updateEvent('a', 1, moved, third),
      updateEvent('a', 2, moved, third),
      incidentEvent('b', 1, 'reminded', third),
      incidentEvent('c', 1, 'opened', third),
    ];
    const { state, dropped } = enqueue(empty, events, both);
    expect(idsOf(dropped)).toEqual(['development.b.1']);
    expect(idsOf(state.outbox)).toEqual(['development.a.1', 'development.a.2', 'development.c.1']);
  });

  it('then drops updates that a later message of the same incident replaces, oldest first', () => {
    const events = [
      updateEvent('a', 1, { kind: 'returned', resolvedAt: '2026-11-21T02:00:00.000Z' }, third),
      updateEvent('a', 2, moved, third),
      updateEvent('a', 3, { kind: 'worse', from: 'warning' }, third),
      updateEvent('b', 1, moved, third),
    ];
    const { state, dropped } = enqueue(empty, events, both);
    expect(idsOf(dropped)).toEqual(['development.a.2']);
    expect(idsOf(state.outbox)).toEqual(['development.a.1', 'development.a.3', 'development.b.1']);
  });

  it('then drops events that another channel accepted: a channel that is dead for weeks stops nothing else', () => {
    const old = enqueue(empty, [incidentEvent('a', 1, 'opened', third), incidentEvent('b', 1, 'opened', third)], both);
    const takenBySns = {
      ...old.state,
      outbox: old.state.outbox.map((waiting) => ({ ...waiting, to: ['chat'], takenBy: ['sns'] })),
    };
    const events = [incidentEvent('a', 2, 'resolved', third), incidentEvent('c', 1, 'opened', third)];
    const { state, dropped } = enqueue(takenBySns, events, both);
    expect(idsOf(dropped)).toEqual(['development.a.1']);
    expect(idsOf(state.outbox)).toEqual(['development.b.1', 'development.a.2', 'development.c.1']);
  });

  it('keeps openings and resolutions that no channel has accepted', () => {
    const events = ['a', 'b', 'c', 'd', 'e'].flatMap((subject) => [
      incidentEvent(subject, 1, 'opened', third),
      incidentEvent(subject, 2, 'resolved', third),
    ]);
    expect(waitingAfter(events)).toEqual(events.map(({ id }) => id));
  });

  it('then drops unreported incidents that are resolved, before open ones', () => {
    const large = (subject: string, kind: 'opened' | 'resolved') =>
      incidentEvent(subject, kind === 'opened' ? 1 : 2, kind);
    const over = Array.from({ length: 200 }, (_, index) => `over-${index}`);
    const events = [large('open', 'opened'), ...over.flatMap((id) => [large(id, 'opened'), large(id, 'resolved')])];

    const { state, dropped } = enqueue(empty, events, both);

    const given = dropped.map(({ event }) => event.subject);
    expect(given.length).toBeGreaterThan(0);
    expect(given).toEqual(over.slice(0, given.length / 2).flatMap((id) => [id, id]));
    expect(idsOf(state.outbox)).toEqual(events.map(({ id }) => id).filter((id) => !idsOf(dropped).includes(id)));
  });

  it('finally drops the oldest events, so that new ones can always be stored', () => {
    const events = Array.from({ length: 400 }, (_, index) => incidentEvent(`open-${index}`, 1));

    const { state, dropped } = enqueue(empty, events, both);

    expect(Buffer.byteLength(JSON.stringify(state.outbox))).toBeLessThanOrEqual(outboxBytesLimit);
    expect(idsOf(dropped)).toEqual(events.slice(0, dropped.length).map(({ id }) => id));
    expect(idsOf(state.outbox).at(-1)).toBe(events.at(-1)?.id);
  });
});
