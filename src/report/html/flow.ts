import { isNews } from '../../model/predicates.ts';
import type { Registration } from '../../model/report.ts';
import { isOfFlow, type Request } from '../../model/requests.ts';
import { plural } from '../../wording/count.ts';
import { flowTitle } from '../../wording/flow.ts';
import { marks } from '../../wording/status.ts';
import { alike, nameInSection } from '../entry.ts';
import { summaryOf } from '../facts.ts';
import { type Markup, markup } from '../markup.ts';
import { course, isStillBroken } from '../registration.ts';
import { factWords } from '../registration-facts.ts';
import type { View } from '../view.ts';
import { evidencePart } from './evidence.ts';
import { row } from './results.ts';
import { stepBar } from './waterfall.ts';

/** The flow: one folded line when it passes; otherwise where it stopped and why. Its steps are drawn on the flow's time scale. */
export const flowSection = (registration: Registration, all: readonly Request[], { through }: View): Markup => {
  const { status } = registration;
  const own = all.filter(isOfFlow);
  const news = own.filter(isNews);
  const trouble = news.length > 0;
  const shown = !trouble && isStillBroken(all) ? 'degraded' : status;
  const line = markup`<span class="${shown}" aria-hidden="true">${marks[shown]}</span> <strong>${flowTitle}</strong> <span class="${trouble ? status : 'quiet'}">${course(registration, all).join(' · ')}</span>`;
  const inside = markup`${factWords(registration, all, through).map((words) => markup`<p class="quiet">${words}</p>`)}${alike(news).map((group) => markup`${group.map((one) => markup`<p><strong>${nameInSection(one)}</strong></p>`)}${evidencePart(group)}`)}`;
  return trouble
    ? markup`<section><h2>The registration flow</h2><p>${line}</p>${inside}${waterfall(own.filter((one) => !isSkippedStep(one)))}${skippedPart(own.filter(isSkippedStep))}</section>`
    : markup`<section><h2>The registration flow</h2><details class="group"><summary>${line}</summary>${inside}${waterfall(own)}</details></section>`;
};

const isSkippedStep = ({ kind, status }: Request): boolean => kind === 'step' && status === 'skipped';

/** The steps that the flow did not reach, folded. */
const skippedPart = (skipped: readonly Request[]): Markup | null =>
  skipped.length === 0
    ? null
    : markup`<details><summary class="quiet">${plural(skipped.length, 'step')} skipped</summary>${waterfall(skipped)}</details>`;

/** Steps run in sequence and the clean-up comes last, so each begins where the previous one ended. */
const waterfall = (own: readonly Request[]): Markup => {
  const fullMs = own.reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0);
  let fromMs = 0;
  return markup`${own.map((one) => {
    const began = fromMs;
    const ms = one.durationMs ?? 0;
    fromMs += ms;
    return one.status === 'skipped'
      ? row({ ...one, durationMs: null }, markup`<span class="quiet">${summaryOf(one)}</span>`)
      : row(one, stepBar(one.status, began, ms, fullMs));
  })}`;
};
