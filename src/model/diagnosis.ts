import type { Hop } from '../platform/hops.ts';
import type { HypothesisId } from '../platform/hypotheses.ts';

export type DiagnosisStatus = 'healthy' | 'match' | 'ambiguous' | 'no-match' | 'monitor-blind' | 'inconclusive';

/** A possible hypothesis with its reasons. Ids are those of targets and steps. */
export interface Candidate {
  readonly id: HypothesisId;
  /** Index into `faults`: the fault that it may be. */
  readonly fault: number;
  /** Among everything that could be behind this fault, including causes outside the catalogue. */
  readonly probability: number;
  readonly explains: readonly string[];
  /** Requests that pass although it predicts a failure, or fail although it predicts a pass. */
  readonly contradicts: readonly string[];
  readonly hop: Hop;
  /** Hosts that it concerns; null if it does not depend on hosts. */
  readonly hosts: readonly string[] | null;
}

/** One broken thing: its hypothesis, or the hypotheses that cannot be told apart. */
export type FaultIds = readonly HypothesisId[];

/** The state of a hop on one request's path. */
export interface HopOnPath {
  readonly hop: Hop;
  /**
   * `works`: a request was seen to pass it (behind the first broken hop, one on the same path); `broken`: no other hop
   * explains the fault; `unknown`: no request was seen to pass it; `not-on-path`: the request does not cross it.
   */
  readonly state: 'works' | 'broken' | 'unknown' | 'not-on-path';
  /** It may be the broken hop, but so may another. */
  readonly suspect: boolean;
}

/** A request's path through the platform. */
export interface RequestPath {
  /** Index into `faults`: the fault that it shows. */
  readonly fault: number;
  /** Of the requests that show the fault, the one with the longest path; null if none crosses the broken hop. */
  readonly request: string | null;
  /** All hops of the platform, from the client inwards; empty if there is no request. */
  readonly hops: readonly HopOnPath[];
}

export interface Diagnosis {
  readonly status: DiagnosisStatus;
  /** Grouped by fault, best first. A tie lists all its members, followed by what is not ruled out. */
  readonly hypotheses: readonly Candidate[];
  /** Independent faults, each as one hypothesis or as several that tie. */
  readonly faults: readonly FaultIds[];
  /** Failing requests that no hypothesis explains. */
  readonly unexplained: readonly string[];
  /** One per fault, in the same order. */
  readonly paths: readonly RequestPath[];
  /** Why the monitor itself failed to make a diagnosis. */
  readonly defect?: string;
}
