import type { Affected } from '../model/incident.ts';

/**
 * `20261121-0257-registry`: start of the first failing cycle and the host with the most failures; `-2` is added when
 * the id is taken.
 */
export const incidentId = (startedAtMs: number, affected: readonly Affected[], taken: ReadonlySet<string>): string => {
  const [day = '', time = ''] = new Date(startedAtMs).toISOString().split('T');
  const base = `${day.replaceAll('-', '')}-${time.slice(0, 5).replace(':', '')}-${mostAffected(affected)}`;
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? base : `${base}-${number}`;
    if (!taken.has(id)) return id;
  }
};

/** With the longest environment name, an event id stays within SNS's 128 characters for a deduplication id. */
const hostCharacters = 40;

const mostAffected = (affected: readonly Affected[]): string => {
  const byHost = [...Map.groupBy(affected, ({ host }) => host)].toSorted(([, a], [, b]) => b.length - a.length);
  return byHost[0]?.[0].slice(0, hostCharacters) ?? 'platform';
};
