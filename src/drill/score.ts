import type { Answer, Drill, DrillFigures, Score } from '../model/drill.ts';
import { faults } from '../sandbox/faults/faults.ts';
import { names } from './answer.ts';

/** A diagnosis beside the truth. */
export interface ScoredRow {
  /** For each broken thing, the hypotheses that are true of it; empty: the catalogue has none, or nothing is broken. */
  readonly causes: readonly (readonly string[])[];
  readonly answer: Answer;
}

/** From this probability on, a wrong name costs an engineer the night. */
const sure = 0.8;

const bins = 10;

/**
 * 0 if a true cause is not named, otherwise the share of the true ones among those that are named: a tie counts with its
 * size. Without a cause to name, 1 if none is named.
 */
export const strictScore = ({ causes, answer: { faults, status } }: ScoredRow): number => {
  const named = status === 'monitor-blind' ? [[status]] : faults;
  if (causes.length === 0) return named.length === 0 ? 1 : 0;
  const isWhole = causes.every((own) => named.some((fault) => names(fault, own)));
  return isWhole ? Math.min(1, causes.length / named.flat().length) : 0;
};

/** What is named with 80 % or more although neither it nor what it ties with is true. */
export const sureButWrong = ({ causes, answer: { faults, candidates } }: ScoredRow): readonly string[] => {
  const all = causes.flat();
  const isRight = (id: string): boolean => faults.some((fault) => names(fault, [id]) && names(fault, all));
  return candidates.filter(({ id, probability }) => probability >= sure && !isRight(id)).map(({ id }) => id);
};

/** What a row says, with its probability. Hypotheses that are all true of one broken thing are one statement. */
const statementsOf = ({ causes, answer: { candidates } }: ScoredRow) => {
  const right = causes
    .map((own) => candidates.filter(({ id }) => own.includes(id)))
    .filter(({ length }) => length > 0)
    .map((own) => ({
      probability: Math.min(
        1,
        own.reduce((sum, one) => sum + one.probability, 0),
      ),
      isTrue: true,
    }));
  const wrong = candidates.filter(({ id }) => !names([id], causes.flat()));
  return [...right, ...wrong.map(({ probability }) => ({ probability, isTrue: false }))];
};

/** The mean distance between what probabilities say and how often they are right, in ten bins; null: nothing was named. */
export const calibrationError = (rows: readonly ScoredRow[]): number | null => {
  const said = rows.flatMap(statementsOf);
  if (said.length === 0) return null;
  const byBin = Map.groupBy(said, ({ probability }) => Math.min(bins - 1, Math.floor(probability * bins)));
  const off = [...byBin.values()].map((bin) =>
    Math.abs(bin.reduce((sum, { probability, isTrue }) => sum + probability - Number(isTrue), 0)),
  );
  return off.reduce((sum, one) => sum + one, 0) / said.length;
};

const meanScore = (rows: readonly ScoredRow[]): Score => ({
  mean: rows.length === 0 ? 0 : rows.reduce((sum, row) => sum + strictScore(row), 0) / rows.length,
  of: rows.length,
});

/** A pair's result names the first cause of each fault. */
const causesOf = (fault: string | undefined, first: string): readonly string[] =>
  faults[fault ?? '']?.causes ?? [first];

/** Rows without a known cause, and pairs of which one is hidden, have no strict score, but can be sure and wrong. */
export const scoresOf = ({
  singles,
  pairs,
}: Pick<Drill, 'singles' | 'pairs'>): Pick<
  DrillFigures,
  'strictSingles' | 'strictPairs' | 'sureButWrong' | 'calibrationError'
> => {
  const alone = singles.map(
    ({ causes, answer }): ScoredRow => ({ causes: causes.length === 0 ? [] : [causes], answer }),
  );
  const both = pairs.flatMap(({ faults: injected, causes, answer, verdict }) =>
    answer === null
      ? []
      : [
          {
            causes: causes.map((cause, index) => causesOf(injected[index], cause)),
            answer,
            hidden: verdict === 'hidden',
          },
        ],
  );
  const all = [...alone, ...both];
  return {
    strictSingles: meanScore(alone.filter(({ causes }) => causes.length > 0)),
    strictPairs: meanScore(both.filter(({ hidden }) => !hidden)),
    sureButWrong: { is: all.filter((row) => sureButWrong(row).length > 0).length, of: all.length },
    calibrationError: calibrationError(all),
  };
};
