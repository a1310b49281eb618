import type { ReadResponse } from './answerer.ts';
import { isObject } from './json.ts';

/** Whether a server's version is the one that is meant: `v2026.6.1`, as a tag is called, is `2026.6.1`. */
export const sameVersion = (served: string | null, meant: string): boolean =>
  served !== null && withoutV(served) === withoutV(meant);

const withoutV = (version: string): string => version.replace(/^[vV](?=\d)/, '');

/** One word, of the letters that versions, tags and hashes of commits have. */
const wordPattern = /^[\w.+-]{1,100}$/;

/** The version that a body names, whatever else it is: JSON with a `version`, or a word alone; null: it names none. */
export const namedVersion = ({ body, json }: Pick<ReadResponse, 'body' | 'json'>): string | null => {
  const text = body.trim();
  const value = json.kind === 'value' ? json.value : text;
  const version = isObject(value) ? value['version'] : value;
  // A bare number is taken as it is written: as a number 2.10 is 2.1.
  const word = isObject(value) || typeof version !== 'number' ? version : text;
  return (typeof word === 'string' || typeof word === 'number') && wordPattern.test(String(word)) ? String(word) : null;
};
