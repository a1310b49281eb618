import type { FailureMode } from '../model/failure-modes.ts';
import type { Hop } from '../platform/hops.ts';
import { lookFirst } from './look-first.ts';
import { outsideLooks } from './outside.ts';

interface Failing {
  readonly failureMode: FailureMode | null;
  readonly hop?: Hop | null;
}

/**
 * Where to look first when no hypothesis says so: the places of causes that are recognised without one, then of the
 * most frequent failures.
 */
export const placesToLook = (
  failing: readonly Failing[],
  outside: readonly string[] | undefined,
  most: number,
): readonly string[] => [...outsideLooks(outside), ...placesOf(failing), ...anywhere].slice(0, most);

/** What helps with any failure that nothing known explains. */
const anywhere = [
  'what changed shortly before: deployments, rules, certificates, DNS',
  'the log of the component that answered, at the time of these requests',
];

const placesOf = (failing: readonly Failing[]): readonly string[] =>
  [...Map.groupBy(failing, ({ failureMode, hop = null }) => (failureMode === null ? '' : lookFirst(failureMode, hop)))]
    .filter(([place]) => place !== '')
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([place]) => place);
