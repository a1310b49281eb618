import type { Settings } from '../config/settings.ts';
import { acknowledgedSince } from '../incidents/acknowledged-since.ts';
import { advance } from '../incidents/advance.ts';
import { cycleOf } from '../incidents/cycle-of.ts';
import { type Delivered, deliver, Unsettled } from '../incidents/deliver.ts';
import { withLearned } from '../incidents/normals.ts';
import { enqueue } from '../incidents/outbox.ts';
import { acknowledgeAll, type Channel } from '../incidents/send.ts';
import { isOpen, type State } from '../incidents/state.ts';
import { type IncidentStore, type Stored, StoreError } from '../incidents/store.ts';
import { withEvents } from '../incidents/story.ts';
import type { Acknowledged, IncidentEvent } from '../model/incident.ts';
import type { Report } from '../model/report.ts';
import type { Tracking } from '../model/tracking.ts';
import type { Recalled } from './recall.ts';

/** Where incidents are stored, and where messages about them go. */
export interface Tracker {
  readonly store: IncidentStore;
  readonly channels: readonly Channel[];
  /** Unix time in milliseconds. */
  readonly now: () => number;
}

export interface TrackOptions extends Tracker {
  readonly settings: Settings;
  /** Whether the cycle counts. One of selected targets, asked once, neither opens nor resolves incidents. */
  readonly counts: boolean;
  /** Ids that the cycle left out on purpose, though they belong to the environment. */
  readonly leftOut?: readonly string[];
  /** The state read at the cycle's start. */
  readonly known?: Recalled['known'];
  /** Ends the sending. */
  readonly signal: AbortSignal;
  /** For storing the state, and for recording what was sent. Milliseconds. */
  readonly storeMs?: number;
  readonly receiptMs?: () => number;
  /** Called with a sentence for each thing left out of the stored state for lack of space. */
  readonly onNote?: (sentence: string) => void;
}

/** For one alert at one service. */
const acknowledgeMs = 10_000;

/** Stores the changes of incidents, then sends the news. Never throws because of the store or a channel. */
export const trackCycle = async (report: Report, options: TrackOptions): Promise<Tracking> => {
  const { settings, channels, counts, leftOut = [], known, onNote, ...timed } = options;
  const names = channels.map(({ name }) => name);
  const cycle = cycleOf(report, settings.targets, settings.incidents.severity, leftOut);
  let news: readonly IncidentEvent[] = [];
  let dropped: readonly string[] = [];
  let open: Tracking['open'] = null;
  let acknowledged: readonly Acknowledged[] = [];
  const change = (before: State): State => {
    const next = counts ? advance(before, cycle, settings.incidents) : { state: before, events: [] };
    // An overlapping or repeated cycle does not count, and an inconclusive one teaches nothing.
    const taught = next.state === before ? before : withLearned(next.state, before, report, settings.targets);
    const queued = enqueue(withEvents(taught, next.events), next.events, names);
    acknowledged = acknowledgedSince(before);
    news = next.events;
    dropped = queued.dropped.map(({ event }) => `${event.id} was dropped, because too many events are waiting`);
    open = openIn(queued.state);
    return queued.state;
  };
  const tracked = (
    delivered: Omit<Delivered, 'waiting'>,
    waiting: number | null,
    trouble: string | null,
  ): Tracking => ({
    ...{ open, news, sent: delivered.sent, waiting },
    troubles: [
      ...delivered.failed.map(({ event, channel, reason }) => `${event} was not taken by ${channel}: ${reason}`),
      ...dropped,
      ...(trouble === null ? [] : [trouble]),
    ],
  });
  try {
    const delivered = await deliver({
      ...timed,
      ...(known === undefined ? {} : knownOf(await known)),
      environment: settings.environment,
      channels,
      runId: report.runId,
      change,
      onLeftOut: (sentences) => {
        for (const sentence of sentences) onNote?.(sentence);
      },
    });
    // After the messages, because an alert that does not exist yet cannot be acknowledged.
    const refusals = await acknowledgeAll(acknowledged, channels, { signal: timed.signal, limitMs: acknowledgeMs });
    const sent = tracked(delivered, delivered.waiting, null);
    return { ...sent, troubles: [...sent.troubles, ...refusals] };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    if (error instanceof Unsettled)
      return tracked(error.delivered, null, `messages that were sent will be sent once more: ${error.message}`);
    return { open: null, news, sent: 0, waiting: null, troubles: [error.message] };
  }
};

const knownOf = (known: Stored | null | undefined) => (known === undefined ? {} : { known });

const openIn = ({ tracked }: State): Tracking['open'] =>
  tracked.filter(isOpen).map(({ view: { id, severity, startedAt, causes } }) => ({
    ...{ id, severity, startedAt },
    causes: causes.map((one) => one.id),
  }));
