import type { State } from '../incidents/state.ts';
import { lasting, plural } from '../report/plain-text.ts';
import type { Standing } from './standing.ts';
import { causesInShort, clock, nameOf, sinceWords } from './words.ts';

export interface Headline {
  /** How it is drawn. */
  readonly tone: 'good' | 'bad' | 'attention' | 'unknown';
  readonly text: string;
  /** What speaks for it. */
  readonly reason: string;
}

/** The answer in a sentence. */
export const headlineOf = (standing: Standing, environment: string, state: State | null, now: number): Headline => {
  const seen = `last cycle ${state?.lastCycle == null ? 'never' : `${lasting(now - Date.parse(state.lastCycle.startedAt))} ago`}`;
  const facts = (...words: readonly string[]): string => [...words, nameOf(environment), seen].join(' · ');
  const tried = state?.lastCycle?.flow === true;
  switch (standing.kind) {
    case 'healthy':
      return tried
        ? { tone: 'good', text: 'People can register models now', reason: facts('no incident is open') }
        : {
            tone: 'good',
            text: 'What is probed answers as it should',
            reason: facts('no incident is open', 'whether people can register models is not tried here'),
          };
    case 'broken':
      return {
        tone: 'bad',
        text: `Registration is broken: ${causesInShort(standing.worst)}`,
        reason: facts(sinceWords(standing.worst.startedAt, now)),
      };
    case 'recovering':
      return {
        tone: 'attention',
        text: `Registration works again, so far: it was ${causesInShort(standing.worst)}`,
        reason: facts(`passes for ${plural(standing.cycles, 'cycle')}, over when it lasts`),
      };
    case 'suspected':
      return {
        tone: 'attention',
        text: `Registration failed just now: ${causesInShort(standing.worst)}`,
        reason: facts('seen too seldom for an incident yet; the next cycle tells'),
      };
    case 'impaired':
      return {
        tone: 'attention',
        text: `${tried ? 'People can register models; ' : ''}${standing.worst.severity === 'notice' ? 'something is not as it should be' : 'something else fails'}: ${causesInShort(standing.worst)}`,
        reason: facts(sinceWords(standing.worst.startedAt, now)),
      };
    case 'blind':
      return {
        tone: 'unknown',
        text: 'Nothing is known: the monitor itself reaches nothing',
        reason: facts(
          `nothing that it asks gets through, since ${clock(standing.since, now)}: look at the prober’s network`,
        ),
      };
    case 'stale':
      return {
        tone: 'unknown',
        text: `Nothing is known: the last cycle was ${lasting(standing.agoMs)} ago`,
        reason: `${nameOf(environment)} · the monitor does not run, saw too little, or could not store it: look at its log and at the alarm heartbeat-missing`,
      };
    case 'nothing':
      return {
        tone: 'unknown',
        text: 'Nothing is known yet: no cycle was tracked',
        reason: `${nameOf(environment)} · the first one comes with the schedule; an environment of this name may also not exist`,
      };
  }
};
