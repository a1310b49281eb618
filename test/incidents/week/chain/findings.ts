import type { IncidentEvent } from '../../../../src/model/incident.ts';
import type { Ledger } from './ledger.ts';

/** What is wrong with what reached the channels; all empty when the promise is kept. */
export interface Findings {
  readonly differences: readonly string[];
  readonly lost: readonly string[];
  readonly invented: readonly string[];
  /** Twice, and not since a process had ended between sending and writing that down. */
  readonly repeated: readonly string[];
  readonly disorder: readonly string[];
}

export const findingsOf = (ledger: Ledger, channels: readonly string[]): Findings => ({
  differences: ledger.differences,
  invented: ledger.invented,
  lost: channels.flatMap((channel) => lostAt(ledger, channel)),
  repeated: channels.flatMap((channel) => repeatedAt(ledger, channel)),
  disorder: channels.flatMap((channel) => disorderAt(ledger, channel)),
});

const at = ({ deliveries }: Ledger, name: string) => deliveries.filter(({ channel }) => channel === name);

const lostAt = (ledger: Ledger, channel: string): readonly string[] => {
  const reached = new Set(at(ledger, channel).map(({ event }) => event.id));
  return ledger.events
    .filter(({ id }, index) => !reached.has(id) && !isReplaced(ledger.events, index) && !ledger.dropped.has(id))
    .map(({ id }) => `${channel}: ${id}`);
};

/** A reminder that waits is replaced by the next one. */
const isReplaced = (events: readonly IncidentEvent[], index: number): boolean => {
  const event = events[index];
  return (
    event?.kind === 'reminded' &&
    events.slice(index + 1).some(({ kind, subject }) => kind === 'reminded' && subject === event.subject)
  );
};

const repeatedAt = (ledger: Ledger, channel: string): readonly string[] =>
  [...Map.groupBy(at(ledger, channel), ({ event }) => event.id)].flatMap(([id, all]) =>
    all.slice(0, -1).every(({ run }) => ledger.cutShort.has(run)) ? [] : [`${channel}: ${id}`],
  );

/** By what was new to the channel: what is sent again comes late by its nature, and says so by its id. */
const disorderAt = (ledger: Ledger, channel: string): readonly string[] => {
  const place = new Map(ledger.events.map(({ id }, index) => [id, index]));
  const last = new Map<string, number>();
  const seen = new Set<string>();
  return at(ledger, channel).flatMap(({ event: { id, subject } }) => {
    if (seen.has(id)) return [];
    seen.add(id);
    const index = place.get(id) ?? -1;
    const isLate = index < (last.get(subject) ?? -1);
    last.set(subject, index);
    return isLate ? [`${channel}: ${id}`] : [];
  });
};
