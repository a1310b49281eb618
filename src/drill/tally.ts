import type { Alteration, Drill, DrillFigures, DrillPromise, PairResult, Share, SingleResult } from '../model/drill.ts';
import { scoresOf } from './score.ts';

type Results = Pick<Drill, 'singles' | 'pairs' | 'noise'>;

/** Promised share of pairs named completely, out of those whose faults both show. */
const pairsPromised = 0.9;

export const figuresOf = ({ singles, pairs, noise }: Results): DrillFigures => {
  const known = singles.filter(({ verdict }) => ['right', 'in-tie', 'wrong', 'missed'].includes(verdict));
  const open = singles.filter(({ verdict }) => ['rejected', 'doubted', 'confidently-wrong'].includes(verdict));
  const quiet = singles.filter(({ verdict }) => ['quiet', 'false-alarm'].includes(verdict));
  const showing = pairs.filter(({ verdict }) => ['both', 'one', 'none'].includes(verdict));
  const hidden = pairs.filter(({ verdict }) => verdict === 'hidden');
  const changed = (alteration: Alteration, onlyDoubt = false): Share => ({
    is: noise.changes.filter((change) => change.alteration === alteration && change.onlyDoubt === onlyDoubt).length,
    of: noise.tried[alteration],
  });
  const shareOf = (among: readonly SingleResult[], verdict: SingleResult['verdict']): Share =>
    share(among, (one) => one.verdict === verdict);
  return {
    ...scoresOf({ singles, pairs }),
    top1: shareOf(known, 'right'),
    inTie: shareOf(known, 'in-tie'),
    top3: share(known, ({ inTopThree }) => inTopThree === true),
    wrong: shareOf(known, 'wrong'),
    missed: shareOf(known, 'missed'),
    besides: share(known, ({ besides }) => besides.length > 0),
    rejected: shareOf(open, 'rejected'),
    doubted: shareOf(open, 'doubted'),
    confidentlyWrong: shareOf(open, 'confidently-wrong'),
    falseAlarms: shareOf(quiet, 'false-alarm'),
    pairsTried: pairs.length,
    pairsNotApplicable: pairs.filter(({ verdict }) => verdict === 'not-applicable').length,
    pairsHidden: hidden.length,
    hiddenNamed: share(hidden, isVisibleNamed),
    pairsBoth: share(showing, ({ verdict }) => verdict === 'both'),
    pairsOne: share(showing, ({ verdict }) => verdict === 'one'),
    pairsNone: share(showing, ({ verdict }) => verdict === 'none'),
    pairsBesides: share(showing, ({ besides }) => besides.length > 0),
    flapChanges: changed('flaps'),
    lostChanges: changed('lost'),
    lostDoubts: changed('lost', true),
    slowChanges: changed('slow'),
    slowDoubts: changed('slow', true),
  };
};

const share = <T>(among: readonly T[], counts: (one: T) => boolean): Share => ({
  is: among.filter(counts).length,
  of: among.length,
});

/** When both look alike, either may be named. */
const isVisibleNamed = ({ named, hidden }: PairResult): boolean =>
  (named[0] && (!hidden[0] || hidden[1])) || (named[1] && (!hidden[1] || hidden[0]));

export const promisesOf = (figures: DrillFigures): readonly DrillPromise[] => [
  {
    id: 'known-faults-named',
    promise: 'every fault that the catalogue knows is named, alone or in a declared tie',
    holds: figures.wrong.is + figures.missed.is === 0,
  },
  {
    id: 'unknown-faults-not-named',
    promise: 'no fault outside the catalogue gets a known cause with 90 % or more',
    holds: figures.confidentlyWrong.is === 0,
  },
  {
    id: 'no-false-alarms',
    promise: 'a cycle without symptoms gets no cause',
    holds: figures.falseAlarms.is === 0,
  },
  {
    id: 'pairs-named',
    promise: `when two faults both show, both are named in ${pairsPromised * 100} % of the pairs`,
    holds: figures.pairsBoth.is >= pairsPromised * figures.pairsBoth.of,
  },
  {
    id: 'noise-ignored',
    promise:
      'one flapping, lost or slow request changes no verdict; a lost or slow one may add causes that it had ruled out',
    holds: figures.flapChanges.is + figures.lostChanges.is + figures.slowChanges.is === 0,
  },
];
