import type { IncidentEvent, Story, StoryEntry } from '../model/incident.ts';
import { storedEntries } from '../model/incident-schema/limits.ts';
import type { Attempted } from './claims.ts';
import type { State } from './state.ts';
import { idsOf } from './track.ts';

/** Adds a cycle's events to the stories of their incidents. */
export const withEvents = (state: State, events: readonly IncidentEvent[]): State => {
  const entries = events.flatMap(entryOf);
  return entries.length === 0 ? state : { ...state, stories: entries.reduce(withEntry, state.stories) };
};

/** Adds the channels that accepted events. */
export const withAccepted = (state: State, attempts: readonly Attempted[], nowMs: number): State => {
  const at = new Date(nowMs).toISOString();
  const accepted = Map.groupBy(
    attempts.filter(({ refusal }) => refusal === null),
    ({ event }) => event,
  );
  if (accepted.size === 0) return state;
  const sentTo = (entry: StoryEntry): StoryEntry => {
    const there = new Set(entry.sent.map(({ to }) => to));
    const added = (accepted.get(entry.event) ?? []).filter(({ channel }) => !there.has(channel));
    return added.length === 0
      ? entry
      : { ...entry, sent: [...entry.sent, ...added.map(({ channel }) => ({ to: channel, at }))] };
  };
  return { ...state, stories: state.stories.map((story) => ({ ...story, entries: story.entries.map(sentTo) })) };
};

interface Added {
  readonly incident: string;
  readonly entry: StoryEntry;
}

const entryOf = (event: IncidentEvent): readonly Added[] => {
  if (!('incident' in event)) return [];
  const { id, at, incident } = event;
  const kind = event.kind === 'updated' ? event.change.kind : event.kind;
  const entry = { at, event: id, kind, severity: incident.severity, causes: idsOf(incident), sent: [] };
  return [{ incident: incident.id, entry }];
};

/** The story that changed is the newest: stories without room go oldest first. */
const withEntry = (stories: readonly Story[], { incident, entry }: Added): readonly Story[] => {
  const entries = stories.find((one) => one.incident === incident)?.entries ?? [];
  if (entries.some(({ event }) => event === entry.event)) return stories;
  return [
    ...stories.filter((one) => one.incident !== incident),
    { incident, entries: withinStory([...entries, entry]) },
  ];
};

/** Reminders go first. The beginning stays. */
const withinStory = (entries: readonly StoryEntry[]): readonly StoryEntry[] => {
  if (entries.length <= storedEntries.story) return entries;
  const reminder = entries.findIndex(({ kind }) => kind === 'reminded');
  const dropped = reminder === -1 ? 1 : reminder;
  return entries.filter((_, index) => index !== dropped);
};
