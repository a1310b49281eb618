import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgePair } from '../../src/drill/judge-pair.ts';
import { judgeSingle } from '../../src/drill/judge-single.ts';
import type { DiagnosisStatus, FaultIds } from '../../src/platform/diagnosis.ts';
import type { Answer } from '../../src/platform/drill.ts';
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
    ['its cause alone is right', cause('rate-limited'), named(['rate-limited']), 'right'],
    ['its cause in a tie is declared', cause('rate-limited'), named(['env-vars-missing', 'rate-limited']), 'in-tie'],
    ['another cause is wrong', cause('rate-limited'), named(['env-vars-missing']), 'wrong'],
    ['no cause is a miss', cause('rate-limited'), silent('no-match'), 'missed'],
    ['health is a miss, too', cause('rate-limited'), silent('healthy'), 'missed'],
    ['a prober that sees nothing says so', cause('monitor-blind'), silent('monitor-blind'), 'right'],
    ['an unknown one is rejected', unknown, silent('no-match'), 'rejected'],
    ['an unknown one in a tie is doubted', unknown, named(['rate-limited', 'env-vars-missing']), 'doubted'],
    ['an unknown one with a sure name is wrong', unknown, named(['rate-limited']), 'confidently-wrong'],
    [
      'one sure name among several faults is enough for that',
      unknown,
      named(['rate-limited'], ['dns-misconfigured', 'env-vars-missing']),
      'confidently-wrong',
    ],
    ['what cannot be seen is quiet', nothing, silent('healthy'), 'quiet'],
    ['an alarm without a name is an alarm', nothing, silent('no-match'), 'false-alarm'],
  ] as const)('%s', (_, truth, answer, verdict) => {
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
    ['both are named', named(['dns-misconfigured'], ['rate-limited']), none, 'both', [true, true]],
    ['one is', named(['dns-misconfigured']), none, 'one', [false, true]],
    ['neither is', named(['env-vars-missing']), none, 'none', [false, false]],
    ['one tie of both is one fault', named(['dns-misconfigured', 'rate-limited']), none, 'one', [true, false]],
    ['what hides behind the other is no miss', named(['dns-misconfigured']), [true, false], 'hidden', [false, true]],
  ] as const)('%s', (_, answer, hidden, verdict, who) => {
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
