import type { Cycle, CycleSighting } from './cycle.ts';
import { goesOn, haveSameCause, requestsInCommon, saySame } from './kin.ts';
import { isOpen, isPending, isResolved, type Tracked } from './state.ts';
import { joined } from './track.ts';
import { withRemainders } from './with-remainders.ts';

export interface Matches {
  /** Each tracked incident with its sighting; null: it has none. */
  readonly tracked: readonly (readonly [Tracked, CycleSighting | null])[];
  /** Sightings of new incidents. */
  readonly others: readonly CycleSighting[];
}

type Seen = Pick<Cycle, 'sightings' | 'passed'>;
type Owned = ReadonlyMap<Tracked, CycleSighting>;

/** Decides which incident each sighting belongs to, by the rules in docs/incidents.md. */
export const matchSightings = (cycle: Seen, tracked: readonly Tracked[]): Matches => {
  const owned = sightingsOfEach(cycle, tracked);
  const starts = startsOfReturns(cycle, tracked, owned);
  const own = new Set(owned.values());
  const remainders = Map.groupBy(
    cycle.sightings.filter((one) => !own.has(one)),
    (one) =>
      mostInCommon(
        one,
        [...owned.keys()].filter((incident) => isRemainder(one, incident)),
      ),
  );
  const absorbed = new Set(starts.values());
  return {
    tracked: tracked
      .filter((incident) => !absorbed.has(incident))
      .map((incident) => {
        const sighting = owned.get(incident);
        return sighting === undefined
          ? [incident, null]
          : [joined(incident, starts.get(incident)), withRemainders(sighting, remainders.get(incident) ?? [])];
      }),
    others: remainders.get(undefined) ?? [],
  };
};

const sightingsOfEach = (cycle: Seen, tracked: readonly Tracked[]): Owned => {
  const pairs = cycle.sightings
    .flatMap((sighting) =>
      tracked.map((incident) => ({
        sighting,
        incident,
        rule: ruleOf(sighting, incident, cycle),
        common: requestsInCommon(sighting, incident),
      })),
    )
    .filter(({ rule }) => rule !== unrelated)
    .toSorted((a, b) => a.rule - b.rule || b.common - a.common);
  const owned = new Map<Tracked, CycleSighting>();
  const taken = new Set<CycleSighting>();
  for (const { sighting, incident } of pairs) {
    if (owned.has(incident) || taken.has(sighting)) continue;
    owned.set(incident, sighting);
    taken.add(sighting);
  }
  return owned;
};

const unrelated = 5;

/** The number of the rule by which a sighting belongs to an incident. */
const ruleOf = (sighting: CycleSighting, incident: Tracked, cycle: Seen): number => {
  if (haveSameCause(sighting, incident)) return isResolved(incident) ? 3 : 1;
  if (isResolved(incident) || !goesOn(sighting, incident, cycle)) return unrelated;
  return isOpen(incident) ? 2 : 4;
};

/** Pending incidents that were the beginning of a return, by the incident that returns. */
const startsOfReturns = (cycle: Seen, tracked: readonly Tracked[], owned: Owned): ReadonlyMap<Tracked, Tracked> => {
  const starts = new Map<Tracked, Tracked>();
  for (const [incident, sighting] of owned) {
    if (!isResolved(incident)) continue;
    const taken = new Set(starts.values());
    const start = mostInCommon(
      sighting,
      tracked.filter((one) => isPending(one) && !owned.has(one) && !taken.has(one) && goesOn(sighting, one, cycle)),
    );
    if (start !== undefined) starts.set(incident, start);
  }
  return starts;
};

const isRemainder = (sighting: CycleSighting, incident: Tracked): boolean =>
  sighting.causes.length === 0 && !isResolved(incident) && saySame(sighting, incident);

const mostInCommon = (sighting: CycleSighting, incidents: readonly Tracked[]): Tracked | undefined =>
  incidents.toSorted((a, b) => requestsInCommon(sighting, b) - requestsInCommon(sighting, a))[0];
