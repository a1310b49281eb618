import type { Settings } from './config/settings.ts';
import { advance } from './incidents/advance.ts';
import { cycleOf } from './incidents/cycle-of.ts';
import { deliver } from './incidents/deliver.ts';
import { historyOf } from './incidents/history.ts';
import { enqueue } from './incidents/outbox.ts';
import { update } from './incidents/remember.ts';
import type { Channel } from './incidents/send.ts';
import { isOpen } from './incidents/state.ts';
import { type IncidentStore, StoreError } from './incidents/store.ts';
import type { History } from './platform/history.ts';
import type { IncidentEvent } from './platform/incident.ts';
import type { Report } from './platform/report.ts';
import type { Tracking } from './platform/tracking.ts';

/** Where incidents are remembered, and whom they are told to. */
export interface Tracker {
  readonly store: IncidentStore;
  readonly channels: readonly Channel[];
  /** Unix time, ms. */
  readonly now: () => number;
}

/** What earlier cycles tell; null too when the store cannot be used: who tracks says so at the end of the cycle. */
export const rememberedHistory = async (
  { environment }: Settings,
  { store, now }: Omit<Tracker, 'channels'>,
  onTrouble: (trouble: StoreError) => void = () => undefined,
): Promise<History | null> => {
  try {
    const stored = await store.load(environment);
    return stored === null ? null : historyOf(stored.state, now());
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    onTrouble(error);
    return null;
  }
};

export interface TrackOptions extends Tracker {
  readonly settings: Settings;
  /** Whether the cycle was a whole one: a part neither opens nor resolves anything. */
  readonly whole: boolean;
  /** Ends the sending. */
  readonly signal: AbortSignal;
}

/** What a cycle changes about incidents is stored, and then what is news is sent. Never throws for the store's or a channel's sake. */
export const trackCycle = async (report: Report, options: TrackOptions): Promise<Tracking> => {
  const { settings, store, channels, now, whole, signal } = options;
  const names = channels.map(({ name }) => name);
  const memory = { store, environment: settings.environment, channels: names, now };
  const cycle = cycleOf(report, settings.targets, settings.incidents.severity);
  let news: readonly IncidentEvent[] = [];
  let dropped: readonly string[] = [];
  try {
    const state = await update(memory, (before) => {
      const next = whole ? advance(before, cycle, settings.incidents) : { state: before, events: [] };
      const queued = enqueue(next.state, next.events, names);
      news = next.events;
      dropped = queued.dropped.map(({ event }) => event.id);
      return queued.state;
    });
    const { sent, failed, waiting } = await deliver({ ...memory, channels, runId: report.runId, signal });
    const open = state.tracked.filter(isOpen).map(({ view }) => view);
    return {
      open: open.map(({ id, severity, startedAt, causes }) => ({
        id,
        severity,
        startedAt,
        causes: causes.map((one) => one.id),
      })),
      news,
      sent,
      waiting,
      troubles: [
        ...failed.map(({ event, channel, reason }) => `${event} was not taken by ${channel}: ${reason}`),
        ...dropped.map((event) => `${event} was given up, for too much waits to be sent`),
      ],
    };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return { open: null, news, sent: 0, waiting: null, troubles: [error.message] };
  }
};
