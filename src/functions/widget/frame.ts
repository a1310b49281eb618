import { Markup, markup, type Part } from '../../report/markup.ts';
import type { Headline } from './headline.ts';
import { stylesOf, type Theme } from './styles.ts';

/** Distinguishable without colour. */
export const marks: Readonly<Record<Headline['tone'], string>> = { good: '✓', bad: '✗', attention: '!', unknown: '?' };

/** The frame and first lines of every response. No script, and nothing loaded from elsewhere. */
export const framed = (theme: Theme, headline: Headline, inside: Part, notes: readonly string[]): string =>
  markup`<style>${new Markup(stylesOf(theme))}</style>${framedBody(headline, inside, notes)}`.text;

/** The same without its styles. */
export const framedBody = (headline: Headline, inside: Part, notes: readonly string[]): Markup =>
  markup`<div class="hs"><h1><i class="${headline.tone}" aria-hidden="true">${marks[headline.tone]}</i><span class="${headline.tone}">${headline.text}</span></h1><p class="reason">${headline.reason}</p>${inside}${notes.map((note) => markup`<p class="note quiet">${note}</p>`)}</div>`;
