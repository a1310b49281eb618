import * as v from 'valibot';
import { failureMode, schemaVersion, status } from './judged.ts';
import { ms, orNull, shown } from './parts.ts';

/** Answerers of other versions are unknown here, so any string is accepted: it only has to differ. */
const judged = {
  status,
  failureMode: v.optional(failureMode, null),
  answeredBy: v.optional(v.nullable(v.string()), null),
  fingerprint: v.exactOptional(orNull(v.string())),
  marks: v.exactOptional(shown(v.nullable(v.object({ server: v.string() })), null)),
  evidence: v.exactOptional(shown(v.object({ version: orNull(v.string()) }), { version: null })),
  timingsMs: v.exactOptional(shown(v.object({ total: ms }), { total: null })),
};

/** A target's result in the baseline. */
export const baselineEntry = v.object({ target: v.string(), ...judged, durationMs: v.exactOptional(ms) });

/** The part of a report that is compared. Ids of another version match nothing. */
export const baseline = v.object({
  schemaVersion,
  outcomes: v.array(baselineEntry),
  registration: v.optional(
    v.nullable(v.object({ steps: v.array(v.object({ id: v.string(), ...judged, durationMs: v.exactOptional(ms) })) })),
    null,
  ),
});
