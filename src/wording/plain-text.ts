/**
 * Control characters, including escape sequences, and marks that change the direction of text: server text must not
 * control a terminal.
 */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** One line of outside text, safe to print. */
export const plainText = (text: string): string => text.replace(unprintable, ' ').trim();

/** The same characters, plus lone surrogates and noncharacters. Line breaks and tabs are kept. */
const unprintableInBlock = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{NChar}]/gu;

/** Lines of outside text, safe to print, with only the characters that XML 1.0 allows. */
export const plainBlock = (text: string): string => text.replace(/\r\n?/g, '\n').replace(unprintableInBlock, ' ');

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Cuts to a width in characters, never within one, and marks the cut. */
export const cut = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1)).replace(/[\uD800-\uDBFF]$/, '')}…`;

/**
 * Joins parts with a separator, on as few lines of this width as possible and no more than `most`; the last line is
 * then cut. A part that is too long gets its own line.
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
