import { describe, expect, it } from 'vitest';
import { lambdaLimits } from '../../../src/functions/probe/limits.ts';
import { keptAfterMs, limitMs, type Step } from '../../../src/functions/probe/time-plan.ts';
import { claimMs } from '../../../src/incidents/claims.ts';

const afterTheCycle: readonly Step[] = ['incidents', 'messages', 'receipts', 'metrics', 'answer'];

/** What each step gets when all of them take as long as they may. */
const shares = (leftMs: number): Readonly<Record<string, number>> => {
  let left = leftMs;
  return Object.fromEntries(
    afterTheCycle.map((step) => {
      const share = limitMs(step, left);
      left -= share;
      return [step, share];
    }),
  );
};

describe('the time of an invocation', () => {
  it('leaves each step its share after the longest cycle, even if earlier steps hang', () => {
    expect(shares(lambdaLimits.publishReserveMs)).toEqual({
      ...{ incidents: 3_000, messages: 800, receipts: 2_500, metrics: 2_500, answer: 1_200 },
    });
  });

  it('is never spent twice: all steps end before the function does', () => {
    for (const left of [0, 900, 3_700, 6_200, 10_000, 12_345, 59_000, 900_000]) {
      const sum = Object.values(shares(left)).reduce((total, share) => total + share, 0);
      expect(sum).toBeLessThanOrEqual(left);
    }
  });

  it('is reserved for publishing when a long cycle has used the rest', () => {
    const left = keptAfterMs('receipts');
    expect([limitMs('incidents', left), limitMs('messages', left), limitMs('receipts', left)]).toEqual([0, 0, 0]);
    expect(limitMs('metrics', left)).toBeGreaterThan(0);
  });

  it('is limited for each step, so that a short cycle is published soon', () => {
    expect(limitMs('incidents', 59_000)).toBe(8_000);
    expect(limitMs('metrics', 59_000)).toBe(5_000);
    expect(limitMs('messages', 59_000)).toBeLessThan(claimMs);
  });

  it('leaves the function time to respond before Lambda stops it', () => {
    expect(limitMs('answer', 59_000)).toBeGreaterThan(2 * lambdaLimits.lastWordMs);
  });
});
