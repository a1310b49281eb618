import type { IncidentView } from '../model/incident.ts';
import { cut } from '../wording/plain-text.ts';
import type { Sendable } from './channel.ts';
import { failingHosts, groupsOf, hostName } from './failing.ts';
import { nameOf, oneLine } from './foreign.ts';
import { headOf, isOfIncident, linkLines, threadOf } from './head.ts';
import { looksOf, stepsOf } from './incident-lines.ts';
import { notifyLimits } from './limits.ts';
import { asText } from './line.ts';
import { codeIn, lineIn, linesWithin, plainIn } from './markdown.ts';
import type { Setting } from './setting.ts';
import { subjectOf } from './subject.ts';

/** A custom notification of Amazon Q Developer in chat applications (AWS, "Custom notifications", version 1.0). */
export interface Card {
  readonly version: '1.0';
  readonly source: 'custom';
  readonly content: {
    readonly textType: 'client-markdown';
    readonly title: string;
    readonly description: string;
    readonly nextSteps: readonly string[];
    readonly keywords: readonly string[];
  };
  readonly metadata: {
    /** Messages with the same id appear in one thread. */
    readonly threadId: string;
    readonly summary: string;
    readonly eventType: string;
    readonly relatedResources: readonly string[];
    readonly additionalContext: Readonly<Record<string, string>>;
  };
}

export const cardOf = (event: Sendable, setting: Setting): Card => ({
  version: '1.0',
  source: 'custom',
  content: {
    textType: 'client-markdown',
    title: cut(plainIn(subjectOf(event)), notifyLimits.cardTitle),
    description: linesWithin(descriptionLines(event, setting), notifyLimits.cardDescription),
    nextSteps: nextStepsOf(event, setting),
    keywords: keywordsOf(event),
  },
  metadata: {
    threadId: threadOf(event),
    summary: summaryOf(event, setting),
    eventType: event.kind,
    relatedResources: isOfIncident(event) ? resourcesOf(failingHosts(event.incident.affected), setting) : [],
    additionalContext: contextOf(event),
  },
});

/** The head and the failures, because a chat is read on a phone. The command is the first of the next steps. */
export const descriptionLines = (event: Sendable, setting: Setting): readonly string[] => [
  ...headOf(event, setting)
    .filter(({ kind }) => kind !== 'command' || !isOfIncident(event))
    .map(lineIn),
  ...otherLinks(setting),
  ...(isOfIncident(event) && event.kind !== 'resolved' ? failureLines(event.incident, setting) : []),
];

/** The head has the first link. */
const otherLinks = ({ links }: Setting): readonly string[] =>
  linkLines({ ...links, log: null })
    .slice(1)
    .map(lineIn);

const failureLines = ({ affected, affectedCount }: IncidentView, setting: Setting): readonly string[] => {
  const groups = groupsOf(affected, setting).slice(0, notifyLimits.shownSteps);
  const left = affectedCount - groups.reduce((sum, { ids }) => sum + ids.length, 0);
  return [
    ...groups.map(({ failureMode, summary, ids }) =>
      `• ${ids.length} × ${failureMode ?? 'failing'} ${codeIn(summary)}`.trim(),
    ),
    ...(left > 0 ? [`• and ${left} more`] : []),
  ];
};

export const nextStepsOf = (event: Sendable, setting: Setting): readonly string[] =>
  isOfIncident(event) && event.kind !== 'resolved'
    ? [
        ...stepsOf(event.incident, setting).map(({ command, yes, no }) =>
          cut(`${codeIn(command)} ${plainIn(yes)}; ${plainIn(no)}`, notifyLimits.cardStep),
        ),
        ...looksOf(event.incident).map((place) => cut(`Look at ${plainIn(place)}`, notifyLimits.cardStep)),
      ]
    : [];

const keywordsOf = (event: Sendable): readonly string[] => [
  nameOf(event.environment),
  event.kind,
  ...(isOfIncident(event)
    ? [event.incident.severity, ...event.incident.causes.slice(0, notifyLimits.shownCauses).map(({ id }) => id)]
    : []),
];

/** Only our own words: the summary appears where quotes cannot be marked. */
const summaryOf = (event: Sendable, setting: Setting): string => {
  const [first] = headOf(event, setting).filter(({ kind }) => kind === 'words');
  return first === undefined ? event.kind : cut(plainIn(asText(first)), notifyLimits.cardTitle);
};

const resourcesOf = (roles: readonly string[], setting: Setting): readonly string[] =>
  roles.slice(0, notifyLimits.shownCauses).map((role) => hostName(role, setting));

/** Also what the chat's buttons get: the template shows one only with `acknowledge`. */
const contextOf = (event: Sendable): Readonly<Record<string, string>> => ({
  event: nameOf(event.id),
  at: oneLine(event.at),
  environment: nameOf(event.environment),
  ...(isOfIncident(event)
    ? {
        ...(event.kind === 'resolved' || event.incident.acknowledged !== null
          ? {}
          : { acknowledge: nameOf(event.incident.id) }),
        incident: nameOf(event.incident.id),
        severity: event.incident.severity,
        since: oneLine(event.incident.startedAt),
      }
    : {}),
});
