import * as v from 'valibot';
import { count } from '../report-schema/parts.ts';
import { faults } from './results.ts';

/**
 * How the evidence of a cycle was altered. `flaps`: a passing request fails once, then passes. `lost`: it fails twice.
 * `slow`: it passes, but late.
 */
export const alteration = v.picklist(['flaps', 'lost', 'slow']);

export const change = v.object({
  alteration,
  request: v.string(),
  fault: v.nullable(v.string()),
  generation: v.string(),
  before: faults,
  after: faults,
  /**
   * Everything named before is still named, plus hypotheses that only this request had ruled out. No diagnosis could do
   * better without it.
   */
  onlyDoubt: v.boolean(),
});

export const noise = v.object({
  /** Cycles that were diagnosed again. */
  tried: v.object({ flaps: count, lost: count, slow: count }),
  changes: v.array(change),
});
