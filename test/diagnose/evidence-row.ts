import type { HypothesisId } from '../../src/platform/hypotheses.ts';

/** A recorded report: what was really broken, and what is named. */
export interface Row {
  readonly truth: string;
  /** The ties, each in alphabetical order. */
  readonly named: readonly (readonly string[])[];
  /** What it may be called. */
  readonly right: readonly HypothesisId[];
  /** No known cause is as right as one of these. */
  readonly isNoneRight?: true;
  /** Two things are broken, and `right` names each of them. */
  readonly isPair?: true;
}
