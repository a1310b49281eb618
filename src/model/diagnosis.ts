import type { Hop } from '../platform/hops.ts';
import type { HypothesisId } from '../platform/hypotheses.ts';

export type DiagnosisStatus = 'healthy' | 'match' | 'ambiguous' | 'no-match' | 'monitor-blind' | 'inconclusive';

/** A hypothesis that could be true, with its reasons. Ids are those of targets and steps. */
export interface Candidate {
  readonly id: HypothesisId;
  /** Which of the `faults` it could be, by its place there. */
  readonly fault: number;
  /** Of all that could be behind this fault, what is not in the catalogue included. */
  readonly probability: number;
  readonly explains: readonly string[];
  /** What it would let fail and what works, or the other way round. */
  readonly contradicts: readonly string[];
  readonly hop: Hop;
  /** Hosts that it concerns; null: it is not a matter of hosts. */
  readonly hosts: readonly string[] | null;
}

/** One broken thing: what it is, or what cannot be told apart. */
export type FaultIds = readonly HypothesisId[];

/** A hop as a request meets it. */
export interface HopOnPath {
  readonly hop: Hop;
  /**
   * `works`: something was seen to pass it, behind the first broken hop by the same path; `broken`: no other hop can be it;
   * `unknown`: nothing that passed it was seen; `not-on-path`: the request does not cross it.
   */
  readonly state: 'works' | 'broken' | 'unknown' | 'not-on-path';
  /** It may be what is broken, and so may another hop. */
  readonly suspect: boolean;
}

/** The way of a request through the platform. */
export interface RequestPath {
  /** The fault that it shows, by its place in `faults`. */
  readonly fault: number;
  /** The request whose way it is: of those that show the fault, the one that would have gone furthest; null: none crosses what is broken. */
  readonly request: string | null;
  /** All hops of the platform, from the client inwards; empty when there is no request. */
  readonly hops: readonly HopOnPath[];
}

export interface Diagnosis {
  readonly status: DiagnosisStatus;
  /** Fault by fault, best first: a tie lists all its members, and then what is not ruled out. */
  readonly hypotheses: readonly Candidate[];
  /** Independent faults, each by its hypothesis, or by those that tie. */
  readonly faults: readonly FaultIds[];
  /** What fails and nothing explains. */
  readonly unexplained: readonly string[];
  /** One for each fault, in their order. */
  readonly paths: readonly RequestPath[];
  /** Why there is no diagnosis, where the monitor itself failed at it. */
  readonly defect?: string;
}
