import { selectTargets } from '../../cycle/selection.ts';
import { idsToLookAt, lookAgain, lookOf } from '../../incidents/look.ts';
import { update } from '../../incidents/remember.ts';
import type { State } from '../../incidents/state.ts';
import type { IncidentStore } from '../../incidents/store.ts';
import { idsOf } from '../../model/predicates.ts';
import { monitor } from '../../monitor/monitor.ts';
import type { Prepared } from '../../monitor/prepare.ts';
import { sleep } from '../sleep.ts';

/** Kept free before the next cycle, for storing what a look saw. */
const reserveMs = 1_000;
/** A look with less time before the next cycle would call everything inconclusive. */
export const shortestLookMs = 2_000 + reserveMs;

interface Looking {
  readonly inputs: Prepared;
  readonly store: IncidentStore;
  readonly stop: AbortSignal;
  /** When the cycle began and when the next one begins, on the monotonic clock in milliseconds. */
  readonly beganAt: number;
  readonly nextAt: number;
  /** Takes a sentence when an incident's requests pass again, or fail again. */
  readonly onChange: (sentence: string) => Promise<void>;
}

/** Between two cycles, while a failure or an incident is there: looks at its requests again and again. */
export const lookUntilNext = async (looking: Looking): Promise<void> => {
  const { inputs, store, stop, beganAt, nextAt } = looking;
  const { environment, incidents } = inputs.settings;
  const everyMs = incidents.recheckEveryMs;
  for (;;) {
    const at = beganAt + (Math.floor((performance.now() - beganAt) / everyMs) + 1) * everyMs;
    if (at + shortestLookMs > nextAt) return;
    const state = (await store.load(environment))?.state ?? null;
    const ids = state === null ? [] : idsFor(inputs, state);
    if (ids.length === 0) return;
    await sleep(at - performance.now(), stop);
    if (stop.aborted) return;
    await lookOnce(looking, ids);
  }
};

/** Shallow requests of this watch. Health routes that may block the API wait for the next cycle, and so does the flow. */
const idsFor = ({ settings, only }: Prepared, state: State): readonly string[] => {
  const wanted = new Set(idsToLookAt(state));
  return idsOf(selectTargets(settings, only).filter(({ id, after }) => after.length === 0 && wanted.has(id)));
};

const lookOnce = async ({ inputs, store, stop, nextAt, onChange }: Looking, only: readonly string[]): Promise<void> => {
  const { settings } = inputs;
  const { report } = await monitor({
    ...inputs,
    settings: { ...settings, followUp: false },
    only,
    registration: false,
    deadlineMs: Math.min(settings.limits.deadlineMs, nextAt - performance.now() - reserveMs),
    stop,
  });
  // A look that was cut short has seen nothing that counts.
  if (stop.aborted || report.blind !== null) return;
  const look = lookOf(Date.parse(report.startedAt), report);
  let before: State | null = null;
  const after = await update({ store, environment: settings.environment, channels: [], now: Date.now }, (state) => {
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
