import type { ReadResponse } from './answerer.ts';
import { visibleText } from './visible-text.ts';

/**
 * The words of a response, to search for its cause: JSON without escapes, HTML without tags, and both without stack-trace
 * lines, which name everything that the request went through, and without paths, as the requested one is often repeated.
 * Linear time.
 */
export const toldText = ({ body, json, headers }: Pick<ReadResponse, 'body' | 'json' | 'headers'>): string => {
  const text = json.kind !== 'none' ? unescaped(body) : isHtml(body, headers['content-type']) ? shown(body) : body;
  return withoutPaths(withoutStack(text)).replace(/\s+/g, ' ');
};

const isHtml = (body: string, type = ''): boolean => /html/i.test(type) || /^\s*<(!doctype|html)/i.test(body);

/** Includes the title, which a browser shows too. */
const shown = (html: string): string =>
  [/<title\b[^<>]*>([^<]*)/i.exec(html)?.[1] ?? '', visibleText(html)]
    .join('\n')
    .replace(/&(?:quot|#34|#x22);/gi, '"')
    .replace(/&(?:apos|#0?39|#x27);/gi, "'");

const unescaped = (json: string): string =>
  json
    .replace(/\\u([\da-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\[nrt]/g, '\n')
    .replaceAll('\\/', '/')
    .replaceAll('\\"', '"');

/**
 * In Python tracebacks, drops every indented line, which leaves the message. Otherwise drops lines that begin with `at`
 * (Node, Java).
 */
const withoutStack = (text: string): string =>
  text.replace(text.includes('Traceback (most recent') ? /\n[ \t][^\n]*/g : /\n[ \t]{1,16}at [^\n]*/g, '');

/** An address of a service keeps its host. */
const withoutPaths = (text: string): string => text.replace(/(^|[\s"'`(=:])\/[\w%.~-][\w%.~/-]*/g, '$1');
