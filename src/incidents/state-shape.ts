import * as v from 'valibot';
import { event, mute, muteInForce } from '../model/incident-schema/event.ts';
import { causeIds, deployment, severity, view } from '../model/incident-schema/incident.ts';
import { storedEntries } from '../model/incident-schema/limits.ts';
import { count, firstOf, id, name, newestOf, normal, reason, time, version } from '../model/incident-schema/stored.ts';
import { judgement, story } from '../model/incident-schema/story.ts';
import { incidentLimits } from './limits.ts';

export const schemaVersion = 1;

/** Whether a counted cycle saw the incident. A cycle that could not see it leaves no mark. */
export const mark = v.picklist(['present', 'absent']);

const marks = newestOf(mark, storedEntries.marks);

/** The last state of an incident that was reported, so that only changes are sent. */
export const told = v.object({
  at: time,
  causes: causeIds,
  /** The highest severity reported. */
  severity,
  /** Reminders since it last opened, returned or became worse. */
  reminders: count,
  /** Reported changes of the cause. */
  moves: count,
});

/** An incident that is pending (not yet open), open, or resolved so recently that it may return. */
export const tracked = v.object({
  view,
  /** The most recent marks, newest last; as many as decide whether it opens. */
  marks,
  /** Consecutive `absent` marks. */
  absentCycles: count,
  /** Since when its requests pass again, by cycles and looks (look.ts); null: they do not. Earlier builds did not store it. */
  absentSince: v.optional(v.nullable(time), null),
  /** The cycle that resolved it; null: it is not resolved, or an earlier build resolved it. */
  closedAt: v.optional(v.nullable(time), null),
  /** How the causes differ from the reported ones, and for how many consecutive failing cycles; null: they do not. */
  drift: v.nullable(v.object({ kind: v.picklist(['moved', 'narrowed']), cycles: count })),
  /** Consecutive failing cycles in which it was more severe than reported. */
  worseCycles: count,
  /** What its responses have said (says.ts). Earlier builds did not store it. */
  says: v.optional(firstOf(name, storedEntries.says), []),
  /** Null: not reported yet (pending or muted). */
  told: v.nullable(told),
  /** Number of the next event. */
  nextEvent: count,
});

export const lastCycle = v.object({
  runId: id,
  startedAt: time,
  endedAt: time,
  /** Whether the registration flow ran. */
  flow: v.boolean(),
});

/** An event that waits to be sent, and the channels that it still has to reach. */
export const waiting = v.object({
  event,
  /** Names of channels. */
  to: firstOf(name, storedEntries.channels),
  /** Channels that have accepted it. */
  takenBy: firstOf(name, storedEntries.channels),
  /** The run that is sending it, and until when (Unix time, ms). No other run sends it before then. */
  claim: v.nullable(v.object({ by: id, untilMs: v.pipe(v.number(), v.finite()) })),
  /** Number of refusals so far, and the reason of the last one. */
  refusals: count,
  lastRefusal: v.nullable(reason),
});

/** Nothing is known of how long requests take. */
export const nothingNormal = { hour: 0, requests: [] };

/**
 * Everything stored for an environment between two cycles.
 *
 * Unknown fields are dropped, not refused: after a rollback to an older build, fields that a newer one added under the
 * same schemaVersion must not cost the incidents. An addition that must not be dropped therefore needs a new
 * schemaVersion.
 */
export const state = v.object({
  schemaVersion: v.literal(schemaVersion),
  environment: name,
  /** The last cycle that counted. */
  lastCycle: v.nullable(lastCycle),
  /** Pending and open incidents, and resolved ones that may return. */
  tracked: v.array(tracked),
  /** Resolved for good, newest last; bounded. */
  past: newestOf(view, incidentLimits.past),
  /** Whether the monitor itself was blind (`present`), and since when. */
  blind: v.object({ since: v.nullable(time), told: v.boolean(), marks }),
  /** Set by command or chat. Mutes from the configuration are not stored here. */
  mutes: newestOf(mute, storedEntries.mutes),
  /** Mutes in force at the last cycle, including those from the configuration, so that their end is noticed. */
  mutesInForce: firstOf(muteInForce, storedEntries.mutesInForce),
  /** The platform's version and its last change. */
  version: v.nullable(v.object({ current: version, deployment: v.nullable(deployment) })),
  outbox: v.array(waiting),
  /** Messages about the incidents that are kept. Earlier builds did not store them. */
  stories: v.optional(v.array(story), []),
  /** What people found, oldest first. Outlives the incidents. Earlier builds did not store it. */
  judgements: v.optional(newestOf(judgement, storedEntries.judgements), []),
  /** How long requests normally take, and the hour under way (since 1970). Earlier builds did not store it. */
  normals: v.optional(v.object({ hour: count, requests: newestOf(normal, storedEntries.normals) }), nothingNormal),
  /** How many cycles of this month looks followed, where looks cost money. Earlier builds did not store it. */
  looks: v.optional(v.nullable(v.object({ month: v.pipe(v.string(), v.regex(/^\d{4}-\d{2}$/)), cycles: count })), null),
});
