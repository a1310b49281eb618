import * as v from 'valibot';
import { diagnosis, history } from './diagnosis.ts';
import { schemaVersion } from './judged.ts';
import { outcome } from './outcome.ts';
import { described, listOf, moment, number, orNull, shown, text } from './parts.ts';
import { registration } from './registration.ts';

export const verdict = v.picklist(['healthy', 'degraded', 'failing', 'inconclusive']);

export const blindness = v.object({
  phase: described(v.picklist(['resolve', 'connect', 'tls', 'processing']), 'No request got past this phase.'),
  control: described(
    v.nullable(v.string()),
    'The target outside the platform that fails in the same phase; null: the whole platform may be down instead.',
  ),
});

const unknownProber = { name: 'unknown', version: 'unknown' };

/** The fields around a report's results. */
export const frame = v.object({
  runId: text,
  environment: shown(v.string(), 'unknown'),
  startedAt: shown(moment, ''),
  durationMs: number,
  recovered: described(listOf(v.string()), 'Targets that failed in the baseline and now pass.'),
  history: described(orNull(history), 'Results of earlier cycles; null: not stored.'),
  prober: shown(v.object({ name: v.string(), version: v.string() }), unknownProber),
});

/** The report as published. The types of its parts, the readers and the JSON Schema are derived from it. */
export const report = v.object({
  schemaVersion,
  ...frame.entries,
  verdict,
  blind: described(
    v.nullable(blindness),
    'Why the failures say nothing about the platform; null: the monitor is not blind.',
  ),
  outcomes: v.array(outcome),
  registration: described(v.nullable(registration), 'The model-registration flow; null: it was left out.'),
  diagnosis: described(diagnosis, 'The explanation of the results.'),
});
