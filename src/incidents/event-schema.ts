import * as v from 'valibot';
import { cutText } from '../model/cut-text.ts';
import { type FailureMode, isFailureMode } from '../model/failure-modes.ts';
import { hopStates, type IncidentEvent, type IncidentView, type Mute, severities } from '../model/incident.ts';
import { type Hop, hopLabels } from '../platform/hops.ts';
import { type HypothesisId, hypotheses } from '../platform/hypotheses.ts';
import { incidentLimits, storedEntries, storedTextBytes } from './limits.ts';

/*
 * The stored form of incidents and events. After a rollback to an older version, the store may hold ids that only the
 * newer version knows (a hypothesis, a failure mode, a hop). These ids are left out: one incident that counts as
 * unexplained is better than losing all incidents. Everything else must match the schema.
 *
 * Every text and list has a bound. It is cut on reading and before writing (`bounded` in state-schema.ts).
 */

const isHypothesisId = (id: string): id is HypothesisId => Object.hasOwn(hypotheses, id);
const isHop = (name: string): name is Hop => Object.hasOwn(hopLabels, name);

/** A text, cut at this many bytes. */
const text = (bytes: number) =>
  v.pipe(
    v.string(),
    v.transform((all) => cutText(all, bytes)),
  );
export const name = text(storedTextBytes.name);
export const id = text(storedTextBytes.id);
export const version = text(storedTextBytes.version);
export const reason = text(storedTextBytes.reason);

export const time = v.pipe(
  v.string(),
  v.check((at) => !Number.isNaN(Date.parse(at))),
  v.transform((at) => (at.length > storedTextBytes.time ? new Date(at).toISOString() : at)),
);

type Part = v.GenericSchema<unknown, unknown>;

/** A list that keeps its first `most` entries. */
export const firstOf = <const T extends Part>(part: T, most: number) =>
  v.pipe(
    v.array(part),
    v.transform((all) => all.slice(0, most)),
  );

/** An append-only list that keeps its last `most` entries. */
export const newestOf = <const T extends Part>(part: T, most: number) =>
  v.pipe(
    v.array(part),
    v.transform((all) => all.slice(-most)),
  );

export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const severity = v.picklist(severities);

export const causeIds = v.pipe(
  firstOf(name, storedEntries.causes),
  v.transform((ids) => ids.filter(isHypothesisId)),
);

const supposed = v.pipe(
  firstOf(v.object({ id: name, probability: v.pipe(v.number(), v.minValue(0), v.maxValue(1)) }), storedEntries.causes),
  v.transform((all) => all.flatMap(({ id, probability }) => (isHypothesisId(id) ? [{ id, probability }] : []))),
);

const path = v.pipe(
  firstOf(v.object({ hop: name, state: v.picklist(hopStates) }), storedEntries.hops),
  v.transform((hops) => hops.flatMap(({ hop, state }) => (isHop(hop) ? [{ hop, state }] : []))),
);

const failureMode = v.pipe(
  v.nullable(name),
  v.transform((name): FailureMode | null => (name !== null && isFailureMode(name) ? name : null)),
);

export const affected = v.object({
  id: name,
  host: name,
  status: v.picklist(['fail', 'degraded']),
  failureMode,
  summary: text(storedTextBytes.summary),
});

export const deployment = v.object({ from: version, to: version, at: time });

export const view = v.object({
  id,
  environment: name,
  causes: supposed,
  notRuledOut: supposed,
  hosts: v.nullable(firstOf(name, storedEntries.hosts)),
  path,
  affected: firstOf(affected, incidentLimits.affected),
  affectedCount: count,
  severity,
  startedAt: time,
  openedAt: v.nullable(time),
  resolvedAt: v.nullable(time),
  failingCycles: count,
  returns: count,
  history: newestOf(v.object({ at: time, causes: causeIds }), incidentLimits.history),
  everAffected: firstOf(name, incidentLimits.everAffected),
  deployment: v.nullable(deployment),
  acknowledged: v.nullable(v.object({ at: time, by: reason })),
}) satisfies v.GenericSchema<unknown, IncidentView>;

const muted = {
  what: v.union([v.object({ target: name }), v.object({ host: name }), v.object({ hypothesis: name })]),
  until: time,
};
export const mute = v.object({ ...muted, reason: v.nullable(reason) }) satisfies v.GenericSchema<unknown, Mute>;
export const muteInForce = v.object({ ...muted, reason: v.nullable(text(storedTextBytes.reasonInForce)) });

const change = v.variant('kind', [
  v.object({ kind: v.picklist(['moved', 'narrowed']), from: causeIds }),
  v.object({ kind: v.literal('worse'), from: severity }),
  v.object({ kind: v.literal('returned'), resolvedAt: time }),
]);

const anyEvent = { id, subject: id, environment: name, at: time };

export const event = v.variant('kind', [
  v.object({ ...anyEvent, kind: v.picklist(['opened', 'reminded', 'resolved']), incident: view }),
  v.object({ ...anyEvent, kind: v.literal('updated'), incident: view, change }),
  v.object({ ...anyEvent, kind: v.picklist(['monitor-blind', 'monitor-sees']), since: time }),
  v.object({ ...anyEvent, kind: v.literal('mute-ended'), mute, open: firstOf(id, storedEntries.unmuted) }),
  v.object({ ...anyEvent, kind: v.literal('state-lost'), reason, keptAs: reason }),
]) satisfies v.GenericSchema<unknown, IncidentEvent>;
