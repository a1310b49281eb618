import { cut } from '../wording/plain-text.ts';
import { notifyLimits } from './limits.ts';
import type { Line } from './line.ts';

/**
 * Text for chats. In Slack `<…>` makes links and mentions, and &, < and > are escaped (Slack, "Formatting text").
 * `@channel` and similar mentions are disarmed for receivers that expand them.
 */
export const plainIn = (text: string): string =>
  unmentioned(text)
    .replace(/[&<>]/g, (mark) => entities[mark] ?? '')
    .replace(/[`*~]/g, "'");

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

const unmentioned = (text: string): string => text.replace(/@(?=\s*(?:channel|here|everyone|all|group)\b)/gi, '(at) ');

/** As code, where nothing is formatted or becomes a link or a mention. An apostrophe replaces the character that would end it. */
export const codeIn = (text: string): string => {
  const inner = unmentioned(text)
    .replaceAll('`', "'")
    .replace(/[&<>]/g, (mark) => entities[mark] ?? '')
    .trim();
  return inner === '' ? '' : `\`${inner}\``;
};

/** A line of a message. Quoted text becomes code, so that it stays as it is. */
export const lineIn = ({ label, text, kind }: Line): string => {
  const body = kind === 'command' || kind === 'quoted' ? codeIn(text) : kind === 'link' ? text : plainIn(text);
  return label === null ? body : `*${plainIn(label)}:* ${body}`;
};

/** As many whole lines as fit. */
export const linesWithin = (lines: readonly string[], most: number): string => {
  let length = 0;
  const kept = lines.filter((line) => {
    length += line.length + 1;
    return length <= most;
  });
  return kept.length > 0 ? kept.join('\n') : cut(lines[0] ?? '', Math.min(most, notifyLimits.cardStep));
};
