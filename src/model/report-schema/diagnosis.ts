import * as v from 'valibot';
import { hypothesisIds } from '../../platform/hypotheses.ts';
import { hop } from './outcome.ts';
import { count, described, ids, listOf, moment } from './parts.ts';

export const hypothesisId = v.picklist(hypothesisIds);

export const deployment = v.object({ from: v.string(), to: v.string(), at: moment });

const since = described(moment, 'Start of the first failing cycle.');
const returns = described(count, 'How often the fault went away and came back.');
const before = described(v.nullable(deployment), 'A deployment shortly before the start; null: none was seen.');

/** What earlier cycles say about this one. */
export const history = v.object({
  until: described(moment, 'End of the previous cycle.'),
  version: v.nullable(v.string()),
  deployment: described(v.nullable(deployment), "The last change of the platform's version."),
  ongoing: v.array(
    v.object({
      incident: v.string(),
      since,
      failingCycles: count,
      returns,
      causes: described(listOf(hypothesisId), 'Earlier diagnoses of this fault.'),
      affected: ids,
      deployment: before,
    }),
  ),
});

const command = v.object({ command: v.string(), ifTrue: v.string(), ifFalse: v.string() });

export const hypothesis = v.object({
  id: hypothesisId,
  fault: described(count, 'Index of its fault in `faults`.'),
  probability: described(
    v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
    'Share among all causes of this fault, including those outside the catalogue.',
  ),
  explains: ids,
  contradicts: described(v.array(v.string()), 'Requests that work although it predicts a failure, or the reverse.'),
  hop,
  hosts: described(
    v.nullable(v.array(v.string())),
    'Roles of the affected hosts; null: it does not concern single hosts.',
  ),
  title: described(v.string(), 'One sentence with the cause and the affected hosts.'),
  nextStep: described(v.string(), 'The first command to run.'),
  next: described(
    v.array(command),
    'Commands, most decisive first, with the result of each if the hypothesis is true and if not.',
  ),
  remedy: v.string(),
});

const hopOnPath = v.object({
  hop,
  state: described(
    v.picklist(['works', 'broken', 'unknown', 'not-on-path']),
    'works: a request passed it, behind the first broken hop on the same path; broken: no other hop can be at fault; unknown: no request was seen to pass it; not-on-path: the request does not cross it.',
  ),
  suspect: described(v.boolean(), 'This hop may be broken, and so may another one.'),
});

export const onset = v.object({
  since,
  failingCycles: described(count, 'Failing cycles before this one; 0: the fault is new.'),
  returns,
  deployment: before,
  causes: described(v.array(hypothesisId), 'Earlier diagnoses of this fault.'),
});

export const requestPath = v.object({
  fault: described(v.nullable(count), 'Index of its fault in `faults`; null: no known fault.'),
  request: described(
    v.nullable(v.string()),
    'The request on this path: the one with the longest path among those that show the fault; null: no request crosses the broken hop.',
  ),
  hops: described(
    v.array(hopOnPath),
    'All hops of the platform, from the client inwards; empty when there is no request.',
  ),
  onset: described(v.nullable(onset), 'Start of the failures on this path; null: no failure, or no stored history.'),
});

export const diagnosis = v.object({
  status: v.picklist(['healthy', 'match', 'ambiguous', 'no-match', 'monitor-blind', 'inconclusive']),
  hypotheses: described(
    v.array(hypothesis),
    'By fault, most probable first: all members of a tie, then those that are not ruled out.',
  ),
  faults: described(v.array(v.array(hypothesisId)), 'Independent faults, each as its hypothesis or as the tied ones.'),
  unexplained: described(v.array(v.string()), 'Failing requests without an explanation.'),
  paths: described(
    v.array(requestPath),
    'One request path per fault; without a fault, the path of failing requests or, without failures, of requests with a response.',
  ),
  defect: v.exactOptional(
    described(v.string(), 'Why there is no diagnosis, if the monitor itself failed to make one.'),
  ),
});
