import { otherCause } from '../../model/incident-schema/story.ts';
import { runbooks } from '../../platform/runbooks.ts';
import { incidentSureness, runbookIn, sureHeadlinesOf } from '../../wording/causes.ts';
import { few, plural } from '../../wording/count.ts';
import { affectedTitle, affectedWords, everAffectedCount, returnWords } from '../../wording/incident.ts';
import { judgementWords } from '../../wording/judgement.ts';
import { capital, plainText } from '../../wording/plain-text.ts';
import { withSureness } from '../../wording/probability.ts';
import { shortPath } from '../../wording/short-path.ts';
import { clock, lasting, span } from '../../wording/time.ts';
import { noKnownCauseSentence } from '../../wording/unexplained.ts';
import { code, codeCell, prose } from '../github/escape.ts';
import { alikeOf, commandsOf } from './evidence.ts';
import type { KeptIncident } from './remembered.ts';
import { timelineOf } from './timeline.ts';

const mostCommands = 5;
const shownIds = 20;
const pathWidth = 200;

/** A draft of a postmortem in Markdown: what the prober knows, and a place for what only people know. */
export const postmortem = (kept: KeptIncident): string => {
  const { view, now } = kept;
  const { id, environment, severity, startedAt, openedAt, resolvedAt } = view;
  const path = shortPath(view.path, pathWidth);
  return [
    `# ${prose(sureHeadlinesOf(view).replace(/ \([^()%]*%\)/g, ''))}`,
    '',
    `Postmortem draft of incident ${code(id)} (${prose(environment)}, ${severity}), written by hokusai-synthetics. Replace each *to fill in*.`,
    '',
    '## Summary',
    '',
    `- **Began**: ${clock(startedAt)}`,
    `- **Ended**: ${resolvedAt === null ? `not yet (open for ${lasting(now - Date.parse(startedAt))})` : clock(resolvedAt)}`,
    ...(resolvedAt === null ? [] : [`- **Lasted**: ${span(startedAt, resolvedAt)}`]),
    ...(openedAt === null ? [] : [`- **Detected after**: ${span(startedAt, openedAt)}`]),
    `- **Affected**: ${resolvedAt === null ? affectedWords(view) : `${plural(everAffectedCount(view), 'request')} at some time`}`,
    ...(returnWords(view) === '' ? [] : [`- **Flapping**: ${returnWords(view)}`]),
    '',
    '## Effect on people',
    '',
    '*To fill in: who could not do what, and how many.*',
    '',
    '## Timeline',
    '',
    '| time | event |',
    '|---|---|',
    ...timelineOf(kept).map(({ at, text }) => `| ${clock(at)} | ${prose(plainText(text))} |`),
    '',
    '## Cause',
    '',
    ...causeLines(kept),
    '',
    ...(path === null ? [] : [`Request path: ${prose(path)}`, '']),
    `## Evidence: ${prose(affectedTitle(view))}`,
    '',
    '| failure | requests | seen |',
    '|---|---|---|',
    ...alikeOf(view.affected).map(
      ({ failureMode, ids, summary }) =>
        `| ${prose(failureMode)} | ${prose(few(ids, shownIds))} | ${codeCell(summary)} |`,
    ),
    '',
    '## Commands that decide',
    '',
    ...commandLines(kept),
    '## What fixed it',
    '',
    ...remedyLines(kept),
    '*To fill in.*',
    '',
    '## What went well, what did not',
    '',
    '*To fill in.*',
    '',
    '## Actions',
    '',
    '- [ ] *to fill in: action, owner, date*',
    '',
  ].join('\n');
};

const causeLines = ({ view, judgement }: KeptIncident): readonly string[] => {
  const sure = incidentSureness(view);
  const judged = judgement === null ? '*not judged yet*' : prose(judgementWords(judgement, plainText));
  return [
    ...(view.causes.length === 0
      ? [noKnownCauseSentence]
      : view.causes.map(
          (cause) => `- ${prose(withSureness(cause.id, sure(cause)))}: ${prose(runbookIn(cause.id, view, null).title)}`,
        )),
    '',
    `${capital('people')}: ${judged}`,
  ];
};

/** A tie has no remedy yet, unless people have decided it. */
const remedyLines = ({ view: { causes }, judgement }: KeptIncident): readonly string[] => {
  const [only, ...more] = causes;
  const found = judgement?.cause ?? (more.length === 0 ? only?.id : undefined);
  return found === undefined || found === otherCause || judgement?.cause === null
    ? []
    : [`The runbook's fix: ${prose(runbooks[found].remedy)}`, ''];
};

const commandLines = ({ view, hosts }: KeptIncident): readonly string[] => {
  const steps = commandsOf(view, hosts, mostCommands);
  if (steps.length === 0) return ['No known cause, so none is known.', ''];
  return ['```sh', ...steps.map(({ command }) => command), '```', ''];
};
