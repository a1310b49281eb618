import type { FailureMode } from '../../model/failure-modes.ts';
import type { Verdict } from '../../model/report.ts';
import type { Topology } from '../topology.ts';

/** A change of the sandbox's topology, and what of it shows. */
export interface InjectedFault {
  /** What is done, as an operator would say it. */
  readonly title: string;
  /** The hypotheses of the platform's incidents that it makes true. */
  readonly causes: readonly string[];
  /** Failure modes that the probes must show, each at least once. Empty: the probes do not see it. */
  readonly shows: readonly FailureMode[];
  /** What the whole cycle comes to; with one bad node of two it is luck which. Absent: failing. */
  readonly verdicts?: readonly Verdict[];
  /** Needs the stand-in, for it reaches into MLflow or what is behind it. */
  readonly needsStandIn?: true;
  readonly apply: (topology: Topology) => void | Promise<void>;
}
