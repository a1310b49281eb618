import { isOpen, type State } from '../../incidents/state.ts';
import { type IncidentView, type Severity, severities } from '../../model/incident.ts';
import { widgetLimits } from './limits.ts';

/** How it stands now. What is not known is never taken for healthy. */
export type Standing =
  /** No cycle was tracked yet. */
  | { readonly kind: 'nothing' }
  /** The last cycle that saw something is too long ago. */
  | { readonly kind: 'stale'; readonly agoMs: number }
  /** The last cycle reached nothing, the control outside the platform included. */
  | { readonly kind: 'blind'; readonly since: string }
  | { readonly kind: 'broken'; readonly worst: IncidentView }
  /** What broke registering passed in the last cycles, and not yet often enough to be over. */
  | { readonly kind: 'recovering'; readonly worst: IncidentView; readonly cycles: number }
  /** Registering has just failed, and not yet often enough for an incident. */
  | { readonly kind: 'suspected'; readonly worst: IncidentView }
  /** Something else fails, or is not as it should be. */
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

/** What is open: the most severe first, of those the oldest. */
export const openIn = ({ tracked }: State): readonly IncidentView[] =>
  tracked
    .filter(isOpen)
    .map(({ view }) => view)
    .toSorted((a, b) => rank(a.severity) - rank(b.severity) || a.startedAt.localeCompare(b.startedAt));
