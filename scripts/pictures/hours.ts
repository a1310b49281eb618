import { advance } from '../../src/incidents/advance.ts';
import { cycleOf } from '../../src/incidents/cycle-of.ts';
import { emptyState, type State } from '../../src/incidents/state.ts';
import type { Report } from '../../src/model/report.ts';
import { defaultPlatform } from '../default-platform.ts';

const minuteMs = 60_000;
const rules = {
  open: { failures: 2, of: 3 },
  resolveAfter: 2,
  remindEveryMs: 3_600_000,
  openAtOnce: [],
  mutes: [],
} as const;

/** The stored state after each of these reports was seen for so many minutes, up to `now`. */
export const remembered = (seen: readonly (readonly [report: Report, minutes: number])[], now: number): State => {
  const reports = seen.flatMap(([report, minutes]) => Array.from({ length: minutes }, () => report));
  const [first] = reports;
  return reports.reduce(
    (state, report, minute) => {
      const startedAtMs = now - (reports.length - minute) * minuteMs;
      const cycle = {
        ...cycleOf(report, defaultPlatform.targets, {}),
        runId: `${report.runId}-${minute}`,
        startedAtMs,
        endedAtMs: startedAtMs + report.durationMs,
      };
      return advance(state, cycle, rules).state;
    },
    emptyState(first?.environment ?? ''),
  );
};
