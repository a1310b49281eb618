/** Words to look for in a text from outside. A regular expression is one, in linear time (test/patterns). */
export interface Words {
  test(text: string): boolean;
}

/** Characters between two words that belong together. */
const reach = 40;

/** Ends what was said: a quotation mark of JSON, a tag of HTML. */
const ending = /["<]/;

/**
 * The first words, and the others begun within them or shortly after, in the same sentence. As one expression it would look for the
 * second from each of the first again. Both lists are walked once: of the second, only the nearest can be in reach.
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

/** Whether a name is one of those that a pattern with asterisks stands for; letters in any case. */
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
