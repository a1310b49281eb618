import * as v from 'valibot';
import type { Drill } from './drill.ts';
import { diagnosis, hypothesisId } from './report-schema/diagnosis.ts';
import { count, described, moment } from './report-schema/parts.ts';

const texts = v.array(v.string());
const faults = described(
  v.array(v.array(hypothesisId)),
  'Independent faults, each by its hypothesis, or by those that tie.',
);

const answer = v.object({
  status: diagnosis.entries.status,
  faults,
  candidates: described(v.array(v.object({ id: v.string(), probability: v.number() })), 'Best first.'),
});

const single = v.object({
  fault: described(v.nullable(v.string()), 'null: the platform as it is on a healthy day.'),
  generation: v.string(),
  title: v.string(),
  causes: described(
    texts,
    'The hypotheses that the fault makes true; empty: none of the catalogue, or nothing to be seen.',
  ),
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
    'Whether a cause is among the three most probable hypotheses; null: there is no cause.',
  ),
  besides: described(faults, 'What was named besides the cause.'),
  answer,
});

const two = <const T extends v.GenericSchema>(one: T) => v.strictTuple([one, one]);

const pair = v.object({
  faults: two(v.string()),
  causes: two(v.string()),
  verdict: v.picklist(['both', 'one', 'none', 'hidden', 'not-applicable']),
  named: described(two(v.boolean()), 'Whether each is named, in the order of `faults`.'),
  hidden: described(two(v.boolean()), 'Whether each cannot be seen behind the other.'),
  besides: faults,
  answer: described(v.nullable(answer), 'null: not applicable.'),
  reason: described(v.nullable(v.string()), 'Why it is not applicable.'),
});

const change = v.object({
  alteration: v.picklist(['flaps', 'lost']),
  request: v.string(),
  fault: v.nullable(v.string()),
  generation: v.string(),
  before: faults,
  after: faults,
  onlyDoubt: described(v.boolean(), 'All that was named still is, with what only this request had ruled out.'),
});

const share = described(v.object({ is: count, of: count }), '`of` is what could be counted, `is` what was.');

const figures = v.object({
  top1: described(share, 'Named alone.'),
  inTie: share,
  top3: share,
  wrong: share,
  missed: share,
  besides: described(share, 'Something was named besides the cause.'),
  rejected: share,
  doubted: share,
  confidentlyWrong: share,
  falseAlarms: share,
  pairsTried: count,
  pairsNotApplicable: count,
  pairsHidden: count,
  hiddenNamed: described(share, 'Of the hidden pairs, those of which the fault that shows is named.'),
  pairsBoth: described(share, 'Of the pairs of which both show.'),
  pairsOne: share,
  pairsNone: share,
  pairsBesides: share,
  flapChanges: share,
  lostChanges: share,
  lostDoubts: described(share, 'Nothing else is named, but more is in doubt.'),
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
  repeated: described(texts, 'Cycles that the machine was too busy for, and which were run again by themselves.'),
  late: described(texts, 'Those among them that were late again: what is said of them is worth less.'),
  singles: v.array(single),
  pairs: v.array(pair),
  noise: v.object({
    tried: described(v.object({ flaps: count, lost: count }), 'How many cycles were diagnosed again.'),
    changes: v.array(change),
  }),
  figures,
  promises: v.array(promise),
}) satisfies v.GenericSchema<unknown, Drill>;
