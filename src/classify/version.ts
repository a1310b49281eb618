import type { ReadResponse } from './answerer.ts';
import { isObject } from './json.ts';

/** Whether the served version is the expected one. `v2026.6.1`, as a tag is named, equals `2026.6.1`. */
export const sameVersion = (served: string | null, meant: string): boolean =>
  served !== null && withoutV(served) === withoutV(meant);

const withoutV = (version: string): string => version.replace(/^[vV](?=\d)/, '');

/** One word of the characters that versions, tags and commit hashes use. */
const wordPattern = /^[\w.+-]{1,100}$/;

/** The version that a body names: JSON with a `version`, or a single word; null if it names none. */
export const namedVersion = ({ body, json }: Pick<ReadResponse, 'body' | 'json'>): string | null => {
  const text = body.trim();
  const value = json.kind === 'value' ? json.value : text;
  const version = isObject(value) ? value['version'] : value;
  // Keep a bare number as text: as a number, 2.10 becomes 2.1.
  const word = isObject(value) || typeof version !== 'number' ? version : text;
  return (typeof word === 'string' || typeof word === 'number') && wordPattern.test(String(word)) ? String(word) : null;
};
