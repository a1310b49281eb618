import type { IncidentView } from '../../model/incident.ts';
import { type Markup, markup } from '../../report/markup.ts';
import { explanationLabels, sureHeadlinesOf } from '../../wording/causes.ts';
import {
  acknowledgedBy,
  affectedWords,
  deploymentWords,
  failingCycleWords,
  returnWords,
} from '../../wording/incident.ts';
import { capital } from '../../wording/plain-text.ts';
import { causeList, stepsOf } from './causes.ts';
import { detailsLink, type Endpoint } from './details-link.ts';
import { widgetLimits } from './limits.ts';
import { clock, nameOf, said, severityMarks, sinceWords } from './words.ts';

/** An open incident: what it is, and what to run first. */
export const incidentPart = (view: IncidentView, endpoint: Endpoint, now: number): Markup => {
  const steps = stepsOf(view, widgetLimits.shownCommands);
  return markup`<section>${titleOf(view, endpoint)}<p class="quiet">${factsOf(view, now).join(' · ')}</p>${causeList(view)}${steps.length === 0 ? null : markup`<h2>${capital(explanationLabels.next)}</h2>${steps.map(({ command }) => markup`<pre>${command}</pre>`)}`}</section>`;
};

/** The same on one line, for long lists. */
export const incidentLine = (view: IncidentView, endpoint: Endpoint, now: number): Markup =>
  markup`<li><b class="${view.severity}">${severityMarks[view.severity]} ${view.severity}</b><span>${nameOf(view.id)}</span><span class="quiet">${sinceWords(view.startedAt, now)} · ${sureHeadlinesOf(view)}</span>${detailsLink(view.id, endpoint)}</li>`;

const titleOf = (view: IncidentView, endpoint: Endpoint): Markup =>
  markup`<h3><span class="${view.severity}">${severityMarks[view.severity]} ${view.severity}</span><span>${nameOf(view.id)}</span>${detailsLink(view.id, endpoint)}</h3>`;

export const factsOf = (view: IncidentView, now: number): readonly string[] => {
  const { startedAt, resolvedAt, acknowledged, deployment } = view;
  return [
    resolvedAt === null ? sinceWords(startedAt, now) : `from ${clock(startedAt, now)} to ${clock(resolvedAt, now)}`,
    failingCycleWords(view),
    affectedWords(view),
    returnWords(view),
    deployment === null ? '' : deploymentWords(deployment, startedAt, nameOf),
    acknowledged === null
      ? resolvedAt === null
        ? 'not acknowledged'
        : ''
      : `${acknowledgedBy(said(acknowledged.by))} at ${clock(acknowledged.at, now)}`,
  ].filter((words) => words !== '');
};
