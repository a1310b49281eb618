import { wrapped } from '../wording/plain-text.ts';

/** Parts on as few lines of this width as possible. A part that is too long is broken between its words. */
export const fitted = (parts: readonly string[], separator: string, width: number): readonly string[] =>
  wrapped(parts, separator, width).flatMap((line) => (line.length <= width ? [line] : words(line, width)));

export const words = (text: string, width: number): readonly string[] => wrapped(text.split(' '), ' ', width);

/** The lines below a heading that they do not fit beside. */
export const below = (lines: readonly string[], indent: number): readonly string[] =>
  lines.map((line) => ' '.repeat(indent) + line);
