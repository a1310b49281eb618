import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgePair } from '../../src/drill/judge-pair.ts';
import { judgeSingle } from '../../src/drill/judge-single.ts';
import type { DiagnosisStatus, FaultIds } from '../../src/model/diagnosis.ts';
import type { Answer } from '../../src/model/drill.ts';
import { hypothesisIds } from '../../src/platform/hypotheses.ts';

/** An answer that names these faults, the members of each with shares that fall. */
const named = (...faults: readonly FaultIds[]): Answer => ({
  status: faults.length === 0 ? 'no-match' : faults.some(({ length }) => length > 1) ? 'ambiguous' : 'match',
  faults,
  candidates: faults.flatMap((fault) =>
    fault.map((id, index) => ({ id, probability: fault.length === 1 ? 0.97 : 0.6 / 2 ** index })),
  ),
});

const silent = (status: DiagnosisStatus): Answer => ({ status, faults: [], candidates: [] });

const cause = (...causes: string[]) => ({ causes, canBeSeen: true });
const unknown = { causes: [], canBeSeen: true };
const nothing = { causes: [], canBeSeen: false };

describe('of one fault', () => {
  it.each([
    {
      title: 'its cause alone is right',
      truth: cause('rate-limited'),
      answer: named(['rate-limited']),
      verdict: 'right',
    },
    {
      title: 'its cause in a tie is declared',
      truth: cause('rate-limited'),
      answer: named(['env-vars-missing', 'rate-limited']),
      verdict: 'in-tie',
    },
    {
      title: 'another cause is wrong',
      truth: cause('rate-limited'),
      answer: named(['env-vars-missing']),
      verdict: 'wrong',
    },
    { title: 'no cause is a miss', truth: cause('rate-limited'), answer: silent('no-match'), verdict: 'missed' },
    { title: 'health is a miss, too', truth: cause('rate-limited'), answer: silent('healthy'), verdict: 'missed' },
    {
      title: 'a prober that sees nothing says so',
      truth: cause('monitor-blind'),
      answer: silent('monitor-blind'),
      verdict: 'right',
    },
    { title: 'an unknown one is rejected', truth: unknown, answer: silent('no-match'), verdict: 'rejected' },
    {
      title: 'an unknown one in a tie is doubted',
      truth: unknown,
      answer: named(['rate-limited', 'env-vars-missing']),
      verdict: 'doubted',
    },
    {
      title: 'an unknown one with a sure name is wrong',
      truth: unknown,
      answer: named(['rate-limited']),
      verdict: 'confidently-wrong',
    },
    {
      title: 'one sure name among several faults is enough for that',
      truth: unknown,
      answer: named(['rate-limited'], ['dns-misconfigured', 'env-vars-missing']),
      verdict: 'confidently-wrong',
    },
    { title: 'what cannot be seen is quiet', truth: nothing, answer: silent('healthy'), verdict: 'quiet' },
    {
      title: 'an alarm without a name is an alarm',
      truth: nothing,
      answer: silent('no-match'),
      verdict: 'false-alarm',
    },
  ] as const)('$title', ({ truth, answer, verdict }) => {
    expect(judgeSingle(truth, answer).verdict).toBe(verdict);
  });

  it('what is named besides the cause is kept, and the cause still counts', () => {
    const judged = judgeSingle(cause('rate-limited'), named(['dns-misconfigured'], ['rate-limited']));
    expect(judged).toEqual({ verdict: 'right', inTopThree: true, besides: [['dns-misconfigured']] });
  });

  it('the fourth most probable is not among the first three', () => {
    const tie = ['dns-misconfigured', 'env-vars-missing', 'cors-misconfigured', 'rate-limited'] as const;
    expect(judgeSingle(cause('rate-limited'), named(tie)).inTopThree).toBe(false);
    expect(judgeSingle(cause('cors-misconfigured'), named(tie)).inTopThree).toBe(true);
  });
});

describe('of two faults', () => {
  const causes = [['rate-limited'], ['dns-misconfigured']] as const;
  const none = [false, false] as const;

  it.each([
    {
      title: 'both are named',
      answer: named(['dns-misconfigured'], ['rate-limited']),
      hidden: none,
      verdict: 'both',
      who: [true, true],
    },
    { title: 'one is', answer: named(['dns-misconfigured']), hidden: none, verdict: 'one', who: [false, true] },
    { title: 'neither is', answer: named(['env-vars-missing']), hidden: none, verdict: 'none', who: [false, false] },
    {
      title: 'one tie of both is one fault',
      answer: named(['dns-misconfigured', 'rate-limited']),
      hidden: none,
      verdict: 'one',
      who: [true, false],
    },
    {
      title: 'what hides behind the other is no miss',
      answer: named(['dns-misconfigured']),
      hidden: [true, false],
      verdict: 'hidden',
      who: [false, true],
    },
  ] as const)('$title', ({ answer, hidden, verdict, who }) => {
    expect(judgePair(causes, hidden, answer)).toMatchObject({ verdict, named: who });
  });

  it('the order of what is named does not matter', () => {
    const fault = fc.uniqueArray(fc.constantFrom(...hypothesisIds), { minLength: 1, maxLength: 3 });
    const two = fc.uniqueArray(fc.constantFrom(...hypothesisIds), { minLength: 2, maxLength: 2 });
    fc.assert(
      fc.property(fc.array(fault, { maxLength: 4 }), two, (faults, [first = '', second = '']) => {
        const judged = (said: readonly FaultIds[], a: string, b: string) => judgePair([[a], [b]], none, named(...said));
        const there = judged(faults, first, second);
        expect(judged(faults.toReversed(), first, second)).toMatchObject({
          verdict: there.verdict,
          named: there.named,
        });
        expect(judged(faults, second, first).verdict).toBe(there.verdict);
        // Both are named only by two faults.
        if (there.verdict === 'both') expect(faults.length).toBeGreaterThan(1);
      }),
    );
  });
});
