import { isOpen, type State } from '../../incidents/state.ts';
import type { IncidentView, Severity } from '../../model/incident.ts';
import { severities } from '../../model/severities.ts';
import { widgetLimits } from './limits.ts';

/** The platform's current state. An unknown state never counts as healthy. */
export type Standing =
  /** No cycle is stored yet. */
  | { readonly kind: 'nothing' }
  /** The last cycle that saw anything is too old. */
  | { readonly kind: 'stale'; readonly agoMs: number }
  /** The last cycle reached nothing, not even the external control. */
  | { readonly kind: 'blind'; readonly since: string }
  | { readonly kind: 'broken'; readonly worst: IncidentView }
  /** The requests that broke registration have passed in the last cycles, but not often enough to resolve the incident. */
  | { readonly kind: 'recovering'; readonly worst: IncidentView; readonly cycles: number }
  /** Registration has just failed, but not often enough to open an incident. */
  | { readonly kind: 'suspected'; readonly worst: IncidentView }
  /** Something other than registration fails or is degraded. */
  | { readonly kind: 'impaired'; readonly worst: IncidentView }
  | { readonly kind: 'healthy' };

export const standingOf = (state: State | null, now: number, cycleMs: number): Standing => {
  if (state === null || state.lastCycle === null) return { kind: 'nothing' };
  const agoMs = now - Date.parse(state.lastCycle.startedAt);
  if (agoMs > Math.max(widgetLimits.staleMs, 3 * cycleMs)) return { kind: 'stale', agoMs };
  if (state.blind.marks.at(-1) === 'present')
    return { kind: 'blind', since: state.blind.since ?? state.lastCycle.startedAt };
  const open = openIn(state);
  const absentFor = new Map(state.tracked.map(({ view, absentCycles }) => [view, absentCycles]));
  const worst = open.find((view) => absentFor.get(view) === 0) ?? open[0];
  const cycles = worst === undefined ? 0 : (absentFor.get(worst) ?? 0);
  if (worst?.severity === 'critical')
    return cycles === 0 ? { kind: 'broken', worst } : { kind: 'recovering', worst, cycles };
  const pending = state.tracked.find(
    ({ view, marks }) =>
      (view.openedAt === null || view.resolvedAt !== null) &&
      view.severity === 'critical' &&
      marks.at(-1) === 'present',
  );
  if (pending !== undefined) return { kind: 'suspected', worst: pending.view };
  return worst === undefined ? { kind: 'healthy' } : { kind: 'impaired', worst };
};

const rank = (severity: Severity): number => severities.indexOf(severity);

/** Open incidents: the most severe first, then the oldest. */
export const openIn = ({ tracked }: State): readonly IncidentView[] =>
  tracked
    .filter(isOpen)
    .map(({ view }) => view)
    .toSorted((a, b) => rank(a.severity) - rank(b.severity) || a.startedAt.localeCompare(b.startedAt));
