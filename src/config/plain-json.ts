/**
 * The value of a JSON text without duplicate names; undefined: leave the text to the YAML parser. JSON.parse silently
 * keeps the last of equal names. In valid JSON a string before a colon is always a name, so a lower count of names in
 * the value shows that one was lost.
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

/** For valid JSON only. */
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

/** Not recursive: JSON can be nested deeper than the stack allows. */
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
