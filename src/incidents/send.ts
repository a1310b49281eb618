import type { IncidentEvent } from '../model/incident.ts';
import { within } from '../model/within.ts';
import type { Attempted } from './claims.ts';
import type { Waiting } from './state.ts';

/** One way to tell people. */
export interface Channel {
  /** As in the configuration; events wait for it under this name. */
  readonly name: string;
  /** @throws Error with a sentence, free of secrets, when the event was not taken */
  readonly send: (event: IncidentEvent, signal: AbortSignal) => Promise<void>;
}

/** For one channel: it may be a chat, which takes about one message a second. */
const atOnce = 4;
/** Stored with the event, shown in lists. */
const reasonLimit = 300;

export interface Sending {
  /** All of it ends then. */
  readonly signal: AbortSignal;
  /** One attempt, ms. */
  readonly limitMs: number;
  /** Whether an attempt that begins now is over before others may send the same. */
  readonly inTime: () => boolean;
}

/** Of one subject, for one channel, in order. */
type Lane = readonly IncidentEvent[];

/** Never rejects: a refusal is a result. Channels do not wait for each other, nor do subjects. */
export const sendAll = async (
  waiting: readonly Waiting[],
  channels: readonly Channel[],
  sending: Sending,
): Promise<readonly Attempted[]> => {
  const attempts: Attempted[] = [];
  const serve = async (channel: Channel): Promise<void> => {
    const lanes = [...lanesFor(channel.name, waiting)];
    const worker = async (): Promise<void> => {
      for (let lane = lanes.shift(); lane !== undefined; lane = lanes.shift())
        attempts.push(...(await sendLane(channel, lane, sending)));
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  };
  await Promise.all(channels.map(serve));
  return attempts;
};

const lanesFor = (channel: string, waiting: readonly Waiting[]): Iterable<Lane> =>
  Map.groupBy(
    waiting.filter(({ to }) => to.includes(channel)).map(({ event }) => event),
    ({ subject }) => subject,
  ).values();

const sendLane = async (channel: Channel, lane: Lane, sending: Sending): Promise<readonly Attempted[]> => {
  const attempts: Attempted[] = [];
  for (const event of lane) {
    const refusal = await attempt(channel, event, sending);
    attempts.push({ event: event.id, channel: channel.name, refusal });
    // Those after it wait until it was taken.
    if (refusal !== null) break;
  }
  return attempts;
};

/** Null: it was taken. A channel that does not mind its signal does not hold up the rest. */
const attempt = async (channel: Channel, event: IncidentEvent, sending: Sending): Promise<string | null> => {
  const { signal, limitMs, inTime } = sending;
  if (signal.aborted || !inTime()) return 'the time was over before it could be sent';
  const limit = { failing: 'not taken', ms: limitMs, signal, ended: 'the time was over before it was taken' };
  try {
    await within(limit, (ending) => channel.send(event, ending));
    return null;
  } catch (thrown) {
    return reasonOf(thrown);
  }
};

const reasonOf = (thrown: unknown): string => {
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return reason.length > reasonLimit ? `${reason.slice(0, reasonLimit - 1)}…` : reason;
};
