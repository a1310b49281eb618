import type { Settings } from '../config/settings.ts';
import type { Baseline } from '../model/baseline.ts';
import type { History } from '../model/history.ts';
import type { Made, Outcome, StepOutcome } from '../model/report.ts';
import type { Selection } from './selection.ts';

/** What one cycle is given: values, and the two places where it meets the world (clock and network are in `probe`). */
export interface CycleInput extends Selection {
  readonly settings: Settings;
  readonly apiKey: string | null;
  /** How the targets fared on a healthy day; empty: nothing is known. */
  readonly baseline: Baseline;
  /** From now until the report must be there; what is unfinished then is inconclusive. */
  readonly deadlineMs: number;
  /** Ends the cycle before that: probes at once, the flow when it has cleaned up. */
  readonly stop?: AbortSignal;
  /** What earlier cycles told; it is not waited for before the probes are under way. */
  readonly history?: Promise<History | null> | undefined;
  /** Called with each outcome as it becomes known. */
  readonly onOutcome?: (outcome: Outcome) => void;
  /** Called with each step of the flow as it ends. */
  readonly onStep?: (step: StepOutcome) => void;
  /** Called as the flow begins, with what tells at any time what it has made and not deleted yet. */
  readonly onFlow?: (made: () => readonly Made[]) => void;
}
