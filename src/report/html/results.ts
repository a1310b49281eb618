import { isNews, isStillFailing, withStatus } from '../../model/predicates.ts';
import type { Request } from '../../model/requests.ts';
import { plural } from '../../wording/count.ts';
import { worstWords } from '../../wording/requests.ts';
import { marks } from '../../wording/status.ts';
import { duration } from '../../wording/time.ts';
import { calmWords } from '../calm.ts';
import { alike, nameInSection } from '../entry.ts';
import { summaryOf } from '../facts.ts';
import { type Markup, markup, type Part } from '../markup.ts';
import { hostGroups, type ResultGroup } from '../results.ts';
import type { View } from '../view.ts';
import { evidencePart } from './evidence.ts';
import { legend, phaseBar } from './waterfall.ts';

/** The hosts: those with problems first and open, the others folded, all on one time scale. */
export const resultsSection = (all: readonly Request[], { hosts }: View): Markup | null => {
  const groups = hostGroups(all, hosts);
  if (groups.length === 0) return null;
  const slowest = Math.max(1, ...groups.flatMap(({ results }) => results).map(({ timingsMs }) => timingsMs.total ?? 0));
  const loud = groups.filter(({ results }) => results.some(isNews));
  const calm = groups.filter((group) => !loud.includes(group));
  return markup`<section><h2>Checks</h2>${[...loud, ...calm].map((group) => groupPart(group, slowest))}${legend(slowest)}</section>`;
};

const groupPart = ({ title, results }: ResultGroup, slowest: number): Markup => {
  const loud = results.filter(isNews);
  const calm = results.filter((one) => !isNews(one));
  const rows = calm.map((one) => row(one, calmRest(one, slowest)));
  if (loud.length === 0)
    return markup`<details class="group"><summary>${mark(results.some(isStillFailing) ? 'degraded' : 'pass')} <strong>${title}</strong> <span class="quiet">${calmWords(results)}</span></summary>${rows}</details>`;
  const status = (['fail', 'degraded'] as const).find((one) => withStatus(loud, one).length > 0);
  const worst = status ?? 'inconclusive';
  return markup`<div class="group"><h3>${mark(worst)} ${title} <span class="${worst}">${worstWords(results)}</span></h3>${alike(
    loud,
  ).map(
    (group) => markup`${group.map((one) => row(one, phaseBar(one.timingsMs, slowest)))}${evidencePart(group)}`,
  )}${calm.length === 0 ? null : markup`<details><summary class="quiet">${plural(calm.length, 'other')}</summary>${rows}</details>`}</div>`;
};

const mark = (status: keyof typeof marks): Markup =>
  markup`<span class="${status}" aria-hidden="true">${marks[status]}</span>`;

/** A passing request shows its time; a skipped or known one shows the reason. */
const calmRest = (request: Request, slowest: number): Part => {
  const { status, failureMode, known, timingsMs } = request;
  if (known)
    return markup`<span class="quiet">${request.stillFailing === true ? 'as before' : 'known'} · ${failureMode}</span>`;
  return status === 'pass' ? phaseBar(timingsMs, slowest) : markup`<span class="quiet">${summaryOf(request)}</span>`;
};

/** A table row: status, name, time and details. */
export const row = (request: Request, rest: Part): Markup => {
  const { status, known, durationMs: ms } = request;
  return markup`<div class="row"><span class="${known ? 'quiet' : status}" title="${status}">${marks[status]}</span><span>${nameInSection(request)}</span><span class="ms">${ms === null ? '' : duration(ms)}</span><span>${rest}</span></div>`;
};
