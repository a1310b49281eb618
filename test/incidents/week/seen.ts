import type { Cycle, CycleSighting } from '../../../src/incidents/cycle.ts';
import { causesAt, type Fault, isOn, isPlaced, takenAt } from './fault.ts';
import type { Random } from './random.ts';
import { hostOf } from './requests.ts';

type Seen = Pick<Cycle, 'sightings' | 'passed' | 'probed'>;

const sightingOf = (fault: Fault, minute: number, ids: readonly string[]): CycleSighting => {
  const causes = causesAt(fault, minute);
  return {
    causes: causes.map((id) => ({ id, probability: 0.9 / causes.length })),
    notRuledOut: (fault.doubts ? fault.said.flatMap((one) => one.causes) : [])
      .filter((id) => !causes.includes(id))
      .map((id) => ({ id, probability: 0.05 })),
    hosts: causes[0] !== undefined && isPlaced(causes[0]) ? [...new Set(ids.map(hostOf))] : null,
    path: [],
    affected: ids.map((id) => ({
      id,
      host: hostOf(id),
      status: fault.degraded ? 'degraded' : 'fail',
      failureMode: fault.degraded ? 'slow' : 'upstream-unreachable',
      summary: fault.name,
    })),
    affectedCount: ids.length,
    says: fault.says,
    severity: minute < fault.growsAt ? fault.severity : fault.severityLater,
  };
};

/** What one cycle sees of the faults that are there: each request shows the deepest fault on its way, or nothing. */
export const seenAt = (random: Random, faults: readonly Fault[], minute: number, probed: readonly string[]): Seen => {
  const there = faults.filter((fault) => isOn(fault, minute)).toSorted((a, b) => b.depth - a.depth);
  const shows = new Map<string, Fault>();
  for (const fault of there)
    for (const id of takenAt(fault, minute)) if (!shows.has(id) && probed.includes(id)) shows.set(id, fault);
  const unseen = new Set([...shows].flatMap(([id, fault]) => (random.chance(fault.unseen) ? id : [])));
  if (random.chance(0.03)) for (const id of random.some(probed, random.between(1, 20))) unseen.add(id);
  const sightings = there.flatMap((fault) => {
    const ids = probed.filter((id) => shows.get(id) === fault && !unseen.has(id));
    return ids.length === 0 ? [] : [sightingOf(fault, minute, ids)];
  });
  return {
    // In the order of the diagnosis: what explains most comes first.
    sightings: sightings.toSorted((a, b) => b.affectedCount - a.affectedCount),
    passed: new Set(probed.filter((id) => !shows.has(id) && !unseen.has(id))),
    probed: new Set(probed),
  };
};
