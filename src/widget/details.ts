import { listed } from '../incidents/by-hand.ts';
import type { Affected, IncidentView, Supposition } from '../platform/incident.ts';
import { runbooks } from '../platform/runbooks.ts';
import { type Markup, markup } from '../report/markup.ts';
import { few } from '../report/plain-text.ts';
import { causeList, stepsOf, supposedItems } from './causes.ts';
import { framed } from './frame.ts';
import type { Headline } from './headline.ts';
import { factsOf } from './incident-part.ts';
import { widgetLimits } from './limits.ts';
import type { Remembered } from './overview.ts';
import { pathPicture } from './path-picture.ts';
import { causesInShort, clock, nameOf, said } from './words.ts';

/** All that is remembered of one incident. */
export const details = (id: string, { state, endpoint, look, notes, now }: Remembered): string => {
  const view = state === null ? undefined : listed(state).find((one) => one.id === id);
  if (view === undefined) {
    const headline: Headline = {
      tone: 'unknown',
      text: `No incident ${nameOf(id)} is remembered`,
      reason: `${nameOf(endpoint.environment)} · open ones are, and the last twenty that are over; one that was seen once and went away is not`,
    };
    return framed(look.theme, headline, null, notes);
  }
  const headline: Headline = {
    tone: view.resolvedAt !== null ? 'good' : view.severity === 'critical' ? 'bad' : 'attention',
    text: `${view.resolvedAt === null ? '' : 'Over: '}${causesInShort(view)}`,
    reason: [nameOf(view.id), view.severity, ...factsOf(view, now)].join(' · '),
  };
  const inside = [
    pathPicture(view.path, 'works', look),
    causesPart(view),
    commandsPart(view),
    affectedPart(view),
    historyPart(view.history, now),
  ];
  return framed(look.theme, headline, inside, notes);
};

const causesPart = (view: IncidentView): Markup =>
  markup`<section>${causeList(view)}${view.notRuledOut.length === 0 ? null : markup`<h2>Not ruled out</h2><ul class="causes">${supposedItems(view.notRuledOut, null)}</ul>`}</section>`;

/** More than all that a tie of four has. */
const allSteps = 20;

const commandsPart = (view: IncidentView): Markup | null => {
  const steps = stepsOf({ ...view, causes: view.causes.slice(0, widgetLimits.shownCauses) }, allSteps);
  if (steps.length === 0) return null;
  const [only, ...others] = view.causes;
  const remedy = only === undefined || others.length > 0 ? null : runbooks[only.id].remedy;
  return markup`<section><h2>To run</h2><ol class="steps">${steps.map(
    ({ command, ifTrue, ifFalse, confirms }) =>
      markup`<li><pre>${command}</pre><p><span class="quiet">if ${others.length > 0 ? confirms : 'true'}:</span> ${ifTrue}<br/><span class="quiet">if not:</span> ${ifFalse}</p></li>`,
  )}</ol>${remedy === null ? null : markup`<p><b>Remedy:</b> ${remedy}</p>`}</section>`;
};

const affectedPart = ({ affected, affectedCount, everAffected }: IncidentView): Markup => {
  const shown = affected.slice(0, widgetLimits.shownAffected);
  const rest = affectedCount - shown.length;
  const now = new Set(affected.map(({ id }) => id));
  const before = everAffected.filter((id) => !now.has(id)).map(nameOf);
  return markup`<section><h2>Affected</h2><ul>${shown.map(affectedItem)}</ul>${rest > 0 ? markup`<p class="quiet">and ${rest} more</p>` : null}${before.length === 0 ? null : markup`<p class="quiet">Earlier, or not shown above: ${few(before, widgetLimits.shownEverAffected)}</p>`}</section>`;
};

const affectedItem = ({ id, status, failureMode, summary }: Affected): Markup =>
  markup`<li><code>${nameOf(id)}</code> <span class="${status === 'fail' ? 'bad' : 'attention'}">${status === 'fail' ? '✗' : '!'} ${failureMode ?? status}</span> <span class="quiet">${said(summary)}</span></li>`;

const historyPart = (history: readonly Supposition[], now: number): Markup | null =>
  history.length < 2
    ? null
    : markup`<section><h2>What was supposed, and when</h2><ul>${history
        .slice(-widgetLimits.shownHistory)
        .map(
          ({ at, causes }) =>
            markup`<li><span class="quiet">${clock(at, now)}</span> ${causes.length === 0 ? 'unexplained' : causes.slice(0, widgetLimits.shownCauses).join(' or ')}</li>`,
        )}</ul></section>`;
