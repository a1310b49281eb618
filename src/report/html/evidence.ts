import type { Request } from '../../model/requests.ts';
import { whereWords } from '../../wording/hops.ts';
import { plainText } from '../../wording/plain-text.ts';
import { askAgain } from '../entry.ts';
import { bodyOf, type Fact, factsOf, headersOf, summaryOf } from '../facts.ts';
import { type Markup, markup } from '../markup.ts';

/** The evidence: a line or two, with the rest folded. */
export const evidencePart = (alike: readonly [Request, ...Request[]]): Markup => {
  const [request] = alike;
  const { status, failureMode } = request;
  const body = bodyOf(request);
  const headers = headersOf(request);
  return markup`<div class="seen"><p><strong class="${status}">${failureMode ?? status}</strong>${whereWords(request).map((one) => ` · ${one}`)}</p><p>${summaryOf(request)}</p>${leftBehindPart(request)}${alike.map(askedPart)}
<details><summary class="quiet">evidence</summary>${list(factsOf(request))}${headers.length === 0 ? null : markup`<p class="quiet">headers that show who answered</p>${list(headers)}`}${body === '' ? null : markup`<p class="quiet">the start of the body</p><pre>${body}</pre>`}</details></div>`;
};

/** Objects that a person has to delete by hand, with their full names. */
const leftBehindPart = (request: Request): readonly Markup[] =>
  request.kind === 'clean-up'
    ? request.leftBehind.map(({ thing, id }) => markup`<p>left behind: ${thing} <code>${plainText(id)}</code></p>`)
    : [];

/** What was asked, and how to ask it again. */
const askedPart = ({ asked }: Request): Markup | null =>
  asked === undefined
    ? null
    : markup`<details class="asked"><summary><code>${asked.method} ${asked.url}</code></summary><p class="quiet">${askAgain}</p><pre>${asked.command}</pre></details>`;

const list = (facts: readonly Fact[]): Markup | null =>
  facts.length === 0
    ? null
    : markup`<dl>${facts.map(({ name, value }) => markup`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
