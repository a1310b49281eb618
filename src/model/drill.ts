import type { DiagnosisStatus, FaultIds } from './diagnosis.ts';

/** The diagnosis of one cycle. */
export interface Answer {
  readonly status: DiagnosisStatus;
  readonly faults: readonly FaultIds[];
  /** Best first. */
  readonly candidates: readonly { readonly id: string; readonly probability: number }[];
}

/**
 * For a fault in the catalogue: `right` (named alone), `in-tie` (one of several that cannot be told apart), `wrong`
 * (only others are named), `missed` (nothing is named).
 * For a fault outside the catalogue: `rejected` (nothing is named), `doubted` (something is named below 90 % or in a
 * tie), `confidently-wrong`.
 * If nothing is broken, or nothing that a probe could see: `quiet` or `false-alarm`.
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
  /** Null: the platform on a healthy day. */
  readonly fault: string | null;
  readonly generation: string;
  readonly title: string;
  /** The hypotheses that it makes true; empty if the catalogue has none or there is nothing to see. */
  readonly causes: readonly string[];
  readonly verdict: SingleVerdict;
  /** Whether a cause is among the three most probable hypotheses; null if there is no cause. */
  readonly inTopThree: boolean | null;
  /** Hypotheses named in addition to the cause. */
  readonly besides: readonly FaultIds[];
  readonly answer: Answer;
}

/**
 * How many of the two causes are named, each as a separate fault: `both`, `one` or `none`. `hidden`: every request
 * looks as it does with one of the faults alone, so the other is invisible. `not-applicable`: one platform cannot have
 * both.
 */
export type PairVerdict = 'both' | 'one' | 'none' | 'hidden' | 'not-applicable';

export interface PairResult {
  readonly faults: readonly [string, string];
  readonly causes: readonly [string, string];
  readonly verdict: PairVerdict;
  /** Whether each fault is named, in the order of `faults`. */
  readonly named: readonly [boolean, boolean];
  /** Whether each is invisible behind the other. */
  readonly hidden: readonly [boolean, boolean];
  readonly besides: readonly FaultIds[];
  /** Null: not applicable. */
  readonly answer: Answer | null;
  /** Why it is not applicable; otherwise null. */
  readonly reason: string | null;
}

/**
 * How the evidence of a cycle was altered. `flaps`: a passing request fails once, then passes. `lost`: it fails twice.
 */
export type Alteration = 'flaps' | 'lost';

export interface NoiseChange {
  readonly alteration: Alteration;
  readonly request: string;
  readonly fault: string | null;
  readonly generation: string;
  readonly before: readonly FaultIds[];
  readonly after: readonly FaultIds[];
  /**
   * Everything named before is still named, plus hypotheses that only this request had ruled out. No diagnosis could do
   * better without it.
   */
  readonly onlyDoubt: boolean;
}

export interface NoiseResult {
  /** Cycles that were diagnosed again. */
  readonly tried: Readonly<Record<Alteration, number>>;
  readonly changes: readonly NoiseChange[];
}

/** `is` out of `of`. */
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
  /** Something was named in addition to the cause. */
  readonly besides: Share;
  readonly rejected: Share;
  readonly doubted: Share;
  readonly confidentlyWrong: Share;
  readonly falseAlarms: Share;
  readonly pairsTried: number;
  readonly pairsNotApplicable: number;
  readonly pairsHidden: number;
  /** Hidden pairs whose visible fault is named. */
  readonly hiddenNamed: Share;
  /** Pairs with both faults visible. */
  readonly pairsBoth: Share;
  readonly pairsOne: Share;
  readonly pairsNone: Share;
  readonly pairsBesides: Share;
  readonly flapChanges: Share;
  readonly lostChanges: Share;
  /** Nothing else is named, but there is more doubt. */
  readonly lostDoubts: Share;
}

/** Something that the diagnosis must meet. The drill fails if one is broken. */
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
  /** Cycles that were run again on their own because this machine was too busy. */
  readonly repeated: readonly string[];
  /** Repeated cycles that were late again: their results are less reliable. */
  readonly late: readonly string[];
  readonly singles: readonly SingleResult[];
  readonly pairs: readonly PairResult[];
  readonly noise: NoiseResult;
  readonly figures: DrillFigures;
  readonly promises: readonly DrillPromise[];
}
