/** Control characters, escape sequences among them, and marks that turn the direction of text: a server's words must not steer a terminal. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** One line of text from elsewhere, safe to print. */
export const plainText = (text: string): string => text.replace(unprintable, ' ').trim();

/** Cuts to a width in characters, with a mark where something is missing. */
export const cut = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;

export const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** Milliseconds for a person: `38 ms`, `1.9 s`. */
export const duration = (ms: number): string => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);
