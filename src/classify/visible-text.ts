/** Comments and elements whose content a browser does not show, with the pattern that ends them. */
const unseen = {
  '!--': /-->/g,
  head: /<\/head>/gi,
  style: /<\/style>/gi,
  script: /<\/script>/gi,
  title: /<\/title>/gi,
} as const;

type Unseen = keyof typeof unseen;

const isUnseen = (name: string): name is Unseen => Object.hasOwn(unseen, name);

/** Longer than any of these names. */
const nameLength = 7;

/** HTML with each tag and each invisible element replaced by a space. One pass over the text. */
export const visibleText = (html: string): string => {
  const parts: string[] = [];
  /** Elements with no end tag from here on, so they are not searched for again. */
  const open = new Set<Unseen>();
  let from = 0;
  for (let at = html.indexOf('<'); at !== -1; at = html.indexOf('<', from)) {
    const end = endOfElement(html, at, open) ?? html.indexOf('>', at) + 1;
    // No further tag is closed.
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
