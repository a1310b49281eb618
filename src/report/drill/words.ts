import type { FaultIds } from '../../model/diagnosis.ts';
import type { Answer, Drill, DrillFigures, PairVerdict, Score, Share, SingleVerdict } from '../../model/drill.ts';
import { plural } from '../../wording/count.ts';
import { surenessOf, withSureness } from '../../wording/probability.ts';
import { noKnownCause } from '../../wording/unexplained.ts';

const thousands = (count: number): string => count.toLocaleString('en-US');

const outOf = ({ is, of }: Share): string => `${thousands(is)} of ${thousands(of)}`;

/** A fault as it was named; a tie lists its members. */
export const faultWords = (fault: FaultIds): string => fault.join(' or ');

/** The whole diagnosis, with its probabilities. */
export const answerWords = ({ status, faults, candidates }: Answer): string => {
  // Probabilities of several faults on one line would read as one distribution.
  const sure = surenessOf(faults.length > 1 ? [] : candidates);
  const named = (id: string): string => {
    const found = candidates.find((one) => one.id === id);
    return found === undefined ? id : withSureness(id, sure(found));
  };
  return faults.length === 0 ? status : faults.map((fault) => fault.map(named).join(' or ')).join(', and ');
};

export const singleWords: Readonly<Record<SingleVerdict, string>> = {
  right: 'named',
  'in-tie': 'in a tie',
  wrong: 'named as something else',
  missed: 'missed',
  rejected: noKnownCause,
  doubted: 'taken for a known cause, without confidence',
  'confidently-wrong': 'taken for a known cause, with confidence',
  quiet: 'nothing named',
  'false-alarm': 'false alarm',
};

export const pairWords: Readonly<Record<PairVerdict, string>> = {
  both: 'both named',
  one: 'one named',
  none: 'neither named',
  hidden: 'one hides the other',
  'not-applicable': 'cannot be combined',
};

/** The drill in a sentence or two, promises first. */
export const headline = ({ figures }: Drill): string =>
  [
    ...(figures.top1.of === 0
      ? []
      : [
          `${figures.top1.is + figures.inTie.is} of ${plural(figures.top1.of, 'known fault')} named (${figures.top1.is} alone, ${figures.inTie.is} in a declared tie)`,
        ]),
    ...(figures.rejected.of === 0
      ? []
      : [
          `${figures.confidentlyWrong.is === 0 ? 'none' : figures.confidentlyWrong.is} of ${plural(figures.rejected.of, 'unknown one')} taken for a known one with confidence`,
        ]),
    ...(figures.falseAlarms.of === 0
      ? []
      : [
          `${figures.falseAlarms.is === 0 ? 'no false alarm' : plural(figures.falseAlarms.is, 'false alarm')} in ${plural(figures.falseAlarms.of, 'healthy cycle')}`,
        ]),
    ...(figures.pairsBoth.of === 0
      ? []
      : [
          `${figures.pairsBoth.is} of ${plural(figures.pairsBoth.of, 'pair')} with both named${figures.pairsHidden === 0 ? '' : ` (in ${figures.pairsHidden} more, one hides the other)`}`,
        ]),
    `${noiseCount(figures)} of ${thousands(figures.flapChanges.of + figures.lostChanges.of + figures.slowChanges.of)} verdicts changed by noise`,
  ].join('; ');

const noiseCount = ({ flapChanges, lostChanges, slowChanges }: DrillFigures): string => {
  const changes = flapChanges.is + lostChanges.is + slowChanges.is;
  return changes === 0 ? 'none' : thousands(changes);
};

/** Every figure that was measured, with its meaning, most important first. */
export const figureLines = (figures: DrillFigures): readonly (readonly [string, string])[] => [
  ...some({ is: 0, of: figures.strictSingles.of }, [
    ['strict score of known faults: a tie counts by its size', meanOf(figures.strictSingles)],
  ]),
  ...some({ is: 0, of: figures.strictPairs.of }, [['… of pairs that both show', meanOf(figures.strictPairs)]]),
  ['named with 80 % or more, and wrong', outOf(figures.sureButWrong)],
  ...(figures.calibrationError === null
    ? []
    : [['calibration error, in ten bins', figures.calibrationError.toFixed(3)] as const]),
  ...some(figures.top1, [
    ['known faults named alone (top 1)', outOf(figures.top1)],
    ['… in a declared tie', outOf(figures.inTie)],
    ['… among the three most probable (top 3)', outOf(figures.top3)],
    ['… named as something else', outOf(figures.wrong)],
    ['… missed', outOf(figures.missed)],
    ['… with something else named besides', outOf(figures.besides)],
  ]),
  ...some(figures.rejected, [
    [`unknown faults: ${noKnownCause}`, outOf(figures.rejected)],
    ['… a known cause, below 90 % or in a tie', outOf(figures.doubted)],
    ['… a known cause, 90 % or more', outOf(figures.confidentlyWrong)],
  ]),
  ...some(figures.falseAlarms, [['false alarms in healthy cycles', outOf(figures.falseAlarms)]]),
  ...some({ is: 0, of: figures.pairsTried }, [
    ['pairs tried', thousands(figures.pairsTried)],
    ['… cannot be combined', `${figures.pairsNotApplicable}`],
    ['… one hides the other', `${figures.pairsHidden}`],
  ]),
  ...some(figures.hiddenNamed, [['… of these, the one that shows is named', outOf(figures.hiddenNamed)]]),
  ...some(figures.pairsBoth, [
    ['… both show; both named', outOf(figures.pairsBoth)],
    ['… both show; one named', outOf(figures.pairsOne)],
    ['… both show; neither named', outOf(figures.pairsNone)],
    ['… both show; something else named besides', outOf(figures.pairsBesides)],
  ]),
  ['verdicts changed by a request that flaps', outOf(figures.flapChanges)],
  ['verdicts changed by a request that is lost', outOf(figures.lostChanges)],
  ['… not changed, but with more in doubt', outOf(figures.lostDoubts)],
  ['verdicts changed by a request that is slow', outOf(figures.slowChanges)],
  ['… not changed, but with more in doubt', outOf(figures.slowDoubts)],
];

const meanOf = ({ mean, of }: Score): string => `${mean.toFixed(3)} over ${thousands(of)}`;

const some = (tried: Share, lines: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] =>
  tried.of === 0 ? [] : lines;

/** How the figures were obtained, and how reliable they are. */
export const methodLines = ({ repeated, late }: Drill): readonly string[] => [
  'Faults are injected into the sandbox and probed through real sockets. A pair is hidden when every request shows what it shows under one of its faults alone.',
  'Noise is not injected: in each cycle with one fault or none, every passing probe in turn is altered in the evidence (failed once, or twice), and the cycle is diagnosed again.',
  ...(repeated.length === 0
    ? []
    : [
        `This machine was too busy for ${plural(repeated.length, 'cycle')}, run again alone${late.length === 0 ? '' : `; late once more, so worth less: ${late.join(', ')}`}.`,
      ]),
];
