import * as v from 'valibot';
import { type Hop, hopLabels } from '../../platform/hops.ts';
import { type HypothesisId, hypotheses } from '../../platform/hypotheses.ts';
import { type FailureMode, isFailureMode } from '../failure-modes.ts';
import { severities } from '../severities.ts';
import { storedEntries, storedTextBytes } from './limits.ts';
import { count, firstOf, id, name, newestOf, reason, text, time, version } from './stored.ts';

/*
 * After a rollback to an older version, the store may hold ids that only the newer version knows (a hypothesis, a failure
 * mode, a hop). These ids are left out: one incident that counts as unexplained is better than losing all incidents.
 * Everything else must match the schema.
 */

const isHypothesisId = (id: string): id is HypothesisId => Object.hasOwn(hypotheses, id);
const isHop = (name: string): name is Hop => Object.hasOwn(hopLabels, name);

export const severity = v.picklist(severities);

export const causeIds = v.pipe(
  firstOf(name, storedEntries.causes),
  v.transform((ids) => ids.filter(isHypothesisId)),
);

const candidates = v.pipe(
  firstOf(
    v.object({
      id: name,
      probability: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
      /** What AWS says that confirms it; absent: it does not, or was not asked. */
      confirmedBy: v.exactOptional(text(storedTextBytes.summary)),
    }),
    storedEntries.causes,
  ),
  v.transform((all) => all.flatMap(({ id, ...rest }) => (isHypothesisId(id) ? [{ id, ...rest }] : []))),
);

/**
 * `works`: seen working; `broken`: the broken hop (`partly`: only for some requests, or not yet); `suspect`: one of several that may be broken;
 * `unseen`: no request was seen to pass it; `not-reached`: also unseen, and behind the broken hop.
 */
export const hopState = v.picklist(['works', 'broken', 'suspect', 'unseen', 'not-reached']);

const path = v.pipe(
  firstOf(v.object({ hop: name, state: hopState, partly: v.exactOptional(v.boolean()) }), storedEntries.hops),
  v.transform((hops) => hops.flatMap(({ hop, ...rest }) => (isHop(hop) ? [{ hop, ...rest }] : []))),
);

const failureMode = v.pipe(
  v.nullable(name),
  v.transform((name): FailureMode | null => (name !== null && isFailureMode(name) ? name : null)),
);

/** A request that an incident affects, as last seen failing. */
export const affected = v.object({
  /** A target's id, `registration.<step>`, or `registration.clean-up`. */
  id: name,
  host: name,
  status: v.picklist(['fail', 'degraded']),
  failureMode,
  summary: text(storedTextBytes.summary),
  /** The end of the certificate that expires soon or has expired. Absent: it is not about one. */
  validTo: v.exactOptional(time),
});

export const deployment = v.object({ from: version, to: version, at: time });

/** One broken thing as a cycle saw it. Incidents are made of these. */
export const sighting = v.object({
  /** The hypothesis, or those that cannot be told apart; empty if no known cause explains it. */
  causes: candidates,
  notRuledOut: candidates,
  /** Roles of the hosts concerned; null if it does not depend on hosts. */
  hosts: v.nullable(firstOf(name, storedEntries.hosts)),
  path,
  /** The most informative ones first; bounded. */
  affected: firstOf(affected, storedEntries.affected),
  /** The number of all affected requests. */
  affectedCount: count,
  severity,
  /** Recognised causes without a hypothesis, by the id that the report gives them. Absent: none. */
  outside: v.exactOptional(firstOf(name, storedEntries.causes)),
  /** True: the baseline may be stale. Absent: no reason to doubt it. */
  baselineDoubted: v.exactOptional(v.boolean()),
});

/** A diagnosis and when it began; no causes: unexplained. */
export const earlierDiagnosis = v.object({ at: time, causes: causeIds });

/** An incident as messages and lists show it. Times are ISO 8601, UTC. */
export const view = v.object({
  /** `20261121-0257-registry`: when and where its first failing cycle began. */
  id,
  environment: name,
  ...sighting.entries,
  /** Start of the first failing cycle, not of the alert. */
  startedAt: time,
  openedAt: v.nullable(time),
  resolvedAt: v.nullable(time),
  /** Failing cycles since it began. */
  failingCycles: count,
  /** How often it went away and came back. */
  returns: count,
  /** All diagnoses so far, newest last. */
  history: newestOf(earlierDiagnosis, storedEntries.history),
  /** Ids of all requests that it has ever affected. */
  everAffected: firstOf(name, storedEntries.everAffected),
  /** The change of version shortly before it began; null if none was seen. */
  deployment: v.nullable(deployment),
  acknowledged: v.nullable(v.object({ at: time, by: reason })),
});
