import type { Acknowledged, IncidentEvent } from '../model/incident.ts';
import { within } from '../model/within.ts';
import type { Attempted } from './claims.ts';
import type { Waiting } from './state.ts';

export interface Channel {
  /** Name from the configuration. Events wait for the channel under this name. */
  readonly name: string;
  /** @throws Error with a sentence, free of secrets, when the event was not accepted */
  readonly send: (event: IncidentEvent, signal: AbortSignal) => Promise<void>;
  /** Acknowledges the alert of an incident, if the receiver has such a thing. @throws as `send` does */
  readonly acknowledge?: (incident: Acknowledged, signal: AbortSignal) => Promise<void>;
}

/** Per channel. A chat accepts about one message a second. */
const atOnce = 4;
/** Characters. Stored with the event and shown in lists. */
const reasonLimit = 300;

export interface Sending {
  /** Aborts all sending. */
  readonly signal: AbortSignal;
  /** One attempt, ms. */
  readonly limitMs: number;
  /** Whether an attempt that starts now ends before another run may send the same event. */
  readonly inTime: () => boolean;
}

/** Events of one subject for one channel, in order. */
type Lane = readonly IncidentEvent[];

/** Never rejects: a refusal is a result. Channels do not wait for each other, and neither do subjects. */
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
    // Later events of the subject wait until this one is accepted.
    if (refusal !== null) break;
  }
  return attempts;
};

/** Acknowledges alerts. A line for each refusal; the next change of the incident acknowledges too. */
export const acknowledgeAll = async (
  incidents: readonly Acknowledged[],
  channels: readonly Channel[],
  sending: Pick<Sending, 'signal' | 'limitMs'>,
): Promise<readonly string[]> => {
  const refusals = channels.flatMap(({ name, acknowledge }) =>
    acknowledge === undefined
      ? []
      : incidents.map(async (incident) => {
          const reason = await inTimeFor(sending, (signal) => acknowledge(incident, signal));
          return reason === null ? [] : [`${incident.id} was not acknowledged in ${name}: ${reason}`];
        }),
  );
  return (await Promise.all(refusals)).flat();
};

const attempt = async (channel: Channel, event: IncidentEvent, sending: Sending): Promise<string | null> =>
  sending.inTime() ? inTimeFor(sending, (signal) => channel.send(event, signal)) : outOfTime;

const outOfTime = 'the time was over before it could be sent';

/** Null: accepted. A channel that ignores its signal does not hold up the others. */
const inTimeFor = async (
  { signal, limitMs }: Pick<Sending, 'signal' | 'limitMs'>,
  send: (signal: AbortSignal) => Promise<void>,
): Promise<string | null> => {
  if (signal.aborted) return outOfTime;
  const limit = { failing: 'not taken', ms: limitMs, signal, ended: 'the time was over before it was taken' };
  try {
    await within(limit, send);
    return null;
  } catch (thrown) {
    return reasonOf(thrown);
  }
};

const reasonOf = (thrown: unknown): string => {
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return reason.length > reasonLimit ? `${reason.slice(0, reasonLimit - 1)}…` : reason;
};
