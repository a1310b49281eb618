import { createHash } from 'node:crypto';
import type { ReadResponse } from './answerer.ts';
import { isObject, type Json } from './json.ts';

/** Characters of a fingerprint, in hexadecimal: enough for the few answerers of a platform. */
const length = 12;

const isWord = (text: string): boolean => /^[a-z_-]{1,40}$/i.test(text);

/** Headers that one answerer sends with one answer and not with the next: cookies, caching, lengths, limits, traces. */
const varying =
  /^(set-cookie|age|etag|last-modified|retry-after|vary)$|connection|cache|-length|-encoding|ratelimit|trace|request-id|keep-alive/;

/**
 * Tells one answerer from another without knowing either: equal for all answers of one kind that one answerer gives. Made of
 *
 * - the names of the headers, in their order, without those that vary; `server` as often as it was sent;
 * - the products in `server`, without versions, comments, and words with digits, which can be a machine's name;
 * - the media type, without its parameters;
 * - the shape of the body: the sorted keys of a JSON object, a list, HTML, text, or nothing.
 *
 * No value else goes in, nor the status. All of it is redacted before, so no secret goes in either.
 */
export const fingerprintOf = ({ headers, headerOrder, body, json }: ReadResponse): string => {
  const names = headerOrder.split(' ').filter((name) => !varying.test(name));
  const type = (headers['content-type'] ?? '').toLowerCase().split(';', 1)[0]?.trim() ?? '';
  const parts = [names.join(' '), productsIn(headers['server'] ?? ''), type, shapeOf(body, json, type)];
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, length);
};

const productsIn = (server: string): string =>
  server
    .toLowerCase()
    .replace(/\([^()]*\)|\/[^\s,]*/g, ' ')
    .split(/[\s,]/)
    .filter(isWord)
    .join(' ');

/** A key with a digit can be an id, so it is none of the shape. */
const shapeOf = (body: string, json: Json, type: string): string => {
  const value = json.kind === 'value' ? json.value : null;
  if (isObject(value)) return `{${Object.keys(value).filter(isWord).toSorted().join()}`;
  if (Array.isArray(value)) return 'list';
  return type.includes('html') || /^\s*</.test(body) ? 'html' : body.trim() && 'text';
};
