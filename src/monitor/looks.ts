import { selectTargets } from '../cycle/selection.ts';
import { idsToLookAt, lookAgain, lookOf } from '../incidents/look.ts';
import { type LookBudget, spendLooks, youngOf } from '../incidents/look-budget.ts';
import { update } from '../incidents/remember.ts';
import type { State } from '../incidents/state.ts';
import type { IncidentStore } from '../incidents/store.ts';
import { idsOf } from '../model/predicates.ts';
import { sleep } from '../model/sleep.ts';
import type { RenewKey } from './cycle-with-key.ts';
import { monitor } from './monitor.ts';
import type { Prepared } from './prepare.ts';

/** Kept free before the next cycle, for storing what a look saw. */
const reserveMs = 1_000;
/** A look with less time before the next cycle would call everything inconclusive. */
export const shortestLookMs = 2_000 + reserveMs;

export interface Looking {
  readonly inputs: Prepared;
  readonly store: IncidentStore;
  readonly stop: AbortSignal;
  /** When the cycle began and when the next one begins, on the monotonic clock in milliseconds. */
  readonly beganAt: number;
  readonly nextAt: number;
  /** Null: waiting costs nothing. */
  readonly budget: LookBudget | null;
  /** For entrances that keep the key from one cycle to the next. */
  readonly renewKey?: RenewKey;
  /** Ends reading and writing of the store. If left out, they take as long as they take. */
  readonly signal?: AbortSignal;
  /** Takes a sentence when an incident's requests pass again, or fail again. */
  readonly onChange: (sentence: string) => Promise<void>;
}

export interface Looked {
  readonly looks: number;
  /** The month's looks are used up. */
  readonly isUsedUp: boolean;
}

/** Between two cycles, while a failure or an incident is there: looks at its requests again and again. */
export const lookUntilNext = async (looking: Looking): Promise<Looked> => {
  const { inputs, stop, beganAt, nextAt } = looking;
  const everyMs = inputs.settings.incidents.recheckEveryMs;
  for (let looks = 0; ; looks++) {
    const at = beganAt + (Math.floor((performance.now() - beganAt) / everyMs) + 1) * everyMs;
    if (at + shortestLookMs > nextAt) return { looks, isUsedUp: false };
    const ids = await (looks === 0 ? firstIds(looking) : idsNow(looking));
    if (ids === null) return { looks, isUsedUp: true };
    if (ids.length === 0) return { looks, isUsedUp: false };
    await sleep(at - performance.now(), stop);
    if (stop.aborted) return { looks, isUsedUp: false };
    await lookOnce(looking, ids);
  }
};

/** Null: the month's looks are used up. */
const firstIds = async (looking: Looking): Promise<readonly string[] | null> => {
  const { budget } = looking;
  if (budget === null) return idsNow(looking);
  let isUsedUp = false;
  const state = await update(memoryOf(looking), (before) => {
    const spent = idsIn(before, looking).length === 0 ? before : spendLooks(before, Date.now(), budget);
    isUsedUp = spent === null;
    return spent ?? before;
  });
  return isUsedUp ? null : idsIn(state, looking);
};

const idsNow = async (looking: Looking): Promise<readonly string[]> => {
  const { inputs, store, signal } = looking;
  const state = (await store.load(inputs.settings.environment, signal))?.state ?? null;
  return state === null ? [] : idsIn(state, looking);
};

/** Shallow requests of this monitor. Health routes that may block the API wait for the next cycle, and so does the flow. */
const idsIn = (state: State, { inputs: { settings, only }, budget }: Looking): readonly string[] => {
  const tracked = budget === null ? state.tracked : youngOf(state, Date.now(), budget);
  const wanted = new Set(idsToLookAt(tracked));
  return idsOf(selectTargets(settings, only).filter(({ id, after }) => after.length === 0 && wanted.has(id)));
};

const memoryOf = ({ inputs, store, signal }: Looking) => ({
  ...{ store, environment: inputs.settings.environment, channels: [], now: Date.now },
  ...(signal === undefined ? {} : { signal }),
});

const lookOnce = async (looking: Looking, only: readonly string[]): Promise<void> => {
  const { inputs, stop, nextAt, renewKey, onChange } = looking;
  const { settings } = inputs;
  const { report } = await monitor({
    ...inputs,
    settings: { ...settings, followUp: false },
    only,
    registration: false,
    deadlineMs: Math.min(settings.limits.deadlineMs, nextAt - performance.now() - reserveMs),
    stop,
    ...(renewKey === undefined ? {} : { renewKey }),
  });
  // A look that was cut short has seen nothing that counts.
  if (stop.aborted || report.blind !== null) return;
  const look = lookOf(Date.parse(report.startedAt), report);
  let before: State | null = null;
  const after = await update(memoryOf(looking), (state) => {
    before = state;
    return lookAgain(state, look);
  });
  for (const sentence of changesIn(before, after, report.startedAt)) await onChange(sentence);
};

const changesIn = (before: State | null, { tracked }: State, startedAt: string): readonly string[] => {
  const earlier = new Map(before?.tracked.map(({ view, absentSince }) => [view.id, absentSince]));
  return tracked.flatMap(({ view: { id }, absentSince }) => {
    const was = earlier.get(id) ?? null;
    if ((was === null) === (absentSince === null)) return [];
    return [
      `${startedAt.slice(11, 19)} UTC  looked again: ${id} ${absentSince === null ? 'fails again' : 'passes again'}`,
    ];
  });
};
