import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { percent, percents, surenessOf } from '../../src/wording/probability.ts';

/** Causes that exclude each other: together at most certain. */
const distribution = fc
  .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 })
  .chain((weights) => {
    const whole = weights.reduce((sum, weight) => sum + weight, 0) || 1;
    return fc.double({ min: 0, max: 1, noNaN: true }).map((known) => weights.map((weight) => (weight / whole) * known));
  });

/** The least that the words stand for. */
const numberIn = (words: string): number => (words === 'under 1 %' ? 0 : Number(/\d+/.exec(words)?.[0]));

describe('probabilities in one line', () => {
  test('never add up to more than 100 %', () => {
    fc.assert(
      fc.property(distribution, (probabilities) => {
        const shown = percents(probabilities).map(numberIn);
        expect(shown.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(100);
      }),
    );
  });

  test('are off by less than one, keep their order, and are never certain', () => {
    fc.assert(
      fc.property(distribution, (probabilities) => {
        const shown = percents(probabilities);
        for (const [index, probability] of probabilities.entries()) {
          expect(shown[index]).toMatch(/^(?:over 99|under 1|[1-9]\d?) %$/);
          expect(Math.abs(numberIn(shown[index] ?? '') - probability * 100)).toBeLessThanOrEqual(1 + 1e-6);
          for (const [other, less] of probabilities.entries())
            if (less <= probability - 1e-9)
              expect(numberIn(shown[other] ?? '')).toBeLessThanOrEqual(numberIn(shown[index] ?? ''));
        }
      }),
    );
  });

  test.each([
    { probabilities: [0.485, 0.515], shown: ['49 %', '51 %'] },
    { probabilities: [0.335, 0.335, 0.33], shown: ['34 %', '33 %', '33 %'] },
    { probabilities: [0.996, 0.004], shown: ['over 99 %', 'under 1 %'] },
    { probabilities: [1], shown: ['over 99 %'] },
    { probabilities: [0], shown: ['under 1 %'] },
    { probabilities: [0.816, 0.184], shown: ['82 %', '18 %'] },
  ])('$probabilities are shown as $shown', ({ probabilities, shown }) => {
    expect(percents(probabilities)).toEqual(shown);
  });

  test('are unchanged when there is only one', () => {
    expect([0.004, 0.005, 0.5, 0.994, 0.996].map(percent)).toEqual(['under 1 %', '1 %', '50 %', '99 %', 'over 99 %']);
  });

  test('are omitted when they do not exclude each other, or are unknown', () => {
    const [one, other] = [{ probability: 0.9 }, { probability: 0.8 }];
    const unknown = { probability: null };

    expect([one, other].map(surenessOf([one, other]))).toEqual(['', '']);
    expect([one, unknown].map(surenessOf([one, unknown]))).toEqual(['90 %', '']);
  });
});
