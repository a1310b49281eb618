import type { CycleInput } from '../cycle/input.ts';
import { runCycle } from '../cycle/run-cycle.ts';
import type { Published } from '../metrics/publish.ts';
import type { History } from '../model/history.ts';
import type { Report } from '../model/report.ts';
import type { Tracking } from '../model/tracking.ts';
import type { Expecting } from '../normal/judge.ts';
import { cycleWithKey, type RenewKey } from './cycle-with-key.ts';
import type { Prepared } from './prepare.ts';

/** State from earlier cycles, and how to store this one's. */
export interface Memory {
  /** Findings of earlier cycles. */
  readonly history: Promise<History | null>;
  /** What is normal for each request. */
  readonly expecting?: Promise<Expecting | null>;
  /** Stores changes of incidents and sends the news. Never rejects. If left out, the memory is read-only. */
  readonly track?: (report: Report) => Promise<Tracking>;
}

/** Everything in which entrances differ. A stage that is left out is skipped. */
export interface Monitoring extends Prepared, Omit<CycleInput, keyof Prepared | 'history' | 'expecting'> {
  readonly memory?: Memory | null;
  /** Asks AWS about the diagnosis, and weighs its answers. Bounded; never changes the verdict. */
  readonly confirm?: ((report: Report) => Promise<Report>) | null;
  /** For entrances that keep the key from one cycle to the next. */
  readonly renewKey?: RenewKey;
  /** Gets the report before any further stage. False skips the rest, because the cycle was interrupted. */
  readonly show?: (report: Report) => Promise<boolean>;
  /** Sends the metrics. A failure to send is a result, not an error. */
  readonly publish?: ((report: Report, tracking: Tracking | null) => Promise<Published>) | null;
}

export interface Monitored {
  readonly report: Report;
  /** Null if nothing was tracked. */
  readonly tracking: Tracking | null;
  /** Null if nothing was published. */
  readonly published: Published | null;
}

/** Cycle, confirm, show, track, publish: the same for every entrance, after `prepare`. */
export const monitor = async ({
  memory,
  confirm,
  show,
  publish,
  renewKey,
  ...cycle
}: Monitoring): Promise<Monitored> => {
  const seen = await cycleWithKey(
    { ...cycle, history: memory?.history, expecting: memory?.expecting },
    renewKey,
    runCycle,
  );
  const report = (await confirm?.(seen)) ?? seen;
  if ((await show?.(report)) === false) return { report, tracking: null, published: null };
  const tracking = (await memory?.track?.(report)) ?? null;
  const published = (await publish?.(report, tracking)) ?? null;
  return { report, tracking, published };
};
