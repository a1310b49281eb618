import { describe, expect, it } from 'vitest';
import { calibrationError, type ScoredRow, strictScore, sureButWrong } from '../../src/drill/score.ts';
import type { Answer } from '../../src/model/drill.ts';

type Tie = readonly (readonly [id: string, probability: number])[];

const answer = (faults: readonly Tie[]): Answer =>
  ({
    status: 'match',
    faults: faults.map((tie) => tie.map(([id]) => id)),
    candidates: faults.flatMap((tie, fault) => tie.map(([id, probability]) => ({ id, probability, fault }))),
  }) as unknown as Answer;

const row = (causes: ScoredRow['causes'], ...faults: readonly Tie[]): ScoredRow => ({ causes, answer: answer(faults) });

const redis = [['redis-unreachable']] as const;

describe('the strict score', () => {
  it.each([
    { title: 'the cause alone', score: 1, of: row(redis, [['redis-unreachable', 0.99]]) },
    {
      title: 'a tie of two',
      score: 1 / 2,
      of: row(redis, [
        ['redis-unreachable', 0.6],
        ['rate-limited', 0.4],
      ]),
    },
    { title: 'a second fault', score: 1 / 2, of: row(redis, [['redis-unreachable', 0.9]], [['rate-limited', 0.7]]) },
    { title: 'another cause', score: 0, of: row(redis, [['rate-limited', 0.7]]) },
    { title: 'no cause', score: 0, of: row(redis) },
    {
      title: 'one of two causes',
      score: 0,
      of: row([...redis, ['rate-limited']], [['redis-unreachable', 0.9]]),
    },
    {
      title: 'both causes',
      score: 1,
      of: row([...redis, ['rate-limited']], [['redis-unreachable', 0.9]], [['rate-limited', 0.9]]),
    },
  ])('$title: $score', ({ of, score }) => {
    expect(strictScore(of)).toBe(score);
  });
});

it.each([
  { title: 'a wrong name with 80 %', wrong: ['rate-limited'], of: row(redis, [['rate-limited', 0.8]]) },
  { title: 'a wrong name below that', wrong: [], of: row(redis, [['rate-limited', 0.79]]) },
  {
    title: 'a tie that has the cause',
    wrong: [],
    of: row(redis, [
      ['rate-limited', 0.85],
      ['redis-unreachable', 0.15],
    ]),
  },
  { title: 'any name where nothing is broken', wrong: ['rate-limited'], of: row([], [['rate-limited', 0.9]]) },
])('confident and wrong: $title', ({ of, wrong }) => {
  expect(sureButWrong(of)).toEqual(wrong);
});

it('the calibration error is the distance between what is said and how often it is true', () => {
  const right = row(redis, [['redis-unreachable', 0.75]]);
  const wrong = row(redis, [['rate-limited', 0.75]]);

  expect(calibrationError([right, right, right, wrong])).toBeCloseTo(0);
  expect(calibrationError([wrong, wrong])).toBeCloseTo(0.75);
  expect(calibrationError([row(redis)])).toBeNull();
});

it('two hypotheses that are true of one broken thing count as one statement', () => {
  const tie = row(
    [['redis-unreachable', 'rate-limited']],
    [
      ['redis-unreachable', 0.6],
      ['rate-limited', 0.4],
    ],
  );

  expect(calibrationError([tie])).toBeCloseTo(0);
});
