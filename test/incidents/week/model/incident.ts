import type { IncidentRules } from '../../../../src/incidents/cycle.ts';
import type { Severity, Sighting } from '../../../../src/model/incident.ts';

interface Seen {
  readonly mark: 'present' | 'absent' | 'unseen';
  readonly sighting: Sighting | null;
}

interface Message {
  readonly kind: string;
  readonly change: string | null;
  readonly atMs: number;
  readonly causes: readonly string[];
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

export const beginning = (number: number, beganAtMs: number, sighting: Sighting): Incident => {
  const incident: Incident = {
    number,
    beganAtMs,
    seen: [],
    everAffected: new Set(),
    messages: [],
    phase: 'pending',
    resolvedAtMs: 0,
    marksBefore: 0,
    returns: 0,
    acknowledged: false,
  };
  see(incident, { sighting, mark: 'present' });
  return incident;
};

export const see = (incident: Incident, seen: Seen): void => {
  incident.seen.push(seen);
  for (const { id } of seen.sighting?.affected ?? []) incident.everAffected.add(id);
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

export const sightingsOf = ({ seen }: Incident): readonly Sighting[] => seen.flatMap(({ sighting }) => sighting ?? []);

export const lastSighting = ({ seen }: Incident): Sighting => {
  const last = seen.findLast(({ sighting }) => sighting !== null)?.sighting;
  if (last === undefined || last === null) throw new Error('an incident begins with a sighting');
  return last;
};

/** For how many failing cycles in a row it has been so; those in which it did not fail or was not seen are left out. */
export const inARow = ({ seen }: Incident, isSo: (sighting: Sighting) => boolean): number => {
  const before = seen.findLastIndex(({ sighting }) => sighting !== null && !isSo(sighting));
  return seen.slice(before + 1).filter(({ sighting }) => sighting !== null).length;
};

export const causesOf = ({ causes }: Sighting): readonly string[] => causes.map(({ id }) => id);

/** The flow's steps can be spoken of together. */
export const groupOf = (id: string): string => id.split('.')[0] ?? id;
