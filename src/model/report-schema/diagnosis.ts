import * as v from 'valibot';
import { hypothesisIds } from '../../platform/hypotheses.ts';
import { hop } from './outcome.ts';
import { count, described, ids, listOf, moment } from './parts.ts';

export const hypothesisId = v.picklist(hypothesisIds);

export const deployment = v.object({ from: v.string(), to: v.string(), at: moment });

const since = described(moment, 'Start of the first failing cycle.');
const returns = described(count, 'How often it went away and came back.');
const before = described(v.nullable(deployment), 'Shortly before it began; null: none was seen.');

/** What earlier cycles say about this one. */
export const history = v.object({
  until: described(moment, 'End of the last cycle before.'),
  version: v.nullable(v.string()),
  deployment: described(v.nullable(deployment), "The last change of the platform's version."),
  ongoing: v.array(
    v.object({
      incident: v.string(),
      since,
      failingCycles: count,
      returns,
      causes: described(listOf(hypothesisId), 'Earlier diagnoses of it.'),
      affected: ids,
      deployment: before,
    }),
  ),
});

const command = v.object({ command: v.string(), ifTrue: v.string(), ifFalse: v.string() });

export const hypothesis = v.object({
  id: hypothesisId,
  fault: described(count, 'Which of the `faults` it could be, by its place there.'),
  probability: described(
    v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
    'Of all that could be behind this fault, what is not in the catalogue included.',
  ),
  explains: ids,
  contradicts: described(v.array(v.string()), 'What it would let fail and what works, or the other way round.'),
  hop,
  hosts: described(v.nullable(v.array(v.string())), 'Roles of the hosts; null: it is not a matter of hosts.'),
  title: described(v.string(), 'A sentence: what is wrong, and on which hosts where it is a matter of hosts.'),
  nextStep: described(v.string(), 'What to run first.'),
  next: described(
    v.array(command),
    'Commands, the most telling first, with what each shows if the hypothesis is true and if it is not.',
  ),
  remedy: v.string(),
});

const hopOnPath = v.object({
  hop,
  state: described(
    v.picklist(['works', 'broken', 'unknown', 'not-on-path']),
    'works: something was seen to pass it, behind the first broken hop by the same path; broken: no other hop can be it; unknown: nothing that passed it was seen; not-on-path: the request does not cross it.',
  ),
  suspect: described(v.boolean(), 'It may be what is broken, and so may another hop.'),
});

export const onset = v.object({
  since,
  failingCycles: described(count, 'Failing cycles before this one; 0: it is new in this cycle.'),
  returns,
  deployment: before,
  causes: described(v.array(hypothesisId), 'Earlier diagnoses of it.'),
});

export const requestPath = v.object({
  fault: described(v.nullable(count), 'The fault that it shows, by its place in `faults`; null: none is known.'),
  request: described(
    v.nullable(v.string()),
    'The request whose way it is: of those that show the fault, the one that would have gone furthest; null: none crosses what is broken.',
  ),
  hops: described(
    v.array(hopOnPath),
    'All hops of the platform, from the client inwards; empty when there is no request.',
  ),
  onset: described(
    v.nullable(onset),
    'When what fails on it began; null: nothing fails, or earlier cycles are not remembered.',
  ),
});

export const diagnosis = v.object({
  status: v.picklist(['healthy', 'match', 'ambiguous', 'no-match', 'monitor-blind', 'inconclusive']),
  hypotheses: described(
    v.array(hypothesis),
    'Fault by fault, best first: a tie lists all its members, and then what is not ruled out.',
  ),
  faults: described(
    v.array(v.array(hypothesisId)),
    'Independent faults, each by its hypothesis, or by those that tie.',
  ),
  unexplained: described(v.array(v.string()), 'What fails and nothing explains.'),
  paths: described(
    v.array(requestPath),
    'The request path, one for each fault; without a fault, that of what fails or, where nothing does, of what was answered.',
  ),
  defect: v.exactOptional(described(v.string(), 'Why there is no diagnosis, where the monitor itself failed at it.')),
});
