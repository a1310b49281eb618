import type { Report } from '../../platform/report.ts';
import { alike, isTrouble } from '../entry.ts';
import { summaryOf } from '../facts.ts';
import { type Markup, markup, type Part } from '../markup.ts';
import { marks } from '../paint.ts';
import { duration, plural } from '../plain-text.ts';
import { hostGroups, type Result, type ResultGroup } from '../results.ts';
import type { View } from '../view.ts';
import { evidencePart } from './evidence.ts';
import { legend, phaseBar } from './waterfall.ts';

/** The hosts: what is not well open and first, the rest folded, all on one scale of time. */
export const resultsSection = ({ outcomes }: Report, { hosts }: View): Markup | null => {
  const groups = hostGroups(outcomes, hosts);
  if (groups.length === 0) return null;
  const slowest = Math.max(1, ...outcomes.map(({ timingsMs }) => timingsMs.total ?? 0));
  const loud = groups.filter(({ results }) => results.some(troubled));
  const calm = groups.filter((group) => !loud.includes(group));
  return markup`<section><h2>Checks</h2>${[...loud, ...calm].map((group) => groupPart(group, slowest))}${legend(slowest)}</section>`;
};

export const troubled = ({ outcome, known }: Result): boolean => isTrouble({ status: outcome.status, known });

const groupPart = ({ title, results }: ResultGroup, slowest: number): Markup => {
  const loud = results.filter(troubled);
  const calm = results.filter((one) => !troubled(one));
  const rows = calm.map((one) => row(one, calmRest(one, slowest)));
  if (loud.length === 0)
    return markup`<details class="group"><summary>${mark('pass')} <strong>${title}</strong> <span class="quiet">${calmWords(results)}</span></summary>${rows}</details>`;
  const status = (['fail', 'degraded'] as const).find((one) => loud.some(({ outcome }) => outcome.status === one));
  const worst = status ?? 'inconclusive';
  const count = loud.filter(({ outcome }) => outcome.status === worst).length;
  const words = `${count} of ${results.length} ${worst}`;
  return markup`<div class="group"><h3>${mark(worst)} ${title} <span class="${worst}">${words}</span></h3>${alike(
    loud,
  ).map(
    (group) =>
      markup`${group.map((one) => row(one, phaseBar(one.outcome.timingsMs, slowest)))}${evidencePart(group[0])}`,
  )}${calm.length === 0 ? null : markup`<details><summary class="quiet">${plural(calm.length, 'other')}</summary>${rows}</details>`}</div>`;
};

const mark = (status: keyof typeof marks): Markup =>
  markup`<span class="${status}" aria-hidden="true">${marks[status]}</span>`;

const calmWords = (results: readonly Result[]): string => {
  const slowest = Math.max(0, ...results.map(({ ms }) => ms ?? 0));
  const known = results.filter((one) => one.known).length;
  const skipped = results.filter(({ outcome }) => outcome.status === 'skipped').length;
  return [
    plural(results.length, 'check'),
    ...(known > 0 ? [`${known} known since the baseline`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    `slowest ${duration(slowest)}`,
  ].join(' · ');
};

/** What passes shows its time, what was not asked or is known shows why. */
const calmRest = (result: Result, slowest: number): Part => {
  const { status, failureMode, timingsMs } = result.outcome;
  if (result.known) return markup`<span class="quiet">known · ${failureMode}</span>`;
  return status === 'pass'
    ? phaseBar(timingsMs, slowest)
    : markup`<span class="quiet">${summaryOf(result.outcome)}</span>`;
};

/** A line of a table: how it fared, its name, its time, and what there is to show. */
export const row = ({ name, ms, known, outcome }: Result, rest: Part): Markup =>
  markup`<div class="row"><span class="${known ? 'quiet' : outcome.status}" title="${outcome.status}">${marks[outcome.status]}</span><span>${name}</span><span class="ms">${ms === null ? '' : duration(ms)}</span><span>${rest}</span></div>`;
