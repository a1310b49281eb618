import type { IncidentView } from '../model/incident.ts';
import { briefOpen, briefView } from './brief.ts';
import { incidentLimits, roomBytes } from './limits.ts';
import { withinRoom } from './outbox.ts';
import { isOpen, isResolved, type State, type Tracked } from './state.ts';
import { bounded } from './state-schema.ts';

export interface Fitted {
  readonly state: State;
  /** One sentence for each part that found no room. */
  readonly leftOut: readonly string[];
}

/**
 * The state in a form that can be stored: every text and list within its bound, each part within its room. An oversized
 * part first loses details, then its least important entries. It never blocks storing the rest.
 */
export const fitted = (wanted: State): Fitted => {
  const state = bounded(wanted);
  const outbox = withinRoom(state.outbox);
  const tracked = trackedWithin(state.tracked);
  const past = pastWithin([...state.past, ...tracked.over]);
  return {
    state: {
      ...state,
      outbox: outbox.kept,
      tracked: tracked.kept,
      past,
      stories: storiesWithin(state.stories, [...past, ...tracked.kept.map(({ view }) => view)]),
      judgements: shrink(state.judgements, roomBytes.judgements, state.judgements, () => null),
    },
    leftOut: [
      ...outbox.dropped.map(({ event }) => `${event.id} was dropped, because too many events are waiting`),
      ...(tracked.shortened > 0
        ? [`${tracked.shortened} incidents are stored without details, for lack of space`]
        : []),
      ...(tracked.untracked > 0 ? [`${tracked.untracked} failures are not tracked, for lack of space`] : []),
    ],
  };
};

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value)) + ','.length;

/** Applies one change after the other, in this order, until everything fits. `null` removes an entry. */
const shrink = <T>(
  all: readonly T[],
  most: number,
  order: readonly T[],
  change: (one: T) => T | null,
): readonly T[] => {
  let over = all.reduce((sum, one) => sum + bytesOf(one), 0) - most;
  const changed = new Map<T, T | null>();
  for (const one of order) {
    if (over <= 0) break;
    const next = change(one);
    over -= bytesOf(one) - (next === null ? 0 : bytesOf(next));
    changed.set(one, next);
  }
  if (changed.size === 0) return all;
  return all.flatMap((one) => {
    const next = changed.get(one);
    return next === null ? [] : [next ?? one];
  });
};

/** The oldest lose their details first and are removed first. */
const pastWithin = (past: State['past']): State['past'] => {
  const newest = past.slice(-incidentLimits.past);
  const brief = shrink(newest, roomBytes.past, newest, briefView);
  return shrink(brief, roomBytes.past, brief, () => null);
};

/** Only of incidents that are kept; the oldest are removed first. */
const storiesWithin = (stories: State['stories'], kept: readonly IncidentView[]): State['stories'] => {
  const ids = new Set(kept.map(({ id }) => id));
  const wanted = stories.filter(({ incident }) => ids.has(incident));
  return shrink(wanted, roomBytes.stories, wanted, () => null);
};

interface TrackedWithin {
  readonly kept: readonly Tracked[];
  /** Resolved, and no longer able to return. */
  readonly over: State['past'];
  readonly shortened: number;
  readonly untracked: number;
}

/**
 * Resolved incidents become past first, oldest first. Then details go, then pending incidents, newest first. Open ones
 * go last.
 */
const trackedWithin = (all: readonly Tracked[]): TrackedWithin => {
  const within = (list: readonly Tracked[], order: readonly Tracked[], change: (one: Tracked) => Tracked | null) =>
    shrink(list, roomBytes.tracked, order, change);
  const current = within(all, all.filter(isResolved), () => null);
  const brief = within(current, current, withoutDetails);
  const briefer = within(brief, brief, (one) => ({ ...one, view: briefView(one.view) }));
  const newestFirst = briefer.toReversed();
  const kept = within(
    briefer,
    [...newestFirst.filter((one) => !isOpen(one)), ...newestFirst.filter(isOpen)],
    () => null,
  );
  return {
    kept,
    over: all.filter((one) => !current.includes(one)).map(({ view }) => view),
    shortened: brief.filter((one) => !all.includes(one)).length,
    untracked: briefer.length - kept.length,
  };
};

/** Marks decide when an incident opens, so an open one does not need them. */
const withoutDetails = (incident: Tracked): Tracked => ({
  ...incident,
  view: briefOpen(incident.view),
  marks: isOpen(incident) ? incident.marks.slice(-1) : incident.marks,
});
