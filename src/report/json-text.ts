/** Characters that a terminal obeys or hides. In JSON they only occur inside strings; the line breaks are its own. */
const obeyed = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

const escaped = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`,
  ).join('');

/** Rounds to a thousandth: a microsecond for times in milliseconds, finer than they are measured. Whole numbers stay: a huge one would become infinite. */
const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Math.round(value * 1000) / 1000 : value;

/** A value as JSON for files and terminals. Whatever a server sent, a terminal that shows it stays as it is. */
export const jsonText = (value: unknown): string => `${JSON.stringify(value, rounded, 2).replace(obeyed, escaped)}\n`;

/** The same on one line, for streams of values. */
export const jsonLine = (value: unknown): string => `${JSON.stringify(value, rounded).replace(obeyed, escaped)}\n`;
