import type { State } from './state.ts';

/** The platform's version and its last change; a cycle that names none changes nothing. */
export const seeVersion = (before: State['version'], seen: string | null, at: string): State['version'] => {
  if (seen === null || seen === before?.current) return before;
  return { current: seen, deployment: before === null ? null : { from: before.current, to: seen, at } };
};
