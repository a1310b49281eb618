import type { IncidentEvent } from '../model/incident.ts';
import { briefEvent } from './brief.ts';
import { roomBytes } from './limits.ts';
import type { State, Waiting } from './state.ts';

/**
 * A channel that refuses everything for a long time must not block storing the state, and with it the working channels.
 */
export const outboxBytesLimit = roomBytes.outbox;

export interface Enqueued {
  readonly state: State;
  /** Events dropped for lack of room; the caller reports them. */
  readonly dropped: readonly Waiting[];
}

/**
 * Adds events for each of these channels. An event that is already waiting is not added again, and a reminder replaces
 * the waiting reminder of the same subject. Without channels, nothing is queued.
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
  // Keep the claim: the run that is about to send the replaced event must not be overtaken.
  const claim = outbox.find(isReplaced)?.claim ?? null;
  const waiting: Waiting = { event, to: channels, takenBy: [], claim, refusals: 0, lastRefusal: null };
  return [...outbox.filter((one) => !isReplaced(one)), waiting];
};

type MayGo = (waiting: Waiting, index: number, outbox: readonly Waiting[]) => boolean;

/** An event whose news a later event repeats. */
const isSuperseded: MayGo = ({ event }, index, outbox) =>
  event.kind === 'updated' &&
  event.change.kind !== 'returned' &&
  outbox
    .slice(index + 1)
    .some(
      ({ event: later }) => later.subject === event.subject && (later.kind === 'updated' || later.kind === 'resolved'),
    );

/**
 * The order in which events are dropped when room is short, oldest first. An event that opens, returns or resolves an
 * incident is not dropped before a channel has accepted it.
 */
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
 * Keeps as many events as there is room for. When no more can be dropped, events lose their details, oldest first. Next
 * go the events of incidents that are over and were never reported, and last the oldest events.
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

/** The incident is over and was never reported, so there is nothing left to act on. */
const isUntoldFromBeginToEnd = (ofSubject: readonly Waiting[]): boolean =>
  ofSubject.every(({ takenBy }) => takenBy.length === 0) &&
  ofSubject[0]?.event.kind === 'opened' &&
  ofSubject.at(-1)?.event.kind === 'resolved';
