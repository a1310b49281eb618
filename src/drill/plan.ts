import { hypotheses } from '../platform/hypotheses.ts';
import { faults } from '../sandbox/faults/faults.ts';

/** `representative`: one fault for each hypothesis, the first; `all`: every fault that has a known cause. */
export const pairings = ['none', 'representative', 'all'] as const;
export type Pairing = (typeof pairings)[number];

export interface Plan {
  /** Faults that are injected by themselves. */
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

/** What a fault stands for in a pair: the first of its causes; empty: none. */
const causeOf = (id: string): string => faults[id]?.causes[0] ?? '';

const isFirst = (among: readonly string[], id: string, index: number): boolean =>
  among.findIndex((other) => causeOf(other) === causeOf(id)) === index;

/** Those that break different hops; of two faults of one hop the second is seldom a fault of its own. */
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
