import { createHash } from 'node:crypto';
import type { Headers } from '../model/headers.ts';
import type { AnswerFindings } from '../model/report.ts';
import { limited } from '../model/text-limits.ts';
import type { ReadResponse } from './answerer.ts';
import { isObject, type Json } from './json.ts';

/** Hexadecimal characters of a fingerprint: enough for the few answerers of a platform. */
const length = 12;

const isWord = (text: string): boolean => /^[a-z_-]{1,40}$/i.test(text);

/** Headers that the same answerer sends with some responses only: cookies, caching, lengths, limits, traces. */
const varying =
  /^(set-cookie|age|etag|last-modified|retry-after|vary)$|connection|cache|-length|-encoding|ratelimit|trace|request-id|keep-alive/;

/**
 * Distinguishes answerers without knowing them: equal for all responses of one kind from one answerer. Made of
 *
 * - the header names in order, without those that vary; `server` as often as it was sent;
 * - the products in `server`, without versions, comments, and words with digits, which can be host names;
 * - the media type, without its parameters;
 * - the shape of the body: the sorted keys of a JSON object, a list, HTML, text, or nothing.
 *
 * No other value goes in, nor does the status. The input is already redacted, so the fingerprint holds no secret.
 */
export const fingerprintOf = ({ headers, headerOrder, body, json }: ReadResponse): string => {
  const names = headerOrder.split(' ').filter((name) => !varying.test(name));
  const type = mediaTypeIn(headers);
  const parts = [names.join(' '), productsIn(headers['server'] ?? ''), type, shapeOf(body, json, type)];
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, length);
};

/** What the headers say about the sender. */
export const marksOf = (headers: Headers): NonNullable<AnswerFindings['marks']> => ({
  server: limited(productsIn(headers['server'] ?? ''), 'header'),
  type: limited(mediaTypeIn(headers), 'header'),
});

const mediaTypeIn = (headers: Headers): string =>
  (headers['content-type'] ?? '').toLowerCase().split(';', 1)[0]?.trim() ?? '';

const productsIn = (server: string): string =>
  server
    .toLowerCase()
    .replace(/\([^()]*\)|\/[^\s,]*/g, ' ')
    .split(/[\s,]/)
    .filter(isWord)
    .join(' ');

/** Leaves out keys with a digit: they may be ids. */
const shapeOf = (body: string, json: Json, type: string): string => {
  const value = json.kind === 'value' ? json.value : null;
  if (isObject(value)) return `{${Object.keys(value).filter(isWord).toSorted().join()}`;
  if (Array.isArray(value)) return 'list';
  return type.includes('html') || /^\s*</.test(body) ? 'html' : body.trim() && 'text';
};
