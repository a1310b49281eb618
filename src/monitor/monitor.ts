import type { CycleInput } from '../cycle/input.ts';
import { runCycle } from '../cycle/run-cycle.ts';
import type { Published } from '../metrics/publish.ts';
import type { History } from '../model/history.ts';
import type { Report } from '../model/report.ts';
import type { Tracking } from '../model/tracking.ts';
import type { Prepared } from './prepare.ts';

/** What earlier cycles left, and what this one leaves. */
export interface Memory {
  /** What earlier cycles tell. */
  readonly history: Promise<History | null>;
  /** Stores what the cycle changes about incidents, and sends the news. Never rejects. Left out: the memory is only read. */
  readonly track?: (report: Report) => Promise<Tracking>;
}

/** All that entrances differ in. What is left out does not take place. */
export interface Monitoring extends Prepared, Omit<CycleInput, keyof Prepared | 'history'> {
  readonly memory?: Memory | null;
  /** Takes the report before anything follows from it. False: nothing shall, for the cycle was interrupted. */
  readonly show?: (report: Report) => Promise<boolean>;
  /** Sends the metrics. A failure to send them is a result. */
  readonly publish?: ((report: Report, tracking: Tracking | null) => Promise<Published>) | null;
}

export interface Monitored {
  readonly report: Report;
  /** Null: nothing was tracked. */
  readonly tracking: Tracking | null;
  /** Null: nothing was published. */
  readonly published: Published | null;
}

/** Cycle, show, track, publish: the same for every entrance, after `prepare`. */
export const monitor = async ({ memory, show, publish, ...cycle }: Monitoring): Promise<Monitored> => {
  const report = await runCycle({ ...cycle, history: memory?.history });
  if ((await show?.(report)) === false) return { report, tracking: null, published: null };
  const tracking = (await memory?.track?.(report)) ?? null;
  const published = (await publish?.(report, tracking)) ?? null;
  return { report, tracking, published };
};
