import type { Drill, PairResult, PairVerdict } from '../../model/drill.ts';
import { inPathOrder } from './heat.ts';

/** The pairs of two hypotheses, with the worst verdict. Null: they break the same hop or were not tried. */
export interface PairCell {
  readonly verdict: PairVerdict;
  readonly pairs: readonly PairResult[];
}

export interface PairMap {
  /** Hypotheses that take part, in path order. */
  readonly ids: readonly string[];
  /** Row by row. Each row has as many cells as there are rows above it. */
  readonly rows: readonly (readonly (PairCell | null)[])[];
}

const worstFirst: readonly PairVerdict[] = ['none', 'one', 'both', 'hidden', 'not-applicable'];

export const pairMap = ({ pairs }: Drill): PairMap => {
  const ids = inPathOrder.filter((id) => pairs.some(({ causes }) => causes.includes(id)));
  const key = (causes: readonly string[]): string => causes.toSorted().join();
  const byCauses = Map.groupBy(pairs, ({ causes }) => key(causes));
  const cell = (row: string, column: string): PairCell | null => {
    const found = byCauses.get(key([row, column])) ?? [];
    const verdict = worstFirst.find((each) => found.some((pair) => pair.verdict === each));
    return verdict === undefined ? null : { verdict, pairs: found };
  };
  return { ids, rows: ids.map((row, index) => ids.slice(0, index).map((column) => cell(row, column))) };
};
