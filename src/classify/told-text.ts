import type { ReadResponse } from './answerer.ts';
import { visibleText } from './visible-text.ts';

/**
 * The words of an answer, to look for its cause: JSON without its escapes, HTML without its tags, and neither with the lines of a
 * stack trace, which name whatever the request went through. Takes linear time.
 */
export const toldText = ({ body, json, headers }: ReadResponse): string => {
  const text = json.kind !== 'none' ? unescaped(body) : isHtml(body, headers['content-type']) ? shown(body) : body;
  return withoutStack(text).replace(/\s+/g, ' ');
};

const isHtml = (body: string, type = ''): boolean => /html/i.test(type) || /^\s*<(!doctype|html)/i.test(body);

/** With its title, which a browser shows, too. */
const shown = (html: string): string =>
  [/<title\b[^<>]*>([^<]*)/i.exec(html)?.[1] ?? '', visibleText(html)]
    .join('\n')
    .replace(/&(?:quot|#34|#x22);/gi, '"')
    .replace(/&(?:apos|#0?39|#x27);/gi, "'");

const unescaped = (json: string): string =>
  json
    .replace(/\\u([\da-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\[nrt]/g, '\n')
    .replaceAll('\\"', '"');

/** Of Python all lines that are indented, so all but the message; else those that begin with `at`, as of Node and Java. */
const withoutStack = (text: string): string =>
  text.replace(text.includes('Traceback (most recent') ? /\n[ \t][^\n]*/g : /\n[ \t]{1,16}at [^\n]*/g, '');
