/** Control characters, escape sequences among them, and marks that turn the direction of text: a server's words must not steer a terminal. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** One line of text from elsewhere, safe to print. */
export const plainText = (text: string): string => text.replace(unprintable, ' ').trim();

/** What `unprintable` has, halves of characters, and what is no character; line ends and tabs are kept. */
const unprintableInBlock = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{NChar}]/gu;

/** Lines of text from elsewhere, safe to print, and of characters that XML 1.0 allows. */
export const plainBlock = (text: string): string => text.replace(/\r\n?/g, '\n').replace(unprintableInBlock, ' ');

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Cuts to a width in characters, never within one, with a mark where something is missing. */
export const cut = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1)).replace(/[\uD800-\uDBFF]$/, '')}…`;

/**
 * Parts with a separator between them, in as few lines of this width as they take, and no more than `most`: the last is cut then.
 * A part that is too long has a line of its own.
 */
export const wrapped = (
  parts: readonly string[],
  separator: string,
  width: number,
  most = Number.POSITIVE_INFINITY,
): readonly string[] => {
  const lines: string[] = [];
  for (const part of parts.filter((text) => text !== '')) {
    const longer = `${lines.at(-1)}${separator}${part}`;
    if (lines.length > 0 && (longer.length <= width || lines.length === most)) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  return lines.map((line, index) => (index === most - 1 ? cut(line, width) : line));
};
