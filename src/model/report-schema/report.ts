import * as v from 'valibot';
import { diagnosis, history } from './diagnosis.ts';
import { schemaVersion } from './judged.ts';
import { outcome } from './outcome.ts';
import { described, listOf, moment, number, orNull, shown, text } from './parts.ts';
import { registration } from './registration.ts';

export const verdict = v.picklist(['healthy', 'degraded', 'failing', 'inconclusive']);

export const blindness = v.object({
  phase: described(v.picklist(['resolve', 'connect', 'tls', 'processing']), 'Nothing that was asked got past it.'),
  control: described(
    v.nullable(v.string()),
    'The target outside of the platform that is stopped alike; null: it may also be the platform as a whole.',
  ),
});

const unknownProber = { name: 'unknown', version: 'unknown' };

/** The fields around a report's results. */
export const frame = v.object({
  runId: text,
  environment: shown(v.string(), 'unknown'),
  startedAt: shown(moment, ''),
  durationMs: number,
  recovered: described(listOf(v.string()), 'Targets that failed in the baseline and pass now.'),
  history: described(orNull(history), 'What earlier cycles told; null: they are not remembered.'),
  prober: shown(v.object({ name: v.string(), version: v.string() }), unknownProber),
});

/** The report as published. The types of its parts, the readers and the JSON Schema are derived from it. */
export const report = v.object({
  schemaVersion,
  ...frame.entries,
  verdict,
  blind: described(v.nullable(blindness), 'Why what failed tells nothing of the platform; null: the monitor sees.'),
  outcomes: v.array(outcome),
  registration: described(v.nullable(registration), 'The model-registration flow; null: it was left out.'),
  diagnosis: described(diagnosis, 'What explains what was seen.'),
});
