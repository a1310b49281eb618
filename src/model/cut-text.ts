/** Of the platform's version: none is longer, and the diagnosis compares it with the one that is remembered. */
export const versionBytes = 128;

const mark = '…';

/** Bytes of a text within a JSON document in UTF-8, without its quotes. */
const jsonBytes = (text: string): number => Buffer.byteLength(JSON.stringify(text)) - 2;

/** The longest that one UTF-16 unit becomes: an escape such as `\u0000`. */
const mostBytesOfUnit = 6;

/** The text; or, when it takes more than so many bytes in a JSON document, its beginning with a mark. Never cuts within a character. */
export const cutText = (text: string, bytes: number): string => {
  if (text.length * mostBytesOfUnit <= bytes) return text;
  // A unit takes one byte at least: no more of an endless text is looked at.
  const beginning = text.slice(0, bytes + 1);
  if (beginning.length === text.length && jsonBytes(text) <= bytes) return text;
  let left = bytes - jsonBytes(mark);
  let cut = '';
  for (const character of beginning) {
    left -= jsonBytes(character);
    if (left < 0) break;
    cut += character;
  }
  return `${cut}${mark}`;
};
