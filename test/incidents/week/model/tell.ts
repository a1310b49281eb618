import type { CycleSighting, IncidentRules } from '../../../../src/incidents/cycle.ts';
import type { Mute, Severity } from '../../../../src/model/incident.ts';
import { severities } from '../../../../src/model/severities.ts';
import { differs } from './causes.ts';
import {
  absentInARow,
  causesOf,
  type Incident,
  inARow,
  lastSighting,
  markCount,
  minuteMs,
  opens,
  passesAgainSinceMs,
  shownSighting,
  sightingsOf,
} from './incident.ts';
import { isMuted } from './muting.ts';

export interface Words {
  readonly kind: string;
  /** What an update says that it changes, and from what; when a resolved one ended. */
  readonly change: string | null;
}

const dayMs = 24 * 60 * minuteMs;

const isHigher = (one: Severity, than: Severity): boolean => severities.indexOf(one) < severities.indexOf(than);

/** What is to be told of an incident after a cycle; null: nothing. */
export const tell = (incident: Incident, nowMs: number, rules: IncidentRules, mutes: readonly Mute[]): Words | null => {
  const words = wordsAfter(incident, nowMs, rules, mutes);
  const { severity } = lastSighting(incident);
  const shown = shownSighting(incident, rules);
  const sightings = sightingsOf(incident).length;
  if (words !== null) incident.messages.push({ ...words, atMs: nowMs, shown, sightings, severity });
  return words;
};

const wordsAfter = (incident: Incident, nowMs: number, rules: IncidentRules, mutes: readonly Mute[]): Words | null => {
  const { messages } = incident;
  if (incident.phase === 'pending') {
    if (opens(incident, rules)) incident.phase = 'open';
    else if (absentInARow(incident) >= rules.open.of) incident.phase = 'gone';
  } else if (incident.phase === 'resolved' && opens(incident, rules)) {
    incident.phase = 'open';
    incident.returns += 1;
    // Nobody is told that it is back: it is as one that was never told.
    if (isMuted(incident, mutes, rules)) messages.length = 0;
  } else if (incident.phase === 'open' && absentInARow(incident) >= patience(incident, rules)) {
    incident.phase = 'resolved';
    incident.resolvedAtMs = nowMs;
    incident.marksBefore = markCount(incident);
    return messages.length === 0
      ? null
      : { kind: 'resolved', change: `at ${new Date(passesAgainSinceMs(incident)).toISOString()}` };
  }
  return incident.phase !== 'open' || isMuted(incident, mutes, rules) ? null : newsOf(incident, nowMs, rules);
};

const patience = ({ returns }: Incident, { resolveAfter }: IncidentRules): number =>
  resolveAfter * Math.min(32, 2 ** returns);

const newsOf = (incident: Incident, nowMs: number, rules: IncidentRules): Words | null => {
  const { messages, acknowledged } = incident;
  const sighting = lastSighting(incident);
  const held = rules.open.failures;
  const last = messages.at(-1);
  if (last === undefined) return { kind: 'opened', change: null };
  if (last.kind === 'resolved') return { kind: 'updated', change: 'returned' };

  const change = differs(causesOf(sighting), causesOf(last.shown));
  const moves = messages.filter((one) => /^(moved|narrowed)/.test(one.change ?? '')).length;
  const pauseMs = moves === 0 ? 0 : Math.min(60, 5 * 2 ** (moves - 1)) * minuteMs;
  const isOther = (one: CycleSighting): boolean => differs(causesOf(one), causesOf(last.shown)) !== null;
  if (change !== null && inARow(incident, isOther, last) >= held && nowMs - last.atMs >= pauseMs)
    return { kind: 'updated', change: `${change} from ${causesOf(last.shown).join(' or ')}` };

  // The end is told as bad as it was known to be.
  const told = messages.filter(({ kind }) => kind !== 'resolved').map(({ severity }) => severity);
  const highest = severities.find((severity) => told.includes(severity)) ?? 'notice';
  if (inARow(incident, ({ severity }) => isHigher(severity, highest)) >= held)
    return { kind: 'updated', change: `worse from ${highest}` };

  const goesOn = ({ kind, change }: (typeof messages)[number]): boolean =>
    kind === 'reminded' || /^(moved|narrowed)/.test(change ?? '');
  const since = messages.slice(messages.findLastIndex((one) => !goesOn(one)) + 1);
  const reminders = since.filter(({ kind }) => kind === 'reminded').length;
  const waitMs = Math.min(dayMs, rules.remindEveryMs * 2 ** reminders);
  return !acknowledged && nowMs - last.atMs >= waitMs ? { kind: 'reminded', change: null } : null;
};
