/** Comments and elements whose content nobody sees, and where they end. */
const unseen = {
  '!--': /-->/g,
  head: /<\/head>/gi,
  style: /<\/style>/gi,
  script: /<\/script>/gi,
  title: /<\/title>/gi,
} as const;

type Unseen = keyof typeof unseen;

const isUnseen = (name: string): name is Unseen => Object.hasOwn(unseen, name);

/** Longer than any of their names. */
const nameLength = 7;

/** HTML with a space in place of each tag, and of each element that is not seen. Walks the text once. */
export const visibleText = (html: string): string => {
  const parts: string[] = [];
  /** Elements that end nowhere from here on: they are not looked for again. */
  const open = new Set<Unseen>();
  let from = 0;
  for (let at = html.indexOf('<'); at !== -1; at = html.indexOf('<', from)) {
    const end = endOfElement(html, at, open) ?? html.indexOf('>', at) + 1;
    // No tag ends any more.
    if (end === 0) break;
    parts.push(html.slice(from, at));
    from = end;
  }
  return [...parts, html.slice(from)].join(' ');
};

const endOfElement = (html: string, at: number, open: Set<Unseen>): number | null => {
  const [tag = ''] = /^(?:!--|[a-z]+\b)/i.exec(html.slice(at + 1, at + 1 + nameLength)) ?? [];
  const name = tag.toLowerCase();
  if (!isUnseen(name) || open.has(name)) return null;
  const closing = unseen[name];
  closing.lastIndex = at;
  if (closing.test(html)) return closing.lastIndex;
  open.add(name);
  return null;
};
