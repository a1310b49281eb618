import type { Drill, NoiseChange, PairResult, SingleResult } from '../../model/drill.ts';
import { plural } from '../../wording/count.ts';
import { answerWords, faultWords, singleWords } from './words.ts';

/** A broken promise: what was injected, its true cause, and the diagnosis. */
export interface Trouble {
  readonly done: string;
  readonly truth: string;
  readonly answered: string;
}

export const labelOf = ({ fault, generation }: Pick<SingleResult, 'fault' | 'generation'>): string =>
  fault ?? `healthy platform of ${generation}`;

export const singleTroubles = ({ singles }: Drill): readonly Trouble[] =>
  singles
    .filter(({ verdict }) => ['wrong', 'missed', 'confidently-wrong', 'false-alarm'].includes(verdict))
    .map((one) => ({
      done: labelOf(one),
      truth: one.causes.length === 0 ? 'none of the catalogue' : one.causes.join(', '),
      answered: `${singleWords[one.verdict]}: ${answerWords(one.answer)}`,
    }));

export interface MissedBeside {
  /** The hypothesis that was not named … */
  readonly missed: string;
  /** … although it shows in these pairs. */
  readonly beside: readonly PairResult[];
}

/** Pairs that are not named completely, grouped by the missing hypothesis. */
export const missedInPairs = ({ pairs }: Drill): readonly MissedBeside[] => {
  const missed = pairs
    .filter(({ verdict }) => verdict === 'one' || verdict === 'none')
    .flatMap((pair) => pair.causes.flatMap((cause, index) => (pair.named[index] === true ? [] : [{ cause, pair }])));
  return [...Map.groupBy(missed, ({ cause }) => cause)]
    .map(([cause, of]) => ({ missed: cause, beside: of.map(({ pair }) => pair) }))
    .toSorted((a, b) => b.beside.length - a.beside.length);
};

/** Changes by noise, grouped by fault. With `onlyDoubt`, those that only add doubt. */
export const noiseTroubles = ({ noise }: Drill, onlyDoubt: boolean): readonly Trouble[] =>
  [
    ...Map.groupBy(
      noise.changes.filter((change) => change.onlyDoubt === onlyDoubt),
      (change) => JSON.stringify([labelOf(change), change.alteration, said(change.after)]),
    ),
  ].map(([, [first, ...more]]) => ({
    done:
      first === undefined
        ? ''
        : `${labelOf(first)}, ${first.request} ${first.alteration}${more.length === 0 ? '' : `, and ${plural(more.length, 'other')}`}`,
    truth: first === undefined ? '' : said(first.before),
    answered: first === undefined ? '' : said(first.after),
  }));

const said = (faults: NoiseChange['before']): string =>
  faults.length === 0 ? 'nothing' : faults.map(faultWords).join(', and ');
