import * as v from 'valibot';
import { type FailureMode, isFailureMode } from '../platform/failure-modes.ts';
import { type Hop, hopLabels } from '../platform/hops.ts';
import { type HypothesisId, hypotheses } from '../platform/hypotheses.ts';
import { hopStates, type IncidentEvent, type IncidentView, type Mute, severities } from '../platform/incident.ts';

/*
 * What is stored of incidents and events. After a return to an older version of this program, ids of the newer one may be
 * stored (a hypothesis, a failure mode, a hop). They are left out: an incident that counts as unexplained is better than
 * all incidents forgotten. Everything else must be as it was written.
 */

const isHypothesisId = (id: string): id is HypothesisId => Object.hasOwn(hypotheses, id);
const isHop = (name: string): name is Hop => Object.hasOwn(hopLabels, name);

export const text = v.string();
export const time = v.pipe(
  v.string(),
  v.check((at) => !Number.isNaN(Date.parse(at))),
);
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const severity = v.picklist(severities);

export const causeIds = v.pipe(
  v.array(text),
  v.transform((ids) => ids.filter(isHypothesisId)),
);

const supposed = v.pipe(
  v.array(v.object({ id: text, probability: v.pipe(v.number(), v.minValue(0), v.maxValue(1)) })),
  v.transform((all) => all.flatMap(({ id, probability }) => (isHypothesisId(id) ? [{ id, probability }] : []))),
);

const path = v.pipe(
  v.array(v.object({ hop: text, state: v.picklist(hopStates) })),
  v.transform((hops) => hops.flatMap(({ hop, state }) => (isHop(hop) ? [{ hop, state }] : []))),
);

const failureMode = v.pipe(
  v.nullable(text),
  v.transform((name): FailureMode | null => (name !== null && isFailureMode(name) ? name : null)),
);

const affected = v.object({
  id: text,
  host: text,
  status: v.picklist(['fail', 'degraded']),
  failureMode,
  summary: text,
});

export const deployment = v.object({ from: text, to: text, at: time });

export const view = v.object({
  id: text,
  environment: text,
  causes: supposed,
  notRuledOut: supposed,
  hosts: v.nullable(v.array(text)),
  path,
  affected: v.array(affected),
  affectedCount: count,
  severity,
  startedAt: time,
  openedAt: v.nullable(time),
  resolvedAt: v.nullable(time),
  failingCycles: count,
  returns: count,
  history: v.array(v.object({ at: time, causes: causeIds })),
  everAffected: v.array(text),
  deployment: v.nullable(deployment),
  acknowledged: v.nullable(v.object({ at: time, by: text })),
}) satisfies v.GenericSchema<unknown, IncidentView>;

export const mute = v.object({
  what: v.union([v.object({ target: text }), v.object({ host: text }), v.object({ hypothesis: text })]),
  until: time,
  reason: v.nullable(text),
}) satisfies v.GenericSchema<unknown, Mute>;

const change = v.variant('kind', [
  v.object({ kind: v.picklist(['moved', 'narrowed']), from: causeIds }),
  v.object({ kind: v.literal('worse'), from: severity }),
  v.object({ kind: v.literal('returned'), resolvedAt: time }),
]);

const anyEvent = { id: text, subject: text, environment: text, at: time };

export const event = v.variant('kind', [
  v.object({ ...anyEvent, kind: v.picklist(['opened', 'reminded', 'resolved']), incident: view }),
  v.object({ ...anyEvent, kind: v.literal('updated'), incident: view, change }),
  v.object({ ...anyEvent, kind: v.picklist(['monitor-blind', 'monitor-sees']), since: time }),
  v.object({ ...anyEvent, kind: v.literal('mute-ended'), mute, open: v.array(text) }),
  v.object({ ...anyEvent, kind: v.literal('state-lost'), reason: text, keptAs: text }),
]) satisfies v.GenericSchema<unknown, IncidentEvent>;
