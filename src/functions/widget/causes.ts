import type { IncidentCandidate, IncidentView } from '../../model/incident.ts';
import { defaultHosts, hostRoles } from '../../platform/hosts.ts';
import { type Markup, markup } from '../../report/markup.ts';
import { commandsFor, type NextStep, nextSteps } from '../../report/next-steps.ts';
import { confirmedByAws } from '../../wording/aws-confirmation.ts';
import { incidentSureness, runbookIn, tieTitleOf } from '../../wording/causes.ts';
import { placesToLook } from '../../wording/places.ts';
import { isSecurityIncident, securitySentence } from '../../wording/security.ts';
import { noKnownCauseSentence } from '../../wording/unexplained.ts';
import { widgetLimits } from './limits.ts';
import { nameOf, said } from './words.ts';

/** The causes as sentences, with their probabilities. */
export const causeList = (view: IncidentView): Markup =>
  view.causes.length === 0
    ? markup`<p>${isSecurityIncident(view.affected) ? `${securitySentence} ` : ''}${noKnownCauseSentence}</p>${helpFor(view)}`
    : markup`${view.causes.length > 1 ? markup`<p class="quiet">${tieTitleOf(view.causes)}:</p>` : null}<ul class="causes">${candidateItems(view.causes, view)}</ul>`;

/** Without a cause: what the servers say, and the first places to look at. */
const helpFor = ({ affected, outside }: IncidentView): Markup => {
  const seen = [...new Set(affected.map(({ summary }) => said(summary)))].filter((words) => words !== '');
  const places = placesToLook(affected, outside, widgetLimits.shownPlaces);
  return markup`<ul>${seen.slice(0, widgetLimits.shownPlaces).map((words) => markup`<li>seen: ${words}</li>`)}${places.map((place) => markup`<li>look first: ${place}</li>`)}</ul>`;
};

/** List items for some of an incident's causes. */
export const candidateItems = (all: readonly IncidentCandidate[], view: IncidentView): readonly Markup[] => {
  const sure = incidentSureness(view);
  const hosts = all === view.causes ? view.hosts : null;
  const rest = all.length - widgetLimits.shownCauses;
  return [
    ...all
      .slice(0, widgetLimits.shownCauses)
      .map(
        (cause) =>
          markup`<li><b>${sure(cause)}</b><span>${where(hosts)}${runbookIn(cause.id, all === view.causes ? view : { affected: [] }, null).title} <code class="quiet">${cause.id}</code>${cause.confirmedBy === undefined ? null : markup`<br/><span class="quiet">${confirmedByAws} ${said(cause.confirmedBy)}</span>`}</span></li>`,
      ),
    ...(rest > 0 ? [markup`<li><b></b><span>or ${rest} more</span></li>`] : []),
  ];
};

const where = (roles: readonly string[] | null): string => {
  if (roles === null || roles.length === 0) return '';
  if (hostRoles.every((role) => roles.includes(role))) return 'all hosts: ';
  return `${roles.slice(0, hostRoles.length).map(nameOfHost).join(', ')}: `;
};

const nameOfHost = (role: string): string => {
  const known = hostRoles.find((one) => one === role);
  return known === undefined ? nameOf(role) : defaultHosts[known];
};

/** The next commands, with the hosts filled in. */
export const stepsOf = (view: IncidentView, most: number): readonly NextStep[] =>
  nextSteps(
    view.causes.map(({ id }) => {
      const runbook = runbookIn(id, view, null);
      return { id, headline: runbook.headline, next: commandsFor(runbook, view.hosts?.[0] ?? null, defaultHosts) };
    }),
    most,
  );
