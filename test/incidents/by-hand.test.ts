import { expect, it } from 'vitest';
import { mute } from '../../src/incidents/by-hand.ts';
import { emptyState, type State } from '../../src/incidents/state.ts';
import { storedEntries } from '../../src/model/incident-schema/limits.ts';

const muted = (state: State, number: number): State =>
  mute(state, { what: { target: `my.target-${number}` }, until: '2026-11-22T06:00:00.000Z', reason: null });

it('a mute beyond the limit is refused with the fix; an existing one can still be changed', () => {
  const numbers = Array.from({ length: storedEntries.mutes }, (_, number) => number);
  const full = numbers.reduce(muted, emptyState('development'));

  expect(() => muted(full, storedEntries.mutes)).toThrow(/20 mutes are set by command.*remove one first/);
  expect(muted(full, 0).mutes).toHaveLength(storedEntries.mutes);
});
