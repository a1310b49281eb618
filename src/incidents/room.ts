import { briefOpen, briefView } from './brief.ts';
import { incidentLimits, roomBytes } from './limits.ts';
import { withinRoom } from './outbox.ts';
import { isOpen, type State, type Tracked } from './state.ts';
import { bounded } from './state-schema.ts';

export interface Fitted {
  readonly state: State;
  /** What did not find room, a sentence each. */
  readonly leftOut: readonly string[];
}

/**
 * The state as it can be stored: every text and list within its bound, and each part within its room. What is too large loses
 * details first, then what matters least; it never keeps the rest from being stored.
 */
export const fitted = (wanted: State): Fitted => {
  const state = bounded(wanted);
  const outbox = withinRoom(state.outbox);
  const tracked = trackedWithin(state.tracked);
  const past = pastWithin([...state.past, ...tracked.over]);
  return {
    state: { ...state, outbox: outbox.kept, tracked: tracked.kept, past },
    leftOut: [
      ...outbox.dropped.map(({ event }) => `${event.id} was given up, for too much waits to be sent`),
      ...(tracked.shortened > 0 ? [`${tracked.shortened} incidents are kept without details, for want of room`] : []),
      ...(tracked.untracked > 0 ? [`${tracked.untracked} failures are not tracked, for want of room`] : []),
    ],
  };
};

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value)) + ','.length;

/** Changes one after the other, in this order, until all of them fit; `null` takes one out. */
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

/** The oldest lose their details first, and go first. */
const pastWithin = (past: State['past']): State['past'] => {
  const newest = past.slice(-incidentLimits.past);
  const brief = shrink(newest, roomBytes.past, newest, briefView);
  return shrink(brief, roomBytes.past, brief, () => null);
};

interface TrackedWithin {
  readonly kept: readonly Tracked[];
  /** Resolved, and out of the race to return. */
  readonly over: State['past'];
  readonly shortened: number;
  readonly untracked: number;
}

/** Resolved ones become past, the oldest first; then details go; then what is pending, the newest first; open ones last. */
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

const isResolved = ({ view }: Tracked): boolean => view.resolvedAt !== null;

/** Marks decide when it opens: of an open one they are not asked. */
const withoutDetails = (incident: Tracked): Tracked => ({
  ...incident,
  view: briefOpen(incident.view),
  marks: isOpen(incident) ? incident.marks.slice(-1) : incident.marks,
});
