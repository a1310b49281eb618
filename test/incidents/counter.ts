import type { State } from '../../src/incidents/state.ts';

/** A number in a state, for tests that count what was written: where the platform's version is kept. 1: nothing was counted. */
export const countIn = ({ version }: State): number => Number(version?.current ?? 1);

export const withCount = (state: State, count: number): State => ({
  ...state,
  version: { current: String(count), deployment: null },
});
