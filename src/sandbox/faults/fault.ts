import type { FailureMode } from '../../model/failure-modes.ts';
import type { Verdict } from '../../model/report.ts';
import type { Topology } from '../topology.ts';

/** A change to the sandbox's topology, and its visible effects. */
export interface InjectedFault {
  /** The change in an operator's words. */
  readonly title: string;
  /** The hypotheses that it makes true. */
  readonly causes: readonly string[];
  /** Failure modes that the probes must show, each at least once. Empty: the probes do not see the fault. */
  readonly shows: readonly FailureMode[];
  /** Possible verdicts of the cycle; with one bad node of two, chance decides. Absent: failing. */
  readonly verdicts?: readonly Verdict[];
  /** Needs the stand-in, because it changes MLflow or its backends. */
  readonly needsStandIn?: true;
  readonly apply: (topology: Topology) => void | Promise<void>;
}
