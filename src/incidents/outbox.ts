import type { IncidentEvent } from '../platform/incident.ts';
import type { State, Waiting } from './state.ts';

/**
 * Half of what DynamoDB takes for an item: the incidents themselves need the rest. Some 50 events of usual size. A channel
 * that refuses everything for long shall not keep the state from being stored, and so stop the channels that work.
 */
export const outboxBytesLimit = 200 * 1_024;

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
  const outbox = withinLimit(added);
  return { state: { ...state, outbox }, dropped: added.filter((waiting) => !outbox.includes(waiting)) };
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

/** What goes first when there is no room, the oldest first. What opens, returns or resolves never goes before somebody has it. */
const order: readonly MayGo[] = [
  ({ event }) => event.kind === 'reminded',
  isSuperseded,
  ({ takenBy }) => takenBy.length > 0,
];

const withinLimit = (outbox: readonly Waiting[]): readonly Waiting[] => {
  let over = Buffer.byteLength(JSON.stringify(outbox)) - outboxBytesLimit;
  let kept = outbox;
  for (const mayGo of order) {
    kept = kept.filter((waiting, index) => {
      if (over <= 0 || !mayGo(waiting, index, kept)) return true;
      over -= Buffer.byteLength(JSON.stringify(waiting)) + ','.length;
      return false;
    });
  }
  return kept;
};
