import type { State } from '../../incidents/state.ts';
import { blindHeadline } from '../../wording/blind.ts';
import { sureHeadlinesOf } from '../../wording/causes.ts';
import { plural } from '../../wording/count.ts';
import { lasting } from '../../wording/time.ts';
import type { Standing } from './standing.ts';
import { nameOf, sinceWords } from './words.ts';

export interface Headline {
  /** How the headline is drawn. */
  readonly tone: 'good' | 'bad' | 'attention' | 'unknown';
  readonly text: string;
  /** The evidence for it. */
  readonly reason: string;
}

/** The state of the platform in a sentence. */
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
            text: 'All probes pass',
            reason: facts('no incident is open', 'model registration is not probed here'),
          };
    case 'broken':
      return {
        tone: 'bad',
        text: `Registration is broken: ${sureHeadlinesOf(standing.worst)}`,
        reason: facts(sinceWords(standing.worst.startedAt, now)),
      };
    case 'recovering':
      return {
        tone: 'attention',
        text: `Registration works again so far; the cause was ${sureHeadlinesOf(standing.worst)}`,
        reason: facts(`passing for ${plural(standing.cycles, 'cycle')}, not yet resolved`),
      };
    case 'suspected':
      return {
        tone: 'attention',
        text: `Registration has just failed: ${sureHeadlinesOf(standing.worst)}`,
        reason: facts('not yet an incident; the next cycle decides'),
      };
    case 'impaired':
      return {
        tone: 'attention',
        text: `${tried ? 'People can register models; ' : ''}${standing.worst.severity === 'notice' ? 'something is degraded' : 'something else fails'}: ${sureHeadlinesOf(standing.worst)}`,
        reason: facts(sinceWords(standing.worst.startedAt, now)),
      };
    case 'blind':
      return {
        tone: 'unknown',
        text: `Nothing is known: ${blindHeadline}`,
        reason: facts(`no request gets through ${sinceWords(standing.since, now)}: check the prober’s network`),
      };
    case 'stale':
      return {
        tone: 'unknown',
        text: `Nothing is known: the last cycle was ${lasting(standing.agoMs)} ago`,
        reason: `${nameOf(environment)} · the monitor does not run, saw too little, or could not store its state: check its log and the alarm heartbeat-missing`,
      };
    case 'nothing':
      return {
        tone: 'unknown',
        text: 'Nothing is known yet: no cycle has been tracked',
        reason: `${nameOf(environment)} · the first one comes with the schedule, or no environment has this name`,
      };
  }
};
