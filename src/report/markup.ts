import { plainBlock } from '../wording/plain-text.ts';

/** Text that is already markup: the result of `markup`, or our own styles and attributes. Never text from outside. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Part = string | number | Markup | null | readonly Part[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => plainBlock(text).replace(/[&<>"']/g, (one) => entities[one] ?? one);

const rendered = (part: Part): string => {
  if (part === null) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'object') return part.map(rendered).join('');
  return escaped(String(part));
};

/** XML or HTML with values, all of them escaped, between tags and within quoted attributes. Lists are joined; null is empty. */
export const markup = (strings: TemplateStringsArray, ...parts: readonly Part[]): Markup =>
  new Markup(strings.map((string, index) => (index === 0 ? '' : rendered(parts[index - 1] ?? null)) + string).join(''));
