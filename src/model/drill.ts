import type { DiagnosisStatus, FaultIds } from './diagnosis.ts';

/** What the diagnosis said of a cycle. */
export interface Answer {
  readonly status: DiagnosisStatus;
  readonly faults: readonly FaultIds[];
  /** Best first. */
  readonly candidates: readonly { readonly id: string; readonly probability: number }[];
}

/**
 * Of a fault that the catalogue knows: `right` (named alone), `in-tie` (among those that are said not to be told apart),
 * `wrong` (only others are named), `missed` (nothing is).
 * Of one that it does not know: `rejected` (nothing is named), `doubted` (something is, with less than 90 %, or as a tie), `confidently-wrong`.
 * Where nothing is broken, or nothing that a probe could see: `quiet`, or a `false-alarm`.
 */
export type SingleVerdict =
  | 'right'
  | 'in-tie'
  | 'wrong'
  | 'missed'
  | 'rejected'
  | 'doubted'
  | 'confidently-wrong'
  | 'quiet'
  | 'false-alarm';

export interface SingleResult {
  /** Null: the platform as it is on a healthy day. */
  readonly fault: string | null;
  readonly generation: string;
  readonly title: string;
  /** The hypotheses that it makes true; empty: none of the catalogue, or nothing to be seen. */
  readonly causes: readonly string[];
  readonly verdict: SingleVerdict;
  /** Whether a cause is among the three most probable hypotheses; null: there is no cause. */
  readonly inTopThree: boolean | null;
  /** What was named besides the cause. */
  readonly besides: readonly FaultIds[];
  readonly answer: Answer;
}

/**
 * `both`, `one`, `none` of the two causes named, each as a fault of its own; `hidden`: all requests look as with one of the
 * faults alone, so that the other cannot be seen; `not-applicable`: the two cannot be done to one platform.
 */
export type PairVerdict = 'both' | 'one' | 'none' | 'hidden' | 'not-applicable';

export interface PairResult {
  readonly faults: readonly [string, string];
  readonly causes: readonly [string, string];
  readonly verdict: PairVerdict;
  /** Whether each is named, in the order of `faults`. */
  readonly named: readonly [boolean, boolean];
  /** Whether each cannot be seen behind the other. */
  readonly hidden: readonly [boolean, boolean];
  readonly besides: readonly FaultIds[];
  /** Null: not applicable. */
  readonly answer: Answer | null;
  /** Why it is not applicable; else null. */
  readonly reason: string | null;
}

/** What was altered in the evidence of a cycle: a request that passed fails once and passes then, or fails twice. */
export type Alteration = 'flaps' | 'lost';

export interface NoiseChange {
  readonly alteration: Alteration;
  readonly request: string;
  readonly fault: string | null;
  readonly generation: string;
  readonly before: readonly FaultIds[];
  readonly after: readonly FaultIds[];
  /** All that was named still is, with what only this request had ruled out: nobody can know better without it. */
  readonly onlyDoubt: boolean;
}

export interface NoiseResult {
  /** How many cycles were diagnosed again. */
  readonly tried: Readonly<Record<Alteration, number>>;
  readonly changes: readonly NoiseChange[];
}

/** `of` is what could be counted, `is` what was. */
export interface Share {
  readonly is: number;
  readonly of: number;
}

export interface DrillFigures {
  /** Named alone. */
  readonly top1: Share;
  readonly inTie: Share;
  readonly top3: Share;
  readonly wrong: Share;
  readonly missed: Share;
  /** Something was named besides the cause. */
  readonly besides: Share;
  readonly rejected: Share;
  readonly doubted: Share;
  readonly confidentlyWrong: Share;
  readonly falseAlarms: Share;
  readonly pairsTried: number;
  readonly pairsNotApplicable: number;
  readonly pairsHidden: number;
  /** Of the hidden ones, those of which the fault that shows is named. */
  readonly hiddenNamed: Share;
  /** Of the pairs of which both show. */
  readonly pairsBoth: Share;
  readonly pairsOne: Share;
  readonly pairsNone: Share;
  readonly pairsBesides: Share;
  readonly flapChanges: Share;
  readonly lostChanges: Share;
  /** Nothing else is named, but more is in doubt. */
  readonly lostDoubts: Share;
}

/** Something that the diagnosis is held to; the drill fails when one does not hold. */
export interface DrillPromise {
  readonly id: 'known-faults-named' | 'pairs-named' | 'noise-ignored' | 'no-false-alarms' | 'unknown-faults-not-named';
  readonly promise: string;
  readonly holds: boolean;
}

export interface Drill {
  readonly schemaVersion: 1;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly generation: string;
  readonly pace: number;
  /** Cycles that this machine was too busy for, and which were run again by themselves. */
  readonly repeated: readonly string[];
  /** Those among them that were late again: what is said of them is worth less. */
  readonly late: readonly string[];
  readonly singles: readonly SingleResult[];
  readonly pairs: readonly PairResult[];
  readonly noise: NoiseResult;
  readonly figures: DrillFigures;
  readonly promises: readonly DrillPromise[];
}
