import { expect, it } from 'vitest';
import { fitted } from '../../src/incidents/room.ts';
import { emptyState } from '../../src/incidents/state.ts';
import { withAccepted, withEvents } from '../../src/incidents/story.ts';
import { storedEntries } from '../../src/model/incident-schema/limits.ts';
import { began, broken, discovery, minuteMs, ok, play, proxied, times } from './cycles.ts';
import { eventOf, incidentView, updateEvent } from './events.ts';

const empty = emptyState('development');

it('the story of an incident has its messages in order, with the causes that they named', () => {
  const moved = broken(['mlflow-unreachable-from-api'], proxied);
  const { state, events } = play([...times(3, [discovery]), ...times(3, [moved]), ...times(3, ok)]);
  const [story] = withEvents(state, events).stories;
  expect(story?.entries.map(({ at, kind, causes }) => [(Date.parse(at) - began) / minuteMs, kind, ...causes])).toEqual([
    [1, 'opened', 'service-discovery-broken'],
    [4, 'moved', 'mlflow-unreachable-from-api'],
    [7, 'resolved', 'mlflow-unreachable-from-api'],
  ]);
});

it('a story says which channels took a message and when, and not that a refusing one did', () => {
  const event = eventOf('opened', incidentView('a'));
  const told = withEvents(empty, [event]);
  const attempts = [
    { event: event.id, channel: 'webhook', refusal: null },
    { event: event.id, channel: 'sns', refusal: 'not now' },
  ];
  const once = withAccepted(told, attempts, began);
  const twice = withAccepted(once, attempts, began + minuteMs);
  expect(twice.stories[0]?.entries[0]?.sent).toEqual([{ to: 'webhook', at: '2026-11-21T02:57:00.000Z' }]);
});

it('an event that is played again does not appear twice', () => {
  const event = eventOf('opened', incidentView('a'));
  expect(withEvents(withEvents(empty, [event]), [event])).toEqual(withEvents(empty, [event]));
});

it('a long story drops its reminders first, and keeps its beginning', () => {
  const numbered = Array.from({ length: storedEntries.story + 20 }, (_, index) => ({
    ...(index % 2 === 0
      ? updateEvent('a', index, { kind: 'worse', from: 'warning' })
      : eventOf('reminded', incidentView('a'))),
    id: `event-${index}`,
  }));
  const entries = withEvents(empty, [{ ...eventOf('opened', incidentView('a')), id: 'first' }, ...numbered]).stories[0]
    ?.entries;
  expect(entries).toHaveLength(storedEntries.story);
  expect(entries?.[0]?.event).toBe('first');
  expect(entries?.filter(({ kind }) => kind === 'worse')).toHaveLength(25);
});

it('stories of forgotten incidents are not kept', () => {
  const state = withEvents({ ...empty, past: [incidentView('kept')] }, [
    { ...eventOf('opened', incidentView('kept')), id: 'one' },
    { ...eventOf('opened', incidentView('forgotten')), id: 'two' },
  ]);
  expect(fitted(state).state.stories.map(({ incident }) => incident)).toEqual(['kept']);
});
