import * as v from 'valibot';
import { moment } from '../report-schema/parts.ts';
import { figures, promise } from './figures.ts';
import { noise } from './noise.ts';
import { pair, single, texts } from './results.ts';

/** The output of `drill --format json`. */
export const drill = v.object({
  schemaVersion: v.literal(1),
  startedAt: moment,
  durationMs: v.number(),
  generation: v.string(),
  pace: v.number(),
  /** Cycles that were run again on their own because this machine was too busy. */
  repeated: texts,
  /** Repeated cycles that were late again: their results are less reliable. */
  late: texts,
  singles: v.array(single),
  pairs: v.array(pair),
  noise,
  figures,
  promises: v.array(promise),
});
