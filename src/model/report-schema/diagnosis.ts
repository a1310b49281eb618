import * as v from 'valibot';
import { hypothesisId, past } from './history.ts';
import { hop } from './outcome.ts';
import { count, ids } from './parts.ts';

/** A question to AWS with its possible answers. */
export const confirmation = v.object({ command: v.string(), ifTrue: v.string(), ifFalse: v.string() });

/** A possible hypothesis with its reasons. */
export const candidate = v.object({
  id: hypothesisId,
  /** The fault that it may be, as an index into `faults`. */
  fault: count,
  /** Among everything that could be behind this fault, including causes outside the catalogue. */
  probability: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  explains: ids,
  /** Requests that pass although it predicts a failure, or fail although it predicts a pass. */
  contradicts: v.array(v.string()),
  hop,
  /** Roles of the hosts that it concerns; null if it does not depend on hosts. */
  hosts: v.nullable(v.array(v.string())),
});

/** A hypothesis with everything needed to act on it. */
export const hypothesis = v.object({
  ...candidate.entries,
  /** The problem as a sentence, with the hosts if they matter. */
  title: v.string(),
  /** The first command to run. */
  nextStep: v.string(),
  /** Commands to run, the most decisive first, and how to read their output. */
  next: v.array(confirmation),
  remedy: v.string(),
});

/** The state of a hop on one request's path. */
export const hopOnPath = v.object({
  hop,
  /**
   * `works`: a request was seen to pass it (behind the first broken hop, one on the same path); `broken`: no other hop
   * explains the fault; `unknown`: no request was seen to pass it; `not-on-path`: the request does not cross it.
   */
  state: v.picklist(['works', 'broken', 'unknown', 'not-on-path']),
  /** It may be the broken hop, but so may another. */
  suspect: v.boolean(),
  /** The fault stops only some requests, or none yet: a certificate that expires soon, one task of two. Absent: not so. */
  partly: v.exactOptional(v.boolean()),
});

/** When a fault began, as far as the history goes. */
export const onset = v.object({
  ...past,
  /** Earlier diagnoses of it; empty: none. */
  causes: v.array(hypothesisId),
});

/** A request's path through the platform, whatever it shows. */
export const way = v.object({
  /** Of the requests that show the fault, the one with the longest path; null if none crosses the broken hop. */
  request: v.nullable(v.string()),
  /** All hops of the platform, from the client inwards; empty if there is no request. */
  hops: v.array(hopOnPath),
});

/** A request's path through the platform. */
export const requestPath = v.object({
  /** The fault that it shows, as an index into `faults`; null: unknown. */
  fault: v.nullable(count),
  ...way.entries,
  /** When its failures began; null: nothing fails, or there is no history. */
  onset: v.nullable(onset),
});

/** One broken thing: its hypothesis, or the hypotheses that cannot be told apart. */
export const faultIds = v.array(hypothesisId);

/** Causes that have no hypothesis but are recognised. */
export const outsideCause = v.picklist([
  'registry-tables-locked',
  'experiments-tables-locked',
  'client-certificate-required',
  'api-task-cannot-connect',
  'mlflow-at-another-prefix',
  'writes-filtered-in-front',
]);

/** Requests that take longer than they should, and what they have in common. */
export const slowness = v.object({
  /** Also those that are within the limit. */
  requests: v.array(v.string()),
  /** Milliseconds by which they exceed their times in the baseline or, without one, the requests that are on time. */
  byMs: v.number(),
  /** The hop that only they cross, or where they lose the time; null: they have none of their own. */
  hop: v.nullable(hop),
  /** They have in common that they carry a key. */
  withKey: v.boolean(),
});

export const diagnosis = v.object({
  status: v.picklist(['healthy', 'match', 'ambiguous', 'no-match', 'monitor-blind', 'inconclusive']),
  /** Grouped by fault, best first. A tie lists all its members, followed by what is not ruled out. */
  hypotheses: v.array(hypothesis),
  /** Independent faults, each as one hypothesis or as several that tie. */
  faults: v.array(faultIds),
  /** Failing requests that no hypothesis explains. */
  unexplained: v.array(v.string()),
  /** One per fault, in the same order. Without a fault: the path of what fails, or of an answered request. */
  paths: v.array(requestPath),
  /** What the unexplained requests look like, though no hypothesis says so. Absent: like nothing that is known. */
  outside: v.exactOptional(v.array(outsideCause)),
  /** Why the monitor itself failed to make a diagnosis. */
  defect: v.exactOptional(v.string()),
  /** Absent: no request is slow. */
  slowness: v.exactOptional(slowness),
});
