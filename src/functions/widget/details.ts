import { listed } from '../../incidents/by-hand.ts';
import type { Affected, EarlierDiagnosis, IncidentView } from '../../model/incident.ts';
import { type Markup, markup } from '../../report/markup.ts';
import {
  answerLabels,
  headlinesOf,
  explanationLabels as labels,
  runbookIn,
  sureHeadlinesOf,
} from '../../wording/causes.ts';
import { few } from '../../wording/count.ts';
import { capital } from '../../wording/plain-text.ts';
import { candidateItems, causeList, stepsOf } from './causes.ts';
import { framed } from './frame.ts';
import type { Headline } from './headline.ts';
import { factsOf } from './incident-part.ts';
import { widgetLimits } from './limits.ts';
import type { Draw, Overview, Remembered } from './overview.ts';
import { pathPicture } from './path-picture.ts';
import { clock, nameOf, said } from './words.ts';

/** Everything stored about one incident. */
export const details = (id: string, remembered: Remembered): string => {
  const { headline, inside } = detailsParts(id, remembered);
  return framed(remembered.look.theme, headline, inside, remembered.notes);
};

/** The parts of the details, for pages with a frame of their own. */
export const detailsParts = (
  id: string,
  { state, endpoint, look, now }: Remembered,
  draw: Draw = (picture) => picture(look),
): Omit<Overview, 'notes'> => {
  const view = state === null ? undefined : listed(state).find((one) => one.id === id);
  if (view === undefined) {
    const headline: Headline = {
      tone: 'unknown',
      text: `Incident ${nameOf(id)} was not found`,
      reason: `${nameOf(endpoint.environment)} · open incidents and the last twenty resolved ones are kept; one seen in a single cycle is not`,
    };
    return { headline, inside: [] };
  }
  const headline: Headline = {
    tone: view.resolvedAt !== null ? 'good' : view.severity === 'critical' ? 'bad' : 'attention',
    text: `${view.resolvedAt === null ? '' : 'Resolved: '}${sureHeadlinesOf(view)}`,
    reason: [nameOf(view.id), view.severity, ...factsOf(view, now)].join(' · '),
  };
  const inside = [
    draw((one) => pathPicture(view.path, 'works', one)),
    causesPart(view),
    commandsPart(view),
    affectedPart(view),
    historyPart(view.history, now),
  ];
  return { headline, inside: inside.filter((part) => part !== null) };
};

const causesPart = (view: IncidentView): Markup =>
  markup`<section>${causeList(view)}${view.notRuledOut.length === 0 ? null : markup`<h2>${capital(labels.notRuledOut)}</h2><ul class="causes">${candidateItems(view.notRuledOut, view)}</ul>`}</section>`;

/** More steps than a tie of four causes has. */
const allSteps = 20;

const commandsPart = (view: IncidentView): Markup | null => {
  const steps = stepsOf({ ...view, causes: view.causes.slice(0, widgetLimits.shownCauses) }, allSteps);
  if (steps.length === 0) return null;
  const [only, ...others] = view.causes;
  const remedy = only === undefined || others.length > 0 ? null : runbookIn(only.id, view, null).remedy;
  return markup`<section><h2>${capital(labels.next)}</h2><ol class="steps">${steps.map(
    ({ command, ifTrue, ifFalse, headline }) => {
      const { yes, no } = answerLabels({ headline });
      return markup`<li><pre>${command}</pre><p><span class="quiet">${yes}:</span> ${ifTrue}<br/><span class="quiet">${no}:</span> ${ifFalse}</p></li>`;
    },
  )}</ol>${remedy === null ? null : markup`<p><b>${capital(labels.fix)}:</b> ${remedy}</p>`}</section>`;
};

const affectedPart = ({ affected, affectedCount, everAffected }: IncidentView): Markup => {
  const shown = affected.slice(0, widgetLimits.shownAffected);
  const rest = affectedCount - shown.length;
  const now = new Set(affected.map(({ id }) => id));
  const before = everAffected.filter((id) => !now.has(id)).map(nameOf);
  return markup`<section><h2>Affected</h2><ul class="apart">${shown.map(affectedItem)}</ul>${rest > 0 ? markup`<p class="quiet">and ${rest} more</p>` : null}${before.length === 0 ? null : markup`<p class="quiet">Earlier, or not shown above: ${few(before, widgetLimits.shownEverAffected)}</p>`}</section>`;
};

const affectedItem = ({ id, status, failureMode, summary }: Affected): Markup =>
  markup`<li><code>${nameOf(id)}</code> <span class="${status === 'fail' ? 'bad' : 'attention'}">${status === 'fail' ? '✗' : '!'} ${failureMode ?? status}</span> <span class="quiet">${said(summary)}</span></li>`;

const historyPart = (history: readonly EarlierDiagnosis[], now: number): Markup | null =>
  history.length < 2
    ? null
    : markup`<section><h2>Earlier diagnoses</h2><ul>${history
        .slice(-widgetLimits.shownHistory)
        .map(
          ({ at, causes }) => markup`<li><span class="quiet">${clock(at, now)}</span> ${headlinesOf(causes)}</li>`,
        )}</ul></section>`;
