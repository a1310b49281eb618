import * as v from 'valibot';
import { causeIds, severity, view } from './incident.ts';
import { storedEntries, storedTextBytes } from './limits.ts';
import { firstOf, id, name, reason, text, time } from './stored.ts';

const muted = {
  /** Exactly one of a target, a host or a hypothesis. */
  what: v.union([v.object({ target: name }), v.object({ host: name }), v.object({ hypothesis: name })]),
  until: time,
};

/** Suppresses messages for a time. */
export const mute = v.object({ ...muted, reason: v.nullable(reason) });
export const muteInForce = v.object({ ...muted, reason: v.nullable(text(storedTextBytes.reasonInForce)) });

/**
 * `moved`: another cause; `narrowed`: one of those that could not be told apart; `worse`: a higher severity;
 * `returned`: it had only just been resolved.
 */
export const change = v.variant('kind', [
  v.object({ kind: v.picklist(['moved', 'narrowed']), from: causeIds }),
  v.object({ kind: v.literal('worse'), from: severity }),
  v.object({ kind: v.literal('returned'), resolvedAt: time }),
]);

const anyEvent = {
  /** `<environment>.<incident or subject>.<number>`, at most 128 characters of A-Z a-z 0-9 . _ -. */
  id,
  /** What it belongs to. Events of one subject are delivered in order. */
  subject: id,
  environment: name,
  /** Start of the cycle that raised it. */
  at: time,
};

/** News. Sending it again does not change its id. */
export const event = v.variant('kind', [
  v.object({ ...anyEvent, kind: v.picklist(['opened', 'reminded', 'resolved']), incident: view }),
  v.object({ ...anyEvent, kind: v.literal('updated'), incident: view, change }),
  /** The prober reaches nothing, not even its name server or the control outside the platform. */
  v.object({ ...anyEvent, kind: v.picklist(['monitor-blind', 'monitor-sees']), since: time }),
  /** Lists the incidents that were muted and are still open. */
  v.object({ ...anyEvent, kind: v.literal('mute-ended'), mute, open: firstOf(id, storedEntries.unmuted) }),
  /** The stored state was unreadable. It was set aside, and tracking starts over. */
  v.object({ ...anyEvent, kind: v.literal('state-lost'), reason, keptAs: reason }),
]);
