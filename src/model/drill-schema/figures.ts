import * as v from 'valibot';
import { count } from '../report-schema/parts.ts';

/** `is` out of `of`. */
export const share = v.object({ is: count, of: count });

/** A mean, over `of` rows. */
export const score = v.object({ mean: v.number(), of: count });

export const figures = v.object({
  /** Known faults: 0 if a true cause is not named, otherwise 1 divided by the number of causes named. */
  strictSingles: score,
  /** Pairs that both show: 0 if a true cause is not named, otherwise 2 divided by the number of causes named. */
  strictPairs: score,
  /** Something was named with 80 % or more although neither it nor what it ties with is true. */
  sureButWrong: share,
  /** The mean distance between probabilities and how often they are right, in ten bins; null: nothing was named. */
  calibrationError: v.nullable(v.number()),
  /** Named alone. */
  top1: share,
  inTie: share,
  top3: share,
  wrong: share,
  missed: share,
  /** Something was named in addition to the cause. */
  besides: share,
  rejected: share,
  doubted: share,
  confidentlyWrong: share,
  falseAlarms: share,
  pairsTried: count,
  pairsNotApplicable: count,
  pairsHidden: count,
  /** Hidden pairs whose visible fault is named. */
  hiddenNamed: share,
  /** Pairs with both faults visible. */
  pairsBoth: share,
  pairsOne: share,
  pairsNone: share,
  pairsBesides: share,
  flapChanges: share,
  lostChanges: share,
  /** Nothing else is named, but there is more doubt. */
  lostDoubts: share,
  slowChanges: share,
  slowDoubts: share,
});

/** Something that the diagnosis must meet. The drill fails if one is broken. */
export const promise = v.object({
  id: v.picklist(['known-faults-named', 'pairs-named', 'noise-ignored', 'no-false-alarms', 'unknown-faults-not-named']),
  promise: v.string(),
  holds: v.boolean(),
});
