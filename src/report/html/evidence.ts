import type { Request } from '../../model/requests.ts';
import { hopLabels } from '../../platform/hops.ts';
import { bodyOf, type Fact, factsOf, headersOf, summaryOf } from '../facts.ts';
import { type Markup, markup } from '../markup.ts';
import { plainText } from '../plain-text.ts';

/** What was seen, in a line or two, and all that is known of it behind a fold. */
export const evidencePart = (request: Request): Markup => {
  const { status, failureMode, phase, hop } = request;
  const where = [...(hop === null ? [] : [`at ${hopLabels[hop]}`]), ...(phase === null ? [] : [`phase ${phase}`])];
  const body = bodyOf(request);
  const headers = headersOf(request);
  return markup`<div class="seen"><p><strong class="${status}">${failureMode ?? status}</strong>${where.map((one) => ` · ${one}`)}</p><p>${summaryOf(request)}</p>${leftBehindPart(request)}
<details><summary class="quiet">evidence</summary>${list(factsOf(request))}${headers.length === 0 ? null : markup`<p class="quiet">headers that tell who answered</p>${list(headers)}`}${body === '' ? null : markup`<p class="quiet">the start of the body</p><pre>${body}</pre>`}</details></div>`;
};

/** What somebody would have to delete by hand, by its full name. */
const leftBehindPart = (request: Request): readonly Markup[] =>
  request.kind === 'clean-up'
    ? request.leftBehind.map(({ thing, id }) => markup`<p>left behind: ${thing} <code>${plainText(id)}</code></p>`)
    : [];

const list = (facts: readonly Fact[]): Markup | null =>
  facts.length === 0
    ? null
    : markup`<dl>${facts.map(({ name, value }) => markup`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
