import * as v from 'valibot';
import {
  causeIds,
  count,
  deployment,
  event,
  firstOf,
  id,
  mute,
  muteInForce,
  name,
  newestOf,
  reason,
  severity,
  time,
  version,
  view,
} from './event-schema.ts';
import { incidentLimits, storedEntries } from './limits.ts';
import type { State } from './state.ts';
import type { StoreTrouble } from './store.ts';

const schemaVersion = 1;

const marks = newestOf(v.picklist(['present', 'absent']), storedEntries.marks);

const tracked = v.object({
  view,
  marks,
  absentCycles: count,
  drift: v.nullable(v.object({ kind: v.picklist(['moved', 'narrowed']), cycles: count })),
  worseCycles: count,
  told: v.nullable(v.object({ at: time, causes: causeIds, severity, reminders: count, moves: count })),
  nextEvent: count,
});

export const lastCycle = v.object({ runId: id, startedAt: time, endedAt: time, flow: v.boolean() });

const waiting = v.object({
  event,
  to: firstOf(name, storedEntries.channels),
  takenBy: firstOf(name, storedEntries.channels),
  claim: v.nullable(v.object({ by: id, untilMs: v.pipe(v.number(), v.finite()) })),
  refusals: count,
  lastRefusal: v.nullable(reason),
});

/**
 * Unknown fields are dropped, not refused: after a rollback to an older build, fields that a newer one added under the
 * same schemaVersion must not cost the incidents. An addition that must not be dropped therefore needs a new
 * schemaVersion.
 */
const state = v.object({
  schemaVersion: v.literal(schemaVersion),
  environment: name,
  lastCycle: v.nullable(lastCycle),
  tracked: v.array(tracked),
  past: newestOf(view, incidentLimits.past),
  blind: v.object({ since: v.nullable(time), told: v.boolean(), marks }),
  mutes: newestOf(mute, storedEntries.mutes),
  mutesInForce: firstOf(muteInForce, storedEntries.mutesInForce),
  version: v.nullable(v.object({ current: version, deployment: v.nullable(deployment) })),
  outbox: v.array(waiting),
}) satisfies v.GenericSchema<unknown, State>;

/** Cuts every text and list at its bound. Anything within its bound is unchanged. */
export const bounded = (value: State): State => v.parse(state, value);

/** `reason` continues a sentence after "it": `it is no JSON`. */
export type ParsedState =
  | { readonly kind: 'state'; readonly state: State }
  | { readonly kind: Exclude<StoreTrouble, 'unavailable'>; readonly reason: string };

const unreadable = (reason: string): ParsedState => ({ kind: 'unreadable', reason });

/** Parses stored JSON text. */
export const parseState = (json: string): ParsedState => {
  try {
    return readState(JSON.parse(json));
  } catch (error) {
    return unreadable(`is not JSON (${error instanceof Error ? error.message : String(error)})`);
  }
};

/** Reads a stored value that is already parsed from JSON. */
export const readState = (value: unknown): ParsedState => {
  const written = v.safeParse(v.object({ schemaVersion: v.pipe(v.number(), v.safeInteger()) }), value);
  if (!written.success) return unreadable('has no schemaVersion');
  if (written.output.schemaVersion > schemaVersion)
    return {
      kind: 'newer',
      reason: `has schemaVersion ${written.output.schemaVersion}, and this version of the program reads ${schemaVersion}`,
    };
  const parsed = v.safeParse(state, value, { abortEarly: true });
  if (parsed.success) return { kind: 'state', state: parsed.output };
  const [issue] = parsed.issues;
  return unreadable(`holds an invalid value: ${v.getDotPath(issue) ?? 'the whole'}`);
};
