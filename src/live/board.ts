import type { State } from '../incidents/state.ts';
import type { MetricDatum } from '../metrics/catalogue.ts';
import { metricsFromReport } from '../metrics/from-report.ts';
import type { Report } from '../model/report.ts';
import type { Tracking } from '../model/tracking.ts';
import { cycleSeenIn } from './cycle-seen.ts';
import { type History, withCycle } from './history.ts';
import { type Totals, withTotals } from './prometheus.ts';

/** A cycle that has ended, with what is stored now. */
export interface EndedCycle {
  readonly report: Report;
  readonly tracking: Tracking | null;
  /** Null: nothing is stored, or it could not be read. */
  readonly state: State | null;
  /** The monitor's own failures in it, one sentence each. */
  readonly troubles: readonly string[];
}

/** What the live page, the metrics and the health answer from. */
export interface Board {
  readonly environment: string;
  /** Time between the starts of two cycles. */
  readonly everyMs: number;
  /** Time after the end of a cycle by which the next one must have ended. */
  readonly overdueMs: number;
  /** What is watched, and where it is kept, as sentences. */
  readonly facts: readonly string[];
  readonly state: State | null;
  readonly history: History;
  readonly metrics: readonly MetricDatum[];
  readonly totals: Totals;
  /** Whether the last cycle knows which incidents are open. */
  readonly isTracked: boolean;
  readonly missed: number;
  readonly troubles: readonly string[];
  /** End of the last cycle, ISO 8601; null: none has ended. */
  readonly endedAt: string | null;
  /** When that was, or when the watch began, on a clock that nobody sets: ms. */
  readonly mark: number;
}

export type NewBoard = Pick<Board, 'environment' | 'everyMs' | 'overdueMs' | 'facts' | 'history' | 'mark' | 'state'>;

export const newBoard = (begun: NewBoard): Board => ({
  ...begun,
  ...{ metrics: [], totals: new Map(), isTracked: false, missed: 0, troubles: [], endedAt: null },
});

/** @param clock Unix time, and the clock of `mark`, ms */
export const withEnded = (
  before: Board,
  { report, tracking, state, troubles }: EndedCycle,
  clock: { readonly nowMs: number; readonly mark: number },
): Board => {
  const metrics = metricsFromReport(report, 'targets', tracking);
  return {
    ...before,
    environment: report.environment,
    state: state ?? before.state,
    history: withCycle(before.history, cycleSeenIn(report), clock.nowMs),
    metrics,
    totals: withTotals(before.totals, metrics),
    isTracked: tracking !== null && tracking.open !== null,
    troubles,
    endedAt: new Date(clock.nowMs).toISOString(),
    mark: clock.mark,
  };
};

/** @param missed cycles that could not start in time */
export const withMissed = (before: Board, missed: number): Board =>
  missed === 0 ? before : { ...before, missed: before.missed + missed };

export const isOverdue = ({ mark, overdueMs }: Pick<Board, 'mark' | 'overdueMs'>, nowMark: number): boolean =>
  nowMark - mark > overdueMs;
