import type { IncidentView } from '../model/incident.ts';
import { commandsFor, nextSteps } from '../report/next-steps.ts';
import {
  answerLabels,
  incidentSureness,
  isFarAhead,
  runbookIn,
  sureHeadlinesOf,
  tieClause,
} from '../wording/causes.ts';
import { firstFitting } from '../wording/fitting.ts';
import { affectedWords, deploymentWords, failingCycleWords, noDeployment } from '../wording/incident.ts';
import { placesToLook } from '../wording/places.ts';
import { capital } from '../wording/plain-text.ts';
import { withSureness } from '../wording/probability.ts';
import { isSecurityIncident, securitySentence } from '../wording/security.ts';
import { shortPath } from '../wording/short-path.ts';
import { clock } from '../wording/time.ts';
import { noKnownCauseClause } from '../wording/unexplained.ts';
import { failingHosts, groupsOf, hostNames, impactWords, placeToLook } from './failing.ts';
import { type Redact, said } from './foreign.ts';
import { notifyLimits } from './limits.ts';
import { command, type Line, quoted, words } from './line.ts';
import type { Setting } from './setting.ts';

const { width } = notifyLimits;

/** The cause and its probability, as a sentence. */
export const whatBroke = (view: IncidentView, setting: Setting, at: string): string => {
  const [first, second, third] = view.causes;
  const sure = incidentSureness(view);
  const where = view.hosts === null ? null : hostNames(view.hosts, setting);
  if (first === undefined) {
    const start = `${isSecurityIncident(view.affected) ? securitySentence.replace(/\.$/, '') : capital(noKnownCauseClause)}: ${affectedWords(view)}`;
    return firstFitting(width, [`${start} on ${hostNames(failingHosts(view.affected), setting)}.`, `${start}.`]);
  }
  if (second === undefined) {
    const { title, headline } = runbookIn(first.id, view, at);
    const likely = first.confirmedBy === undefined ? sure(first) : 'confirmed by AWS';
    const fully = first.confirmedBy === undefined ? `${likely} likely` : likely;
    const sentence = title.replace(/\.$/, '');
    return where === null
      ? firstFitting(width, [`${sentence} (${fully}).`, `${sentence} (${likely}).`])
      : firstFitting(width, [
          `${where}: ${sentence} (${fully}).`,
          `${where}: ${sentence} (${likely}).`,
          `${where}: ${headline} (${likely}).`,
        ]);
  }
  if (third === undefined) {
    const either = `Either ${sureHeadlinesOf(view, at)}`;
    return firstFitting(width, isFarAhead(view.causes) ? [`${either}.`] : [`${either}: ${tieClause}.`, `${either}.`]);
  }
  const most = withSureness(runbookIn(first.id, view, at).headline, sure(first));
  const alike = isFarAhead(view.causes) ? 'possible causes' : 'causes that look the same';
  return `One of ${view.causes.length} ${alike}; most likely: ${most}.`;
};

/** The broken hop in the path; without a cause, the evidence: the path is among the details. */
export const whereLine = (view: IncidentView, setting: Setting): Line => {
  const [most] = groupsOf(view.affected, setting);
  if (view.causes.length === 0 && most !== undefined && most.summary !== '')
    return quoted('Seen', said(most.summary, setting.redact, notifyLimits.foreignInHead));
  const path = shortPath(view.path, width - 'Where: '.length);
  if (path !== null) return words('Where', path);
  return words('Where', hostNames(view.hosts ?? failingHosts(view.affected), setting));
};

export const sinceLine = (view: IncidentView, { redact }: Setting): Line => {
  const { startedAt, deployment } = view;
  const start = `${clock(startedAt)}, ${failingCycleWords(view)}`;
  return words(
    'Since',
    deployment === null
      ? firstFitting(width - 'Since: '.length, [`${start}; ${noDeployment}`, start])
      : firstFitting(width - 'Since: '.length, [
          `${start}; ${deploymentWords(deployment, startedAt, (text) => version(text, redact))}`,
          `${start}; deployed by ${clock(deployment.at, startedAt)}`,
        ]),
  );
};

/**
 * The version as the server gives it. Unsafe characters are replaced, not removed, because the joined parts could form
 * a secret.
 */
export const version = (text: string, redact: Redact): string =>
  said(text, redact)
    .replace(/[^A-Za-z0-9.+_-]+/g, '?')
    .slice(0, 24) || 'unnamed';

export const impactLine = (view: IncidentView): Line => {
  const label = capital(view.severity);
  const [first, ...shorter] = impactWords(view).map((impact) => `${affectedWords(view)}; ${impact}`);
  return words(label, firstFitting(width - label.length - 2, [first ?? affectedWords(view), ...shorter]));
};

/** The first command, or where to look. */
export const firstLine = (view: IncidentView, setting: Setting): Line => {
  const [first] = stepsOf(view, setting);
  return first === undefined ? words('Look at', placeToLook(view)) : command('Run', first.command);
};

/** Without a cause: the first places to look at. */
export const looksOf = ({ causes, affected, outside }: IncidentView): readonly string[] =>
  causes.length > 0 ? [] : placesToLook(affected, outside, notifyLimits.shownSteps);

export interface Step {
  readonly command: string;
  /** Output of the command if the cause is right, and if it is wrong. */
  readonly yes: string;
  readonly no: string;
}

/** The next commands, with the hosts filled in. */
export const stepsOf = (view: IncidentView, setting: Setting): readonly Step[] => {
  const { causes, hosts } = view;
  const asked = causes.map(({ id }) => {
    const runbook = runbookIn(id, view, null);
    return { id, headline: runbook.headline, next: commandsFor(runbook, hosts?.[0] ?? null, setting.hosts) };
  });
  return nextSteps(asked, notifyLimits.shownSteps).map((step) => {
    const { yes, no } = answerLabels(step);
    return { command: step.command, yes: `${yes}: ${step.ifTrue}`, no: `${no}: ${step.ifFalse}` };
  });
};
