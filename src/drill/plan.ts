import { hypotheses } from '../platform/hypotheses.ts';
import { faults } from '../sandbox/faults/faults.ts';

/** `representative`: the first fault of each hypothesis; `all`: every fault with a known cause. */
export const pairings = ['none', 'representative', 'all'] as const;
export type Pairing = (typeof pairings)[number];

export interface Plan {
  /** Faults injected alone. */
  readonly singles: readonly string[];
  readonly pairs: readonly (readonly [string, string])[];
}

/** @param wanted ids of faults; empty: all. */
export const planOf = (wanted: readonly string[], pairing: Pairing): Plan => {
  const singles = Object.keys(faults).filter((id) => wanted.length === 0 || wanted.includes(id));
  const known = singles.filter((id) => causeOf(id) in hypotheses);
  const taken = pairing === 'all' ? known : known.filter((id, index) => isFirst(known, id, index));
  return { singles, pairs: pairing === 'none' ? [] : pairsOf(taken) };
};

/** What a fault represents in a pair: its first cause; empty: none. */
const causeOf = (id: string): string => faults[id]?.causes[0] ?? '';

const isFirst = (among: readonly string[], id: string, index: number): boolean =>
  among.findIndex((other) => causeOf(other) === causeOf(id)) === index;

/** Pairs that break different hops. A second fault at the same hop is rarely visible as a separate one. */
const pairsOf = (ids: readonly string[]): readonly (readonly [string, string])[] =>
  ids.flatMap((first, index) =>
    ids
      .slice(index + 1)
      .filter((second) => hopOf(second) !== hopOf(first))
      .map((second) => [first, second] as const),
  );

const hopOf = (id: string): string | null => {
  const known: Readonly<Record<string, { readonly hop: string }>> = hypotheses;
  return known[causeOf(id)]?.hop ?? null;
};
