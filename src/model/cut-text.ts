/**
 * Bytes of the platform's version. Versions are shorter, and the diagnosis compares the version with the stored one.
 */
export const versionBytes = 128;

const mark = '…';

/** Bytes of a text inside a UTF-8 JSON document, without its quotes. */
const jsonBytes = (text: string): number => Buffer.byteLength(JSON.stringify(text)) - 2;

/** The longest encoding of one UTF-16 unit: an escape such as `\u0000`. */
const mostBytesOfUnit = 6;

/**
 * The text, or its beginning with a mark if it takes more than `bytes` in a JSON document. Never splits a character.
 */
export const cutText = (text: string, bytes: number): string => {
  if (text.length * mostBytesOfUnit <= bytes) return text;
  // A unit takes at least one byte, so more of a very long text need not be read.
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
