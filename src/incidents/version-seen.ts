import { cutText } from '../model/cut-text.ts';
import { storedTextBytes } from './limits.ts';
import type { State } from './state.ts';

/** The platform's version and its last change; a cycle that names none changes nothing. */
export const seeVersion = (before: State['version'], named: string | null, at: string): State['version'] => {
  // As it will be stored, so that the next cycle compares like with like.
  const seen = named === null ? null : cutText(named, storedTextBytes.version);
  if (seen === null || seen === before?.current) return before;
  return { current: seen, deployment: before === null ? null : { from: before.current, to: seen, at } };
};
