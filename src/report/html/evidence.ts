import { hopLabels } from '../../platform/hops.ts';
import type { Entry } from '../entry.ts';
import { bodyOf, type Fact, factsOf, headersOf, summaryOf } from '../facts.ts';
import { type Markup, markup } from '../markup.ts';

/** What was seen, in a line or two, and all that is known of it behind a fold. */
export const evidencePart = (entry: Entry): Markup => {
  const { status, failureMode, phase, hop } = entry.outcome;
  const where = [...(hop === null ? [] : [`at ${hopLabels[hop]}`]), ...(phase === null ? [] : [`phase ${phase}`])];
  const body = bodyOf(entry.outcome);
  const headers = headersOf(entry.outcome);
  return markup`<div class="seen"><p><strong class="${status}">${failureMode ?? status}</strong>${where.map((one) => ` · ${one}`)}</p><p>${summaryOf(entry.outcome)}</p>
<details><summary class="quiet">evidence</summary>${list(factsOf(entry))}${headers.length === 0 ? null : markup`<p class="quiet">headers that tell who answered</p>${list(headers)}`}${body === '' ? null : markup`<p class="quiet">the start of the body</p><pre>${body}</pre>`}</details></div>`;
};

const list = (facts: readonly Fact[]): Markup | null =>
  facts.length === 0
    ? null
    : markup`<dl>${facts.map(({ name, value }) => markup`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
