import type { Affected } from '../model/incident.ts';

/**
 * The first `most` entries, with at least one for each host (the flow counts as a host) and status, because mutes apply per host,
 * and messages say whether all of them fail.
 */
export const withEachHost = (affected: readonly Affected[], most: number): readonly Affected[] => {
  if (affected.length <= most) return affected;
  const isFirst = firstsOf(affected);
  const listed = new Set([...affected.filter(isFirst), ...affected.filter((one) => !isFirst(one))].slice(0, most));
  return affected.filter((one) => listed.has(one));
};

/** The first entry of each host and status. */
export const oneOfEachHost = (affected: readonly Affected[]): readonly Affected[] =>
  affected.filter(firstsOf(affected));

const firstsOf = (affected: readonly Affected[]): ((one: Affected) => boolean) => {
  const firsts = new Set(
    [...Map.groupBy(affected, ({ id, host, status }) => `${isOfFlow(id)} ${status} ${host}`).values()].flatMap(
      ([first]) => first ?? [],
    ),
  );
  return (one) => firsts.has(one);
};

const isOfFlow = (id: string): boolean => id.startsWith('registration.');
