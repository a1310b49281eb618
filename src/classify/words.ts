/** Words to look for in text from outside. A regular expression qualifies if it runs in linear time (test/patterns). */
export interface Words {
  test(text: string): boolean;
}

/** Maximum distance in characters between two words that belong together. */
const reach = 40;

/** Ends a statement: a JSON quotation mark or an HTML tag. */
const ending = /["<]/;

/**
 * The first words, with the second starting within them or shortly after, in the same sentence. As one expression this
 * would search for the second again from every match of the first. Here both lists are walked once, because only the
 * nearest match of the second can be in reach.
 */
export const near = (first: RegExp, second: RegExp): Words => ({
  test: (text) => {
    const following = text.matchAll(second);
    let next = following.next();
    for (const { index, 0: words } of text.matchAll(first)) {
      while (next.done !== true && next.value.index <= index) next = following.next();
      if (next.done === true) return false;
      const end = index + words.length;
      const at = next.value.index;
      if (at <= end + reach && !ending.test(text.slice(end, at))) return true;
    }
    return false;
  },
});

export const anyOf = (...words: readonly Words[]): Words => ({ test: (text) => words.some((each) => each.test(text)) });

/** Whether a name matches a pattern with asterisks, ignoring case. */
export const matchesWildcard = (pattern: string, name: string): boolean => {
  const [start = '', ...others] = pattern.toLowerCase().split('*');
  const text = name.toLowerCase();
  const end = others.pop();
  if (end === undefined) return text === start;
  if (!text.startsWith(start) || !text.endsWith(end)) return false;
  let at = start.length;
  for (const part of others) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return at + end.length <= text.length;
};
