/** An element's content: text, children by name, or several children of one name. */
export type XmlContent = string | { readonly [name: string]: XmlContent | readonly XmlContent[] };

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export const element = (name: string, content: XmlContent): string =>
  `<${name}>${typeof content === 'string' ? escaped(content) : childrenOf(content)}</${name}>`;

const childrenOf = (content: Exclude<XmlContent, string>): string =>
  Object.entries(content)
    .flatMap(([name, value]) =>
      Array.isArray(value) ? value.map((one: XmlContent) => element(name, one)) : [element(name, value as XmlContent)],
    )
    .join('');
