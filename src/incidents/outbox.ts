import type { IncidentEvent } from '../model/incident.ts';
import { briefEvent } from './brief.ts';
import { roomBytes } from './limits.ts';
import type { State, Waiting } from './state.ts';

/** A channel that refuses everything for long shall not keep the state from being stored, and so stop the channels that work. */
export const outboxBytesLimit = roomBytes.outbox;

export interface Enqueued {
  readonly state: State;
  /** What was given up for want of room: to be said aloud. */
  readonly dropped: readonly Waiting[];
}

/**
 * Adds events that every one of these channels shall get. One that waits already is not added again, and a reminder takes
 * the place of the one of the same subject that waits. Without channels nothing waits.
 */
export const enqueue = (state: State, events: readonly IncidentEvent[], channels: readonly string[]): Enqueued => {
  if (channels.length === 0 || events.length === 0) return { state, dropped: [] };
  const added = events.reduce((outbox, event) => withEvent(outbox, event, channels), state.outbox);
  const { kept, dropped } = withinRoom(added);
  return { state: { ...state, outbox: kept }, dropped };
};

const withEvent = (
  outbox: readonly Waiting[],
  event: IncidentEvent,
  channels: readonly string[],
): readonly Waiting[] => {
  if (outbox.some((waiting) => waiting.event.id === event.id)) return outbox;
  const isReplaced = (waiting: Waiting): boolean =>
    event.kind === 'reminded' && waiting.event.kind === 'reminded' && waiting.event.subject === event.subject;
  // The claim stays: whoever is about to send the replaced one must not be overtaken.
  const claim = outbox.find(isReplaced)?.claim ?? null;
  const waiting: Waiting = { event, to: channels, takenBy: [], claim, refusals: 0, lastRefusal: null };
  return [...outbox.filter((one) => !isReplaced(one)), waiting];
};

type MayGo = (waiting: Waiting, index: number, outbox: readonly Waiting[]) => boolean;

/** What tells no news that a later event does not tell as well. */
const isSuperseded: MayGo = ({ event }, index, outbox) =>
  event.kind === 'updated' &&
  event.change.kind !== 'returned' &&
  outbox
    .slice(index + 1)
    .some(
      ({ event: later }) => later.subject === event.subject && (later.kind === 'updated' || later.kind === 'resolved'),
    );

/** What goes first when there is no room, the oldest first. What opens, returns or resolves is not among it before somebody has it. */
const order: readonly MayGo[] = [
  ({ event }) => event.kind === 'reminded',
  isSuperseded,
  ({ takenBy }) => takenBy.length > 0,
];

const bytesOf = (waiting: Waiting): number => Buffer.byteLength(JSON.stringify(waiting)) + ','.length;

export interface Roomy {
  readonly kept: readonly Waiting[];
  readonly dropped: readonly Waiting[];
}

/**
 * As much of it as there is room for. When what may go is gone, events lose their details, the oldest first; then go those of
 * incidents that are over and that nobody was told of; at last the oldest events.
 */
export const withinRoom = (outbox: readonly Waiting[]): Roomy => {
  const sizes = new Map(outbox.map((waiting) => [waiting, bytesOf(waiting)]));
  let over = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0) - outboxBytesLimit;
  if (over <= 0) return { kept: outbox, dropped: [] };

  const dropped: Waiting[] = [];
  const drop = (waiting: Waiting): void => {
    over -= sizes.get(waiting) ?? bytesOf(waiting);
    dropped.push(waiting);
  };
  let kept = outbox;
  for (const mayGo of order) {
    kept = kept.filter((waiting, index) => {
      if (over <= 0 || !mayGo(waiting, index, kept)) return true;
      drop(waiting);
      return false;
    });
  }
  kept = kept.map((waiting) => {
    if (over <= 0) return waiting;
    const brief = { ...waiting, event: briefEvent(waiting.event) };
    over -= bytesOf(waiting) - bytesOf(brief);
    return brief;
  });
  for (const ofSubject of Map.groupBy(kept, ({ event }) => event.subject).values())
    if (over > 0 && isUntoldFromBeginToEnd(ofSubject)) for (const waiting of ofSubject) drop(waiting);
  for (const waiting of kept) if (over > 0 && !dropped.includes(waiting)) drop(waiting);
  return { kept: kept.filter((waiting) => !dropped.includes(waiting)), dropped };
};

/** Whoever hears of it later needs to do nothing any more. */
const isUntoldFromBeginToEnd = (ofSubject: readonly Waiting[]): boolean =>
  ofSubject.every(({ takenBy }) => takenBy.length === 0) &&
  ofSubject[0]?.event.kind === 'opened' &&
  ofSubject.at(-1)?.event.kind === 'resolved';
