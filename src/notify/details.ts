import type { EarlierDiagnosis, IncidentCandidate } from '../model/incident.ts';
import { confirmedByAws } from '../wording/aws-confirmation.ts';
import {
  headlinesOf,
  incidentSureness,
  explanationLabels as labels,
  runbookIn,
  tieTitleOf,
} from '../wording/causes.ts';
import { few } from '../wording/count.ts';
import { hopLegend, hopWords } from '../wording/hops.ts';
import { affectedTitle, deploymentWords, everAffectedCount } from '../wording/incident.ts';
import { capital, wrapped } from '../wording/plain-text.ts';
import { withSureness } from '../wording/probability.ts';
import { clock } from '../wording/time.ts';
import { groupsOf } from './failing.ts';
import { nameOf, said } from './foreign.ts';
import type { EventOfIncident } from './incident-head.ts';
import { looksOf, stepsOf, version } from './incident-lines.ts';
import { notifyLimits } from './limits.ts';
import type { Setting } from './setting.ts';

/** A section below the actionable lines. */
export interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}

const indent = '  ';
const deeper = '     ';

export const detailsOf = (event: EventOfIncident, setting: Setting): readonly Section[] => {
  const open = event.kind !== 'resolved';
  return [
    ...(open ? [nextSection(event, setting), fixSection(event)] : []),
    causeSection(event, setting),
    ...(open ? [failingSection(event, setting), pathSection(event)] : [everSection(event)]),
    deploymentSection(event, setting),
    historySection(event),
  ].filter(({ lines }) => lines.length > 0);
};

const nextSection = ({ incident }: EventOfIncident, setting: Setting): Section => ({
  title: capital(labels.next),
  lines: [
    ...stepsOf(incident, setting).flatMap(({ command, yes, no }, index) => [
      `${indent}${index + 1}  ${command}`,
      ...folded(yes, deeper),
      ...folded(no, deeper),
    ]),
    ...looksOf(incident).flatMap((place, index) => folded(`${index + 1}  look at ${place}`, indent)),
  ],
});

/** A tie has no fix yet: run the commands above first to decide. */
const fixSection = ({ incident }: EventOfIncident): Section => {
  const { causes } = incident;
  const [only, ...more] = causes;
  return {
    title: capital(labels.fix),
    lines: only === undefined || more.length > 0 ? [] : folded(runbookIn(only.id, incident, null).remedy, indent),
  };
};

const causeSection = ({ incident }: EventOfIncident, { redact }: Setting): Section => {
  const { causes, notRuledOut } = incident;
  const sure = incidentSureness(incident);
  const named = (cause: IncidentCandidate): string => withSureness(cause.id, sure(cause));
  const others = notRuledOut.slice(0, notifyLimits.shownCauses).map(named);
  return {
    title: causes.length > 1 ? tieTitleOf(causes) : 'Cause',
    lines: [
      ...causes
        .slice(0, notifyLimits.shownCauses)
        .flatMap((cause) => [
          ...folded(`${named(cause)}: ${runbookIn(cause.id, incident, null).title}`, indent),
          ...(cause.confirmedBy === undefined
            ? []
            : folded(`${confirmedByAws} ${said(cause.confirmedBy, redact)}`, deeper)),
        ]),
      ...(causes.length > notifyLimits.shownCauses
        ? [`${indent}and ${causes.length - notifyLimits.shownCauses} more`]
        : []),
      ...(others.length === 0 ? [] : folded(`${labels.notRuledOut}: ${others.join(', ')}`, indent)),
    ],
  };
};

const failingSection = ({ incident }: EventOfIncident, setting: Setting): Section => {
  const { affected, affectedCount } = incident;
  const groups = groupsOf(affected, setting);
  const shown = groups.slice(0, notifyLimits.shownFailures);
  const left = affectedCount - shown.reduce((sum, { ids }) => sum + ids.length, 0);
  return {
    title: affectedTitle(incident),
    lines: [
      ...shown.flatMap(({ failureMode, summary, ids }) => [
        ...folded(`${failureMode ?? 'failing'}: ${few(ids, notifyLimits.shownIds)}`, indent),
        ...folded(summary, deeper),
      ]),
      ...(left > 0 ? [`${indent}and ${left} more`] : []),
    ],
  };
};

const everSection = ({ incident }: EventOfIncident): Section => ({
  title: `Failed (${everAffectedCount(incident)})`,
  lines:
    incident.everAffected.length === 0
      ? []
      : folded(few(incident.everAffected.map(nameOf), notifyLimits.shownOpen), indent),
});

const pathSection = ({ incident: { path } }: EventOfIncident): Section => ({
  title: 'Request path',
  lines:
    path.length === 0
      ? []
      : [...wrapped(['client', ...path.map(hopWords)], '  ', notifyLimits.width - indent.length), `(${hopLegend})`].map(
          (line) => indent + line,
        ),
});

const deploymentSection = ({ incident: { deployment } }: EventOfIncident, { redact }: Setting): Section => ({
  title: 'Deployment',
  lines:
    deployment === null
      ? []
      : folded(
          deploymentWords(deployment, '', (text) => version(text, redact)),
          indent,
        ),
});

const historySection = ({ incident: { history } }: EventOfIncident): Section => ({
  title: 'Earlier diagnoses',
  lines: history.length < 2 ? [] : history.slice(-notifyLimits.shownHistory).flatMap(earlierDiagnosis),
});

const earlierDiagnosis = ({ at, causes }: EarlierDiagnosis): readonly string[] =>
  folded(`${clock(at)}  ${capital(headlinesOf(causes))}`, indent);

const folded = (text: string, before: string): readonly string[] =>
  wrapped(text.split(' '), ' ', notifyLimits.width - before.length).map((line) => before + line);
