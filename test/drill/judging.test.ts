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

describe('for one fault', () => {
  it.each([
    {
      title: 'its cause alone is correct',
      truth: cause('rate-limited'),
      answer: named(['rate-limited']),
      verdict: 'right',
    },
    {
      title: 'its cause in a tie is a declared tie',
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
    { title: 'no cause is missed', truth: cause('rate-limited'), answer: silent('no-match'), verdict: 'missed' },
    {
      title: 'a healthy verdict is missed, too',
      truth: cause('rate-limited'),
      answer: silent('healthy'),
      verdict: 'missed',
    },
    {
      title: 'a blind prober is blind',
      truth: cause('monitor-blind'),
      answer: silent('monitor-blind'),
      verdict: 'right',
    },
    {
      title: 'an unknown fault without a named cause is rejected',
      truth: unknown,
      answer: silent('no-match'),
      verdict: 'rejected',
    },
    {
      title: 'an unknown fault with a tie is doubted',
      truth: unknown,
      answer: named(['rate-limited', 'env-vars-missing']),
      verdict: 'doubted',
    },
    {
      title: 'an unknown fault with a confident cause is wrong',
      truth: unknown,
      answer: named(['rate-limited']),
      verdict: 'confidently-wrong',
    },
    {
      title: 'one confident cause among several is enough to be wrong',
      truth: unknown,
      answer: named(['rate-limited'], ['dns-misconfigured', 'env-vars-missing']),
      verdict: 'confidently-wrong',
    },
    {
      title: 'an invisible fault without an alarm is quiet',
      truth: nothing,
      answer: silent('healthy'),
      verdict: 'quiet',
    },
    {
      title: 'an alarm without a cause is an alarm',
      truth: nothing,
      answer: silent('no-match'),
      verdict: 'false-alarm',
    },
  ] as const)('$title', ({ truth, answer, verdict }) => {
    expect(judgeSingle(truth, answer).verdict).toBe(verdict);
  });

  it('further named causes are kept, and the right one still counts', () => {
    const judged = judgeSingle(cause('rate-limited'), named(['dns-misconfigured'], ['rate-limited']));
    expect(judged).toEqual({ verdict: 'right', inTopThree: true, besides: [['dns-misconfigured']] });
  });

  it('the fourth most probable cause is not in the top three', () => {
    const tie = ['dns-misconfigured', 'env-vars-missing', 'cors-misconfigured', 'rate-limited'] as const;
    expect(judgeSingle(cause('rate-limited'), named(tie)).inTopThree).toBe(false);
    expect(judgeSingle(cause('cors-misconfigured'), named(tie)).inTopThree).toBe(true);
  });
});

describe('for two faults', () => {
  const causes = [['rate-limited'], ['dns-misconfigured']] as const;
  const none = [false, false] as const;

  it.each([
    {
      title: 'both named',
      answer: named(['dns-misconfigured'], ['rate-limited']),
      hidden: none,
      verdict: 'both',
      who: [true, true],
    },
    { title: 'one named', answer: named(['dns-misconfigured']), hidden: none, verdict: 'one', who: [false, true] },
    { title: 'none named', answer: named(['env-vars-missing']), hidden: none, verdict: 'none', who: [false, false] },
    {
      title: 'a tie between the two counts as one fault',
      answer: named(['dns-misconfigured', 'rate-limited']),
      hidden: none,
      verdict: 'one',
      who: [true, false],
    },
    {
      title: 'a fault that hides behind the other is not missed',
      answer: named(['dns-misconfigured']),
      hidden: [true, false],
      verdict: 'hidden',
      who: [false, true],
    },
  ] as const)('$title', ({ answer, hidden, verdict, who }) => {
    expect(judgePair(causes, hidden, answer)).toMatchObject({ verdict, named: who });
  });

  it('the order of the named causes does not matter', () => {
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
