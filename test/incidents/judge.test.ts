import { describe, expect, it, test } from 'vitest';
import { judge } from '../../src/incidents/judge.ts';
import { fitted } from '../../src/incidents/room.ts';
import { emptyState, type State } from '../../src/incidents/state.ts';
import { recordOf } from '../../src/model/cause-record.ts';
import type { Judgement } from '../../src/model/incident.ts';
import type { HypothesisId } from '../../src/platform/hypotheses.ts';
import { recordWords } from '../../src/wording/judgement.ts';
import { incidentView } from './events.ts';

const [discovery, address] = ['service-discovery-broken', 'mlflow-unreachable-from-api'] as const;
const by = { at: '2026-11-21T08:12:00.000Z', by: 'ada', note: null };

/** A state that keeps incidents with these causes, named i0, i1 … */
const keeping = (...named: readonly (readonly HypothesisId[])[]): State => ({
  ...emptyState('development'),
  past: named.map((causes, index) => ({
    ...incidentView(`i${index}`),
    causes: causes.map((id) => ({ id, probability: 0.9 / causes.length })),
  })),
});

const judged = (
  state: State,
  incident: string,
  verdict: Judgement['verdict'],
  cause: Judgement['cause'] = null,
): State => judge(state, { incident, verdict, cause, ...by });

describe('a judgement', () => {
  test.each([
    { named: [discovery], verdict: 'right', cause: null, found: discovery },
    { named: [discovery, address], verdict: 'right', cause: address, found: address },
    { named: [discovery], verdict: 'wrong', cause: null, found: null },
    { named: [discovery], verdict: 'wrong', cause: address, found: address },
    { named: [discovery], verdict: 'wrong', cause: 'other', found: 'other' },
    { named: [], verdict: 'right', cause: null, found: 'other' },
    { named: [], verdict: 'wrong', cause: address, found: address },
  ] as const)('$verdict of $named with the cause $cause stores $found', ({ named, verdict, cause, found }) => {
    const { judgements } = judged(keeping(named), 'i0', verdict, cause);
    expect(judgements).toMatchObject([{ incident: 'i0', named, verdict, cause: found, by: 'ada' }]);
  });

  test.each([
    {
      title: 'an unknown incident',
      named: [discovery],
      id: 'i9',
      verdict: 'right',
      cause: null,
      says: /no incident i9 of development; the newest: i0/,
    },
    {
      title: 'a tie without its cause',
      named: [discovery, address],
      id: 'i0',
      verdict: 'right',
      cause: null,
      says: /--cause which of them/,
    },
    {
      title: 'right with another cause',
      named: [discovery],
      id: 'i0',
      verdict: 'right',
      cause: address,
      says: /judge it wrong --cause mlflow-unreachable-from-api/,
    },
    {
      title: 'wrong with the named cause',
      named: [discovery],
      id: 'i0',
      verdict: 'wrong',
      cause: discovery,
      says: /judge it right --cause service-discovery-broken/,
    },
    {
      title: 'right with a cause where none was named',
      named: [],
      id: 'i0',
      verdict: 'right',
      cause: address,
      says: /names no known cause: judge it wrong/,
    },
    {
      title: 'wrong and unknown where none was named',
      named: [],
      id: 'i0',
      verdict: 'wrong',
      cause: 'other',
      says: /names no known cause: judge it right/,
    },
  ] as const)('is refused for $title', ({ named, id, verdict, cause, says }) => {
    expect(() => judged(keeping(named), id, verdict, cause)).toThrow(says);
  });

  it('replaces an earlier one of the same incident', () => {
    const state = judged(judged(keeping([discovery]), 'i0', 'right'), 'i0', 'wrong', address);
    expect(state.judgements).toMatchObject([{ verdict: 'wrong', cause: address }]);
  });

  it('outlives its incident, and only the newest have room', () => {
    const many = Array.from(
      { length: 200 },
      (_, index): Judgement => ({
        ...{ incident: `20261121-0257-registry-${index}`, startedAt: by.at, named: [discovery] },
        ...{ verdict: 'right', cause: discovery, ...by },
      }),
    );
    const { judgements } = fitted({ ...emptyState('development'), judgements: many }).state;
    expect(judgements.length).toBeGreaterThan(40);
    expect(judgements).toEqual(many.slice(-judgements.length));
  });
});

describe('the record of a hypothesis', () => {
  const all = [
    judged(keeping([discovery]), 'i0', 'right'),
    judged(keeping([discovery]), 'i0', 'wrong'),
    judged(keeping([discovery, address]), 'i0', 'right', discovery),
    judged(keeping([address]), 'i0', 'wrong', discovery),
  ].flatMap(({ judgements }) => judgements);

  test.each([
    { id: discovery, words: "right 2 of 3 times by people's judgement; once the true cause where it was not named" },
    { id: address, words: "right 0 of 1 time by people's judgement" },
    { id: 'rate-limited', words: '' },
  ] as const)('of $id is: $words', ({ id, words }) => {
    expect(recordWords(recordOf(id, all))).toBe(words);
  });
});
