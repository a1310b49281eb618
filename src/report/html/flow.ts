import type { CleanupOutcome, Registration, Report } from '../../platform/report.ts';
import { alike } from '../entry.ts';
import { type Markup, markup } from '../markup.ts';
import { marks } from '../paint.ts';
import { duration, plainText } from '../plain-text.ts';
import { course, leftWords } from '../registration.ts';
import { factWords } from '../registration-facts.ts';
import { flowGroups, flowTitle, type Result } from '../results.ts';
import type { View } from '../view.ts';
import { evidencePart } from './evidence.ts';
import { row, troubled } from './results.ts';
import { stepBar } from './waterfall.ts';

export const hasTrouble = (registration: Registration | null): boolean =>
  registration !== null && registration.status !== 'pass' && registration.status !== 'skipped';

/** The flow: a folded line when it passes, else where it stopped and why; its steps in the time of the flow. */
export const flowSection = ({ registration }: Report, { through }: View): Markup | null => {
  if (registration === null) return null;
  const { status } = registration;
  const results = flowGroups(registration).flatMap((group) => group.results);
  const trouble = hasTrouble(registration);
  const line = markup`<span class="${status}" aria-hidden="true">${marks[status]}</span> <strong>${flowTitle}</strong> <span class="${trouble ? status : 'quiet'}">${[...course(registration), leftWords(registration.cleanup)].join(' · ')}</span>`;
  const inside = markup`${factWords(registration, through).map((words) => markup`<p class="quiet">${words}</p>`)}${alike(results.filter(troubled)).map((group) => markup`${group.map(({ name }) => markup`<p><strong>${name}</strong></p>`)}${evidencePart(group[0])}`)}${cleanupPart(registration.cleanup)}`;
  return trouble
    ? markup`<section><h2>The registration flow</h2><p>${line}</p>${inside}${waterfall(
        results.filter(({ outcome }) => outcome.status !== 'skipped'),
        registration,
      )}</section>`
    : markup`<section><h2>The registration flow</h2><details class="group"><summary>${line}</summary>${inside}${waterfall(results, registration)}</details></section>`;
};

/** Steps go one after the other, so each begins where the one before has ended. */
const waterfall = (results: readonly Result[], { cleanup }: Registration): Markup => {
  const fullMs = results.reduce((sum, { ms }) => sum + (ms ?? 0), cleanup.durationMs);
  let fromMs = 0;
  const rows = results.map((result) => {
    const { status } = result.outcome;
    const began = fromMs;
    fromMs += result.ms ?? 0;
    return status === 'skipped'
      ? row({ ...result, ms: null }, markup`<span class="quiet">${plainText(result.outcome.evidence.summary)}</span>`)
      : row(result, stepBar(status, began, result.ms ?? 0, fullMs));
  });
  return markup`${rows}<div class="row"><span class="${cleanup.status}">${marks[cleanup.status]}</span><span>clean-up</span><span class="ms">${duration(cleanup.durationMs)}</span><span>${cleanup.status === 'skipped' ? null : stepBar(cleanup.status, fromMs, cleanup.durationMs, fullMs)}</span></div>`;
};

/** What somebody would have to delete by hand, by its full name. */
const cleanupPart = ({ status, failureMode, leftBehind, evidence }: CleanupOutcome): Markup | null =>
  leftBehind.length === 0 && failureMode === null
    ? null
    : markup`<div class="seen"><p><strong class="${status}">${failureMode ?? status}</strong> · clean-up</p><p>${plainText(evidence?.summary ?? '')}</p>${leftBehind.map(({ thing, id }) => markup`<p>left behind: ${thing} <code>${plainText(id)}</code></p>`)}</div>`;
