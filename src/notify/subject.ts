import type { HypothesisId } from '../platform/hypotheses.ts';
import { headlineOf, headlinesOf, runbookIn } from '../wording/causes.ts';
import { firstFitting } from '../wording/fitting.ts';
import { mutedWords } from '../wording/mute.ts';
import { isSecurityIncident, securityHeadline } from '../wording/security.ts';
import { clock, span } from '../wording/time.ts';
import { noKnownCause } from '../wording/unexplained.ts';
import type { Sendable } from './channel.ts';
import { failingHosts } from './failing.ts';
import { nameOf } from './foreign.ts';
import { isOfIncident } from './head.ts';
import type { EventOfIncident } from './incident-head.ts';
import { notifyLimits } from './limits.ts';
import type { OwnEvent } from './own-head.ts';
import { ownHeadlines } from './own-head.ts';

/**
 * The subject of a mail, as SNS accepts it: fewer than 100 printable ASCII characters, and the first one is visible. If
 * it is too long, the wording is shortened first, then the id is dropped. Severity and environment are never cut.
 */
export const subjectOf = (event: Sendable): string => {
  const start = `[${stateOf(event)}] ${nameOf(event.environment)}: `;
  const { about, news } = wordsOf(event);
  const id = isOfIncident(event) ? ` ${nameOf(event.incident.id)}` : '';
  const variants = [...about.map((what) => `${start}${what} - ${news}${id}`), `${start}${about.at(-1)} - ${news}`];
  return firstFitting(notifyLimits.subject, [ascii(variants[0] ?? start), ...variants.slice(1).map(ascii)]).slice(
    0,
    notifyLimits.subject,
  );
};

/** For mail filters: the end of an incident must not wake anyone. */
const stateOf = (event: Sendable): string => {
  if (event.kind === 'test') return 'TEST';
  if (!isOfIncident(event)) return 'monitor';
  return event.kind === 'resolved' ? 'resolved' : event.incident.severity;
};

interface Words {
  /** Longest form first. */
  readonly about: readonly [string, ...string[]];
  readonly news: string;
}

const wordsOf = (event: Sendable): Words => {
  if (event.kind === 'test') return { about: [event.headline], news: event.id };
  return isOfIncident(event) ? incidentWords(event) : ownWords(event);
};

const incidentWords = (event: EventOfIncident): Words => {
  const { causes, affected } = event.incident;
  const ids = causes.map(({ id }) => id);
  const [host = 'it'] = failingHosts(affected);
  return {
    about: isSecurityIncident(affected)
      ? [securityHeadline]
      : ids.length === 0
        ? [`${nameOf(host)} fails, ${noKnownCause}`, noKnownCause]
        : namesOf(ids, event),
    news: newsOf(event),
  };
};

/** One cause in words that fit what it affects; of several, fewer and fewer. */
const namesOf = (ids: readonly HypothesisId[], { incident, at }: EventOfIncident): Words['about'] => {
  const [only, ...others] = ids;
  return only !== undefined && others.length === 0
    ? [runbookIn(only, incident, at).headline]
    : [headlinesOf(ids), headlineOf(ids), headlineOf(ids.slice(0, 1))];
};

/** The news in a few words. */
export const newsOf = (event: EventOfIncident): string => {
  const { startedAt, resolvedAt } = event.incident;
  if (event.kind === 'reminded') return `still open after ${span(startedAt, event.at)}`;
  if (event.kind === 'resolved') return `lasted ${span(startedAt, resolvedAt ?? event.at)}`;
  if (event.kind !== 'updated') return 'opened';
  switch (event.change.kind) {
    case 'moved':
      return 'new cause';
    case 'narrowed':
      return 'narrowed down';
    case 'worse':
      return `was ${event.change.from}`;
    case 'returned':
      return 'returned';
  }
};

const ownWords = (event: OwnEvent): Words => {
  switch (event.kind) {
    case 'monitor-blind':
      return { about: [ownHeadlines[event.kind]], news: `since ${clock(event.since, event.at)}, nothing is watched` };
    case 'monitor-sees':
      return { about: [ownHeadlines[event.kind]], news: `was blind for ${span(event.since, event.at)}` };
    case 'mute-ended':
      return {
        about: [`mute of ${mutedWords(event.mute, nameOf)} has ended`, ownHeadlines[event.kind]],
        news: event.open.length === 0 ? 'nothing open' : `${event.open.length} still open`,
      };
    case 'state-lost':
      return { about: [ownHeadlines[event.kind]], news: 'the monitor starts over' };
  }
};

const ascii = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/\s+/g, ' ')
    .replace(/[^\x20-\x7e]/gu, '?');
