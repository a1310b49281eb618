import type { State, Tracked } from './state.ts';

/** Bounds on looks where waiting for them costs money. */
export interface LookBudget {
  /** Cycles in a calendar month, in UTC, that looks may follow. */
  readonly cyclesPerMonth: number;
  /** Age of an incident from which it gets no more looks, in milliseconds. */
  readonly youngMs: number;
}

/** Counts one more cycle that looks follow. Null: the month's are used up. */
export const spendLooks = (state: State, nowMs: number, { cyclesPerMonth }: LookBudget): State | null => {
  const month = new Date(nowMs).toISOString().slice(0, 7);
  const cycles = state.looks?.month === month ? state.looks.cycles : 0;
  return cycles >= cyclesPerMonth ? null : { ...state, looks: { month, cycles: cycles + 1 } };
};

/** The incidents for which some seconds still matter. */
export const youngOf = (state: State, nowMs: number, { youngMs }: LookBudget): readonly Tracked[] =>
  state.tracked.filter(({ view }) => nowMs - Date.parse(view.startedAt) < youngMs);
