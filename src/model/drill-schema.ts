import * as v from 'valibot';
import type { Drill } from './drill.ts';
import { diagnosis, hypothesisId } from './report-schema/diagnosis.ts';
import { count, described, moment } from './report-schema/parts.ts';

const texts = v.array(v.string());
const faults = described(
  v.array(v.array(hypothesisId)),
  'Independent faults, each as its hypothesis or as the tied ones.',
);

const answer = v.object({
  status: diagnosis.entries.status,
  faults,
  candidates: described(v.array(v.object({ id: v.string(), probability: v.number() })), 'Best first.'),
});

const single = v.object({
  fault: described(v.nullable(v.string()), 'null: the healthy platform.'),
  generation: v.string(),
  title: v.string(),
  causes: described(texts, 'The hypotheses that are true with this fault; empty: outside the catalogue, or invisible.'),
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
  inTopThree: described(
    v.nullable(v.boolean()),
    'Whether a true cause is among the three most probable hypotheses; null: the fault has none.',
  ),
  besides: described(faults, 'Hypotheses named in addition to the cause.'),
  answer,
});

const two = <const T extends v.GenericSchema>(one: T) => v.strictTuple([one, one]);

const pair = v.object({
  faults: two(v.string()),
  causes: two(v.string()),
  verdict: v.picklist(['both', 'one', 'none', 'hidden', 'not-applicable']),
  named: described(two(v.boolean()), 'Whether each fault is named, in the order of `faults`.'),
  hidden: described(two(v.boolean()), 'Whether each fault is invisible behind the other.'),
  besides: faults,
  answer: described(v.nullable(answer), 'null: not applicable.'),
  reason: described(v.nullable(v.string()), 'Why the pair is not applicable.'),
});

const change = v.object({
  alteration: v.picklist(['flaps', 'lost']),
  request: v.string(),
  fault: v.nullable(v.string()),
  generation: v.string(),
  before: faults,
  after: faults,
  onlyDoubt: described(v.boolean(), 'The same causes are named, plus those that only this request had ruled out.'),
});

const share = described(v.object({ is: count, of: count }), '`is` of `of` cases.');

const figures = v.object({
  top1: described(share, 'Named alone.'),
  inTie: share,
  top3: share,
  wrong: share,
  missed: share,
  besides: described(share, 'Further hypotheses were named.'),
  rejected: share,
  doubted: share,
  confidentlyWrong: share,
  falseAlarms: share,
  pairsTried: count,
  pairsNotApplicable: count,
  pairsHidden: count,
  hiddenNamed: described(share, 'Hidden pairs whose visible fault is named.'),
  pairsBoth: described(share, 'Pairs with both faults visible and named.'),
  pairsOne: share,
  pairsNone: share,
  pairsBesides: share,
  flapChanges: share,
  lostChanges: share,
  lostDoubts: described(share, 'The same causes are named, plus further possible ones.'),
});

const promise = v.object({
  id: v.picklist(['known-faults-named', 'pairs-named', 'noise-ignored', 'no-false-alarms', 'unknown-faults-not-named']),
  promise: v.string(),
  holds: v.boolean(),
});

/** The output of `drill --format json`. */
export const drill = v.object({
  schemaVersion: v.literal(1),
  startedAt: moment,
  durationMs: v.number(),
  generation: v.string(),
  pace: v.number(),
  repeated: described(texts, 'Cycles that were run again alone, because the machine was too busy.'),
  late: described(texts, 'Repeated cycles that were late again: their results are less reliable.'),
  singles: v.array(single),
  pairs: v.array(pair),
  noise: v.object({
    tried: described(v.object({ flaps: count, lost: count }), 'Number of repeated diagnoses.'),
    changes: v.array(change),
  }),
  figures,
  promises: v.array(promise),
}) satisfies v.GenericSchema<unknown, Drill>;
