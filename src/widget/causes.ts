import { defaultHosts, hostRoles } from '../platform/hosts.ts';
import type { IncidentView, Supposed } from '../platform/incident.ts';
import { runbooks } from '../platform/runbooks.ts';
import { type Markup, markup } from '../report/markup.ts';
import { commandsFor, type NextStep, nextSteps } from '../report/next-steps.ts';
import { percent } from '../report/plain-text.ts';
import { widgetLimits } from './limits.ts';
import { nameOf } from './words.ts';

/** What is wrong, in sentences, with how sure that is. */
export const causeList = ({ causes, hosts }: IncidentView): Markup =>
  causes.length === 0
    ? markup`<p>No known cause explains it.</p>`
    : markup`${causes.length > 1 ? markup`<p class="quiet">Cannot be told apart from outside:</p>` : null}<ul class="causes">${supposedItems(causes, hosts)}</ul>`;

export const supposedItems = (all: readonly Supposed[], hosts: readonly string[] | null): readonly Markup[] => {
  const rest = all.length - widgetLimits.shownCauses;
  return [
    ...all
      .slice(0, widgetLimits.shownCauses)
      .map(
        ({ id, probability }) =>
          markup`<li><b>${percent(probability)}</b><span>${where(hosts)}${runbooks[id].title} <code class="quiet">${id}</code></span></li>`,
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

/** What to run, hosts filled in. */
export const stepsOf = ({ causes, hosts }: IncidentView, most: number): readonly NextStep[] =>
  nextSteps(
    causes.map(({ id }) => ({ id, next: commandsFor(id, hosts?.[0] ?? null, defaultHosts) })),
    most,
  );
