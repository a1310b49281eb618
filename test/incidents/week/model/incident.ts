import type { CycleSighting, IncidentRules } from '../../../../src/incidents/cycle.ts';
import type { Severity } from '../../../../src/model/incident.ts';
import { differs } from './causes.ts';

interface Seen {
  readonly atMs: number;
  readonly mark: 'present' | 'absent' | 'unseen';
  readonly sighting: CycleSighting | null;
}

interface Message {
  readonly kind: string;
  readonly change: string | null;
  readonly atMs: number;
  /** The sighting whose diagnosis it named. */
  readonly shown: CycleSighting;
  /** How many sightings there were then. */
  readonly sightings: number;
  readonly severity: Severity;
}

/** All that ever happened to one incident. */
export interface Incident {
  readonly number: number;
  readonly beganAtMs: number;
  /** One for each cycle in which the platform was seen, since it began. */
  readonly seen: Seen[];
  /** All requests that it was ever seen to take down. */
  readonly everAffected: Set<string>;
  /** All that its responses ever said. */
  readonly said: Set<string>;
  /** Since nobody knew of it. */
  readonly messages: Message[];
  phase: 'pending' | 'open' | 'resolved' | 'gone';
  resolvedAtMs: number;
  /** How many marks there were when it was resolved. */
  marksBefore: number;
  returns: number;
  acknowledged: boolean;
}

export const minuteMs = 60_000;

export const beginning = (number: number, beganAtMs: number, sighting: CycleSighting): Incident => {
  const incident: Incident = {
    number,
    beganAtMs,
    seen: [],
    everAffected: new Set(),
    said: new Set(),
    messages: [],
    phase: 'pending',
    resolvedAtMs: 0,
    marksBefore: 0,
    returns: 0,
    acknowledged: false,
  };
  see(incident, { atMs: beganAtMs, sighting, mark: 'present' });
  return incident;
};

export const see = (incident: Incident, seen: Seen): void => {
  incident.seen.push(seen);
  for (const { id } of seen.sighting?.affected ?? []) incident.everAffected.add(id);
  for (const words of seen.sighting?.says ?? []) incident.said.add(words);
};

/** A pending incident turns out to be the return of another one. */
export const join = (pending: Incident, to: Incident): void => {
  pending.phase = 'gone';
  for (const seen of pending.seen) see(to, seen);
};

const marksOf = ({ seen }: Incident) => seen.filter(({ mark }) => mark !== 'unseen');

export const markCount = (incident: Incident): number => marksOf(incident).length;

const presentLately = (incident: Incident, { of }: IncidentRules['open']): number =>
  marksOf(incident)
    .slice(incident.marksBefore)
    .slice(-of)
    .filter(({ mark }) => mark === 'present').length;

export const opens = (incident: Incident, { open, openAtOnce }: IncidentRules): boolean => {
  const failing = incident.seen.at(-1)?.sighting?.affected.filter(({ status }) => status === 'fail') ?? [];
  const atOnce = failing.some(({ id, host }) => [id, host, groupOf(id)].some((name) => openAtOnce.includes(name)));
  return atOnce || presentLately(incident, open) >= open.failures;
};

/** Resolved for good: it did not come back in time, and is not about to. */
export const isOver = (incident: Incident, nowMs: number, { open }: IncidentRules): boolean =>
  incident.phase === 'resolved' && presentLately(incident, open) === 0 && nowMs - incident.resolvedAtMs > 30 * minuteMs;

export const absentInARow = (incident: Incident): number => {
  const marks = marksOf(incident).map(({ mark }) => mark);
  return marks.length - 1 - marks.lastIndexOf('present');
};

/** The first cycle since the last failing one in which everything passed. */
export const passesAgainSinceMs = (incident: Incident): number => {
  const marks = marksOf(incident);
  return marks[marks.findLastIndex(({ mark }) => mark === 'present') + 1]?.atMs ?? 0;
};

export const sightingsOf = ({ seen }: Incident): readonly CycleSighting[] =>
  seen.flatMap(({ sighting }) => sighting ?? []);

export const lastSighting = (incident: Incident): CycleSighting => {
  const last = sightingsOf(incident).at(-1);
  if (last === undefined) throw new Error('an incident begins with a sighting');
  return last;
};

/** The sighting whose diagnosis the incident shows: the last one, unless that is another than the reported one and has not held. */
export const shownSighting = (incident: Incident, { open }: IncidentRules): CycleSighting => {
  const message = incident.messages.at(-1);
  if (message === undefined) return lastSighting(incident);
  const since = sightingsOf(incident).slice(message.sightings);
  if (message.kind === 'resolved') return since.at(-1) ?? message.shown;
  const others = inARow(incident, (one) => differs(causesOf(one), causesOf(message.shown)) !== null, message);
  return since.at(others >= open.failures ? -1 : -1 - others) ?? message.shown;
};

/** For how many failing cycles in a row it has been so; those in which it did not fail or was not seen are left out. */
export const inARow = (
  incident: Incident,
  isSo: (sighting: CycleSighting) => boolean,
  since: Message | null = null,
): number => {
  const all = sightingsOf(incident).slice(since?.sightings ?? 0);
  return all.length - 1 - all.findLastIndex((one) => !isSo(one));
};

export const causesOf = ({ causes }: CycleSighting): readonly string[] => causes.map(({ id }) => id);

/** The flow's steps can be spoken of together. */
export const groupOf = (id: string): string => id.split('.')[0] ?? id;
