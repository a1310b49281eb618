import { cutText } from '../model/cut-text.ts';
import { storedTextBytes } from '../model/incident-schema/limits.ts';
import type { State } from './state.ts';

/** The platform's version and its last change. A cycle that names no version changes nothing. */
export const seeVersion = (before: State['version'], named: string | null, at: string): State['version'] => {
  // Cut as it will be stored, so that the next cycle compares equal texts.
  const seen = named === null ? null : cutText(named, storedTextBytes.version);
  if (seen === null || seen === before?.current) return before;
  return { current: seen, deployment: before === null ? null : { from: before.current, to: seen, at } };
};
