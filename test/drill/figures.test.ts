import fc from 'fast-check';
import { expect, it } from 'vitest';
import { figuresOf, promisesOf } from '../../src/drill/tally.ts';
import type { PairResult, PairVerdict, SingleResult, SingleVerdict } from '../../src/model/drill.ts';

const answer = { status: 'no-match', faults: [], candidates: [] } as const;

const single = (verdict: SingleVerdict): SingleResult => ({
  fault: 'made-up',
  generation: '2026',
  title: '',
  causes: [],
  verdict,
  inTopThree: null,
  besides: [],
  answer,
});

const pair = (verdict: PairVerdict): PairResult => ({
  faults: ['one', 'other'],
  causes: ['one', 'other'],
  verdict,
  named: [verdict === 'both', verdict === 'both' || verdict === 'one'],
  hidden: [false, verdict === 'hidden'],
  besides: [],
  answer,
  reason: null,
});

const quietNoise = { tried: { flaps: 10, lost: 10, slow: 10 }, changes: [] };

const broken = (singles: readonly SingleVerdict[], pairs: readonly PairVerdict[]): readonly string[] =>
  promisesOf(figuresOf({ singles: singles.map(single), pairs: pairs.map(pair), noise: quietNoise }))
    .filter(({ holds }) => !holds)
    .map(({ id }) => id);

it('every result is counted once, in its own group', () => {
  const verdicts = fc.constantFrom<SingleVerdict[]>(
    'right',
    'in-tie',
    'wrong',
    'missed',
    'rejected',
    'doubted',
    'confidently-wrong',
    'quiet',
    'false-alarm',
  );
  const pairVerdicts = fc.constantFrom<PairVerdict[]>('both', 'one', 'none', 'hidden', 'not-applicable');
  fc.assert(
    fc.property(fc.array(verdicts), fc.array(pairVerdicts), (singles, pairs) => {
      const figures = figuresOf({ singles: singles.map(single), pairs: pairs.map(pair), noise: quietNoise });
      const { top1, inTie, wrong, missed, rejected, doubted, confidentlyWrong, falseAlarms } = figures;
      expect(top1.is + inTie.is + wrong.is + missed.is).toBe(top1.of);
      expect(rejected.is + doubted.is + confidentlyWrong.is).toBe(rejected.of);
      expect(top1.of + rejected.of + falseAlarms.of).toBe(singles.length);
      const { pairsBoth, pairsOne, pairsNone, pairsHidden, pairsNotApplicable } = figures;
      expect(pairsBoth.is + pairsOne.is + pairsNone.is).toBe(pairsBoth.of);
      expect(pairsBoth.of + pairsHidden + pairsNotApplicable).toBe(pairs.length);
    }),
  );
});

it('a drill without a wrong diagnosis keeps every promise, even a small one', () => {
  expect(broken(['right', 'in-tie', 'rejected', 'doubted', 'quiet'], ['both', 'hidden', 'not-applicable'])).toEqual([]);
  expect(broken([], [])).toEqual([]);
});

it('each kind of mistake breaks its own promise', () => {
  expect(broken(['wrong'], [])).toEqual(['known-faults-named']);
  expect(broken(['missed'], [])).toEqual(['known-faults-named']);
  expect(broken(['confidently-wrong'], [])).toEqual(['unknown-faults-not-named']);
  expect(broken(['false-alarm'], [])).toEqual(['no-false-alarms']);
});

it('nine of ten pairs are enough; impossible and invisible pairs do not count', () => {
  const both = Array<PairVerdict>(9).fill('both');
  expect(broken([], [...both, 'one', 'hidden', 'not-applicable'])).toEqual([]);
  expect(broken([], [...both, 'one', 'none'])).toEqual(['pairs-named']);
});

it.each(['flaps', 'lost', 'slow'] as const)(
  'one verdict changed by a request that %s breaks the promise',
  (alteration) => {
    const change = {
      alteration,
      request: 'auth.root',
      fault: null,
      generation: '2026',
      before: [],
      after: [['rate-limited']],
      onlyDoubt: false,
    } as const;
    const doubt = { ...change, onlyDoubt: true };
    const figures = figuresOf({ singles: [], pairs: [], noise: { ...quietNoise, changes: [change, doubt] } });
    expect(figures).toMatchObject({
      flapChanges: { is: Number(alteration === 'flaps'), of: 10 },
      lostChanges: { is: Number(alteration === 'lost'), of: 10 },
      lostDoubts: { is: Number(alteration === 'lost'), of: 10 },
      slowChanges: { is: Number(alteration === 'slow'), of: 10 },
      slowDoubts: { is: Number(alteration === 'slow'), of: 10 },
    });
    expect(
      promisesOf(figures)
        .filter(({ holds }) => !holds)
        .map(({ id }) => id),
    ).toEqual(['noise-ignored']);
  },
);
