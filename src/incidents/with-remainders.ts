import { severities } from '../model/severities.ts';
import type { CycleSighting } from './cycle.ts';

/** Adds unexplained failures to the sighting that they belong to. */
export const withRemainders = (sighting: CycleSighting, remainders: readonly CycleSighting[]): CycleSighting => {
  const all = [sighting, ...remainders];
  const affected = all.flatMap((one) => one.affected);
  return {
    ...sighting,
    affected,
    affectedCount: affected.length,
    severity: severities.find((severity) => all.some((one) => one.severity === severity)) ?? sighting.severity,
    says: [...new Set(all.flatMap(({ says }) => says))],
  };
};
