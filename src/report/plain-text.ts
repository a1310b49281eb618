/** Control characters, escape sequences among them, and marks that turn the direction of text: a server's words must not steer a terminal. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** One line of text from elsewhere, safe to print. */
export const plainText = (text: string): string => text.replace(unprintable, ' ').trim();

/** What `unprintable` has, halves of characters, and what is no character; line ends and tabs are kept. */
const unprintableInBlock = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{NChar}]/gu;

/** Lines of text from elsewhere, safe to print, and of characters that XML 1.0 allows. */
export const plainBlock = (text: string): string => text.replace(/\r\n?/g, '\n').replace(unprintableInBlock, ' ');

/** Cuts to a width in characters, with a mark where something is missing. */
export const cut = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;

export const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** The first names of a list, and how many more there are. */
export const few = (names: readonly string[], most: number): string =>
  names.length <= most + 1 ? names.join(', ') : `${names.slice(0, most).join(', ')} and ${names.length - most} more`;

/** A probability for a person: never a certainty. */
export const percent = (probability: number): string => {
  const rounded = Math.round(probability * 100);
  if (rounded >= 100) return '>99 %';
  return rounded < 1 ? '<1 %' : `${rounded} %`;
};

/** Milliseconds for a person: `38 ms`, `1.9 s`. */
export const duration = (ms: number): string =>
  !Number.isFinite(ms) ? '? ms' : ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;

/** As a person says how long something has lasted: 45 s, 12 min, 3 h 4 min, 2 d 3 h. */
export const lasting = (ms: number): string => {
  const minutes = Math.floor(Math.max(0, ms) / 60_000);
  const hours = Math.floor(minutes / 60);
  if (minutes < 1) return `${Math.round(Math.max(0, ms) / 1_000)} s`;
  if (hours < 1) return `${minutes} min`;
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return hours % 24 === 0 ? `${Math.floor(hours / 24)} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
};

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
