import type { Drill, SingleResult } from '../../model/drill.ts';
import { hopLabels } from '../../platform/hops.ts';
import { type HypothesisId, hypotheses, hypothesisIds } from '../../platform/hypotheses.ts';
import { labelOf } from './trouble.ts';

/** Columns that are not hypotheses but other diagnoses. */
const otherAnswers = ['monitor-blind', 'nothing named'] as const;

/** The hypotheses in the order of the request path. */
export const inPathOrder: readonly HypothesisId[] = Object.keys(hopLabels).flatMap((hop) =>
  hypothesisIds.filter((id) => hypotheses[id].hop === hop),
);

export const columns: readonly string[] = [...inPathOrder, ...otherAnswers];

/** The label of the hop that a hypothesis breaks; empty: not a hypothesis. */
export const hopOf = (column: string): string => {
  const known: Readonly<Record<string, { readonly hop: keyof typeof hopLabels }>> = hypotheses;
  const found = known[column];
  return found === undefined ? '' : hopLabels[found.hop];
};

export interface HeatCell {
  readonly column: string;
  /** Mean share of the probability that it got, 0 to 1. */
  readonly mass: number;
  /** Whether it is the injected cause. */
  readonly isTruth: boolean;
  /** Whether it was in a declared tie at least once. */
  readonly tied: boolean;
}

export interface HeatRow {
  readonly label: string;
  readonly group: string;
  /** The injected faults. */
  readonly injected: readonly { readonly id: string; readonly title: string }[];
  readonly cells: readonly HeatCell[];
}

/** Injected against named: known causes in path order, then faults outside the catalogue, then faults that cannot be seen. */
export const heatRows = ({ singles }: Drill): readonly HeatRow[] => {
  const known = columns.flatMap((column) => {
    const own = singles.filter(({ causes }) => causes[0] === column);
    return own.length === 0 ? [] : [rowOf(column, hopOf(column) || 'the prober itself', own)];
  });
  const rest = singles.filter(({ causes }) => causes.length === 0);
  const isQuiet = ({ verdict }: SingleResult): boolean => verdict === 'quiet' || verdict === 'false-alarm';
  return [
    ...known,
    ...rest.filter((one) => !isQuiet(one)).map((one) => rowOf(labelOf(one), 'not in the catalogue', [one])),
    ...rest.filter(isQuiet).map((one) => rowOf(labelOf(one), 'nothing to be seen', [one])),
  ];
};

const rowOf = (label: string, group: string, own: readonly SingleResult[]): HeatRow => ({
  label,
  group,
  injected: own.map((one) => ({ id: labelOf(one), title: one.title })),
  cells: columns.map((column) => ({
    column,
    mass: own.reduce((sum, one) => sum + (massesOf(one).get(column) ?? 0), 0) / own.length,
    isTruth: own.some(({ causes }) => (causes.length === 0 ? column === 'nothing named' : causes.includes(column))),
    tied: own.some(({ answer }) =>
      answer.faults.some((fault) => fault.length > 1 && fault.some((id) => id === column)),
    ),
  })),
});

/** Shares that add up to 1. Several faults divide them. */
const massesOf = ({ answer }: SingleResult): ReadonlyMap<string, number> => {
  if (answer.status === 'monitor-blind') return new Map([['monitor-blind', 1]]);
  const total = Math.max(
    1,
    answer.candidates.reduce((sum, { probability }) => sum + probability, 0),
  );
  const masses = new Map<string, number>();
  for (const { id, probability } of answer.candidates) masses.set(id, (masses.get(id) ?? 0) + probability / total);
  const given = [...masses.values()].reduce((sum, mass) => sum + mass, 0);
  return masses.set('nothing named', Math.max(0, 1 - given));
};
