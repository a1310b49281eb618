import { describe, expect, it } from 'vitest';
import { type LookBudget, spendLooks, youngOf } from '../../src/incidents/look-budget.ts';
import { emptyState, type State } from '../../src/incidents/state.ts';
import { parseState } from '../../src/incidents/state-schema.ts';
import { began, cycleAt, discovery, minuteMs, playCycles } from './cycles.ts';

const budget: LookBudget = { cyclesPerMonth: 3, youngMs: 60 * minuteMs };
const november = Date.parse('2026-11-30T23:59:00Z');

const spend = (from: State, times: readonly number[]): readonly (State['looks'] | 'used up')[] => {
  let state = from;
  return times.map((at) => {
    const spent = spendLooks(state, at, budget);
    state = spent ?? state;
    return spent === null ? 'used up' : spent.looks;
  });
};

describe('looks that cost money', () => {
  it('end with the month’s share, and begin again with the next month', () => {
    const minutes = [0, 0, 0, 0, 1].map((minute) => november + minute * minuteMs);
    expect(spend(emptyState('test'), minutes)).toEqual([
      { month: '2026-11', cycles: 1 },
      { month: '2026-11', cycles: 2 },
      { month: '2026-11', cycles: 3 },
      'used up',
      { month: '2026-12', cycles: 1 },
    ]);
  });

  it('are not made at all with a share of 0', () => {
    expect(spendLooks(emptyState('test'), november, { ...budget, cyclesPerMonth: 0 })).toBeNull();
  });

  it('are for young incidents: an old one does not use up the month', () => {
    const { state } = playCycles([cycleAt(began, [discovery])]);
    const ages = [59, 60].map((minutes) => youngOf(state, began + minutes * minuteMs, budget).length);
    expect(ages).toEqual([1, 0]);
  });

  it('are counted across cycles, and a state of an earlier build counts none', () => {
    const spent = spendLooks(emptyState('test'), november, budget);
    expect(parseState(JSON.stringify(spent))).toMatchObject({ state: { looks: { cycles: 1 } } });
    const { looks: _, ...earlier } = emptyState('test');
    expect(parseState(JSON.stringify(earlier))).toMatchObject({ kind: 'state', state: { looks: null } });
    expect(playCycles([cycleAt(began, [discovery])], undefined, spent ?? undefined).state.looks).toEqual(spent?.looks);
  });
});
