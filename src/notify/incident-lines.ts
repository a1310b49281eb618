import type { IncidentView } from '../platform/incident.ts';
import { runbooks } from '../platform/runbooks.ts';
import { commandsFor, nextSteps } from '../report/next-steps.ts';
import { sureHeadlineOf, surely, sureness } from './causes.ts';
import { countWords, failingHosts, flowWords, groupsOf, hostNames, placeToLook } from './failing.ts';
import { type Redact, said } from './foreign.ts';
import { notifyLimits } from './limits.ts';
import { command, type Line, quoted, words } from './line.ts';
import { shortPath } from './path.ts';
import type { Setting } from './setting.ts';
import { capital, dateAndTime, firstFitting, timeOn } from './words.ts';

const { width } = notifyLimits;

/** What broke and how sure that is, in a sentence. */
export const whatBroke = (view: IncidentView, setting: Setting): string => {
  const [first, second, third] = view.causes;
  const where = view.hosts === null ? null : hostNames(view.hosts, setting);
  if (first === undefined) {
    const start = `No known cause explains it: ${countWords(view)}`;
    return firstFitting(width, [`${start} on ${hostNames(failingHosts(view.affected), setting)}.`, `${start}.`]);
  }
  if (second === undefined) {
    const { title, headline } = runbooks[first.id];
    const sure = sureness(first.probability);
    const sentence = title.replace(/\.$/, '');
    return where === null
      ? firstFitting(width, [`${sentence} (${sure} likely).`, `${sentence} (${sure}).`])
      : firstFitting(width, [
          `${where}: ${sentence} (${sure} likely).`,
          `${where}: ${sentence} (${sure}).`,
          `${where}: ${headline} (${sure}).`,
        ]);
  }
  if (third === undefined) {
    const either = `Either ${surely(first)} or ${surely(second)}`;
    return firstFitting(width, [`${either}: they cannot be told apart.`, `${either}.`]);
  }
  return `One of ${view.causes.length} that cannot be told apart, first: ${surely(first)}.`;
};

/** Where in the path; of what nothing explains, what was seen. */
export const whereLine = (view: IncidentView, setting: Setting): Line => {
  const path = shortPath(view.path, width - 'Where: '.length);
  if (path !== null) return words('Where', path);
  const [most] = groupsOf(view.affected, setting);
  if (view.causes.length === 0 && most !== undefined && most.summary !== '')
    return quoted('Seen', said(most.summary, setting.redact, notifyLimits.foreignInHead));
  return words('Where', hostNames(view.hosts ?? failingHosts(view.affected), setting));
};

export const sinceLine = (view: IncidentView, { redact }: Setting): Line => {
  const { startedAt, failingCycles, deployment } = view;
  const start = `${dateAndTime(startedAt)}, ${failingCycles} failing ${failingCycles === 1 ? 'cycle' : 'cycles'}`;
  return words(
    'Since',
    deployment === null
      ? firstFitting(width - 'Since: '.length, [`${start}; no deployment seen before it`, start])
      : `${start}; ${version(deployment.to, redact)} deployed by ${timeOn(deployment.at, startedAt)}`,
  );
};

/** A version is what a server says that it is. What no version is made of stays visible: parts that are joined could be a secret again. */
export const version = (text: string, redact: Redact): string =>
  said(text, redact)
    .replace(/[^A-Za-z0-9.+_-]+/g, '?')
    .slice(0, 24) || 'unnamed';

export const impactLine = (view: IncidentView): Line => {
  const label = capital(view.severity);
  const [first, ...shorter] = flowWords(view).map((flow) => `${countWords(view)}; ${flow}`);
  return words(label, firstFitting(width - label.length - 2, [first ?? countWords(view), ...shorter]));
};

/** What to do first. */
export const firstLine = (view: IncidentView, setting: Setting): Line => {
  const [first] = stepsOf(view, setting);
  return first === undefined ? words('Look at', placeToLook(view.affected)) : command('Run', first.command);
};

export interface Step {
  readonly question: string;
  readonly command: string;
  /** What it shows when the answer is yes, and when it is no. */
  readonly yes: string;
  readonly no: string;
}

/** The questions that decide, with the names of the hosts put in. */
export const stepsOf = ({ causes, hosts }: IncidentView, setting: Setting): readonly Step[] => {
  const asked = causes.map(({ id }) => ({ id, next: commandsFor(id, hosts?.[0] ?? null, setting.hosts) }));
  return nextSteps(asked, notifyLimits.shownSteps).map((step) => ({
    question: `${capital(runbooks[step.confirms].headline)}?`,
    command: step.command,
    yes: step.ifTrue,
    no: step.ifFalse,
  }));
};

/** The same, as short as it goes in a sentence about something else. */
export const nowWords = ({ causes }: IncidentView): string => sureHeadlineOf(causes);
