import * as v from 'valibot';
import { diagnosis, faultIds } from '../report-schema/diagnosis.ts';

export const texts = v.array(v.string());

/** Independent faults, each as one hypothesis or as several that tie. */
export const faults = v.array(faultIds);

/** The diagnosis of one cycle. */
export const answer = v.object({
  status: diagnosis.entries.status,
  faults,
  /** Best first. */
  candidates: v.array(v.object({ id: v.string(), probability: v.number() })),
});

export const single = v.object({
  /** Null: the platform on a healthy day. */
  fault: v.nullable(v.string()),
  generation: v.string(),
  title: v.string(),
  /** The hypotheses that it makes true; empty if the catalogue has none or there is nothing to see. */
  causes: texts,
  /**
   * For a fault in the catalogue: `right` (named alone), `in-tie` (one of several that cannot be told apart), `wrong`
   * (only others are named), `missed` (nothing is named). For a fault outside the catalogue: `rejected` (nothing is
   * named), `doubted` (something is named below 90 % or in a tie), `confidently-wrong`. If nothing is broken, or nothing
   * that a probe could see: `quiet` or `false-alarm`.
   */
  verdict: v.picklist([
    'right',
    'in-tie',
    'wrong',
    'missed',
    'rejected',
    'doubted',
    'confidently-wrong',
    'quiet',
    'false-alarm',
  ]),
  /** Whether a cause is among the three most probable hypotheses; null if there is no cause. */
  inTopThree: v.nullable(v.boolean()),
  /** Hypotheses named in addition to the cause. */
  besides: faults,
  answer,
});

const two = <const T extends v.GenericSchema>(one: T) => v.strictTuple([one, one]);

export const pair = v.object({
  faults: two(v.string()),
  causes: two(v.string()),
  /**
   * How many of the two causes are named, each as a separate fault: `both`, `one` or `none`. `hidden`: every request
   * looks as it does with one of the faults alone, so the other is invisible. `not-applicable`: one platform cannot have
   * both.
   */
  verdict: v.picklist(['both', 'one', 'none', 'hidden', 'not-applicable']),
  /** Whether each is named, in the order of `faults`. */
  named: two(v.boolean()),
  /** Whether each is invisible behind the other. */
  hidden: two(v.boolean()),
  besides: faults,
  /** Null: not applicable. */
  answer: v.nullable(answer),
  /** Why it is not applicable; otherwise null. */
  reason: v.nullable(v.string()),
});
