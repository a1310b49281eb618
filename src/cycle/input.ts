import type { Settings } from '../config/settings.ts';
import type { Baseline } from '../model/baseline.ts';
import type { History } from '../model/history.ts';
import type { Made, Outcome, StepOutcome } from '../model/report.ts';
import type { Expecting } from '../normal/judge.ts';
import type { Selection } from './selection.ts';

/** Input of one cycle: values, and callbacks that report its progress. Clock and network are in `probe`. */
export interface CycleInput extends Selection {
  readonly settings: Settings;
  readonly apiKey: string | null;
  /** Results of the targets on a healthy day. Empty if unknown. */
  readonly baseline: Baseline;
  /** Milliseconds until the report must be complete. Anything unfinished by then is inconclusive. */
  readonly deadlineMs: number;
  /** Ends the cycle early: probes at once, the flow after its clean-up. */
  readonly stop?: AbortSignal;
  /** Results of earlier cycles. Only awaited once the probes are under way. */
  readonly history?: Promise<History | null> | undefined;
  /** What is normal for each request. Null or absent: nothing is known. */
  readonly expecting?: Promise<Expecting | null> | undefined;
  /** Called with each outcome as it becomes known. */
  readonly onOutcome?: (outcome: Outcome) => void;
  /** Called with each step of the flow as it ends. */
  readonly onStep?: (step: StepOutcome) => void;
  /** Called when the flow begins, with a function that lists at any time what it has made and not deleted yet. */
  readonly onFlow?: (made: () => readonly Made[]) => void;
}
