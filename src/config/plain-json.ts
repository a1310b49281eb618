/**
 * The value of a JSON text in which no name is given twice; undefined: it is something else, and YAML has to look at it.
 * JSON.parse takes the last of equal names in silence. In valid JSON a string before a colon is always a name,
 * so there are as many of these as there are names in the value, unless one was lost.
 */
export const parsePlainJson = (text: string): unknown => {
  if (!/^\s*[{[]/.test(text)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return countWrittenNames(text) === countNames(value) ? value : undefined;
};

/** In valid JSON. */
const countWrittenNames = (text: string): number => {
  let count = 0;
  for (let from = text.indexOf('"'); from !== -1; ) {
    let end = from + 1;
    while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
    from = text.indexOf('"', end + 1);
    const following = text.slice(end + 1, from === -1 ? text.length : from);
    if (following.trimStart().startsWith(':')) count += 1;
  }
  return count;
};

/** With a list of what is still to be counted in place of recursion: JSON may be nested deeper than the stack. */
const countNames = (value: unknown): number => {
  let count = 0;
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null) continue;
    const inner = Object.values(next);
    if (!Array.isArray(next)) count += inner.length;
    for (const each of inner) open.push(each);
  }
  return count;
};
