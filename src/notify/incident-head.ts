import { renewBaseline } from '../model/baseline-doubt.ts';
import type { Change, IncidentEvent, IncidentView } from '../model/incident.ts';
import { staleBaselineWords } from '../wording/baseline.ts';
import { headlineOf, headlinesOf, sureHeadlinesOf } from '../wording/causes.ts';
import { plural } from '../wording/count.ts';
import { firstFitting } from '../wording/fitting.ts';
import { flowTitle, stepName } from '../wording/flow.ts';
import { everAffectedCount, failingCycleWords, returnWords } from '../wording/incident.ts';
import { capital } from '../wording/plain-text.ts';
import { isSecurityIncident, securitySentence } from '../wording/security.ts';
import { clock, span } from '../wording/time.ts';
import { noKnownCause } from '../wording/unexplained.ts';
import { failingStep } from './failing.ts';
import { firstLine, impactLine, sinceLine, whatBroke, whereLine } from './incident-lines.ts';
import { notifyLimits } from './limits.ts';
import { command, type Line, words } from './line.ts';
import type { Setting } from './setting.ts';

const { width } = notifyLimits;

export type EventOfIncident = Extract<IncidentEvent, { readonly incident: IncidentView }>;

/** The actionable lines: cause, place, start, severity, first command. */
export const incidentHead = (event: EventOfIncident, setting: Setting): readonly Line[] => {
  const { incident: view } = event;
  if (event.kind === 'resolved') return resolvedHead(view, event.at, setting);
  return [
    ...(view.baselineDoubted === true
      ? [words(null, staleBaselineWords), command('Renew', renewBaseline(setting.reach.config))]
      : []),
    ...(isSecurityIncident(view.affected) && (view.causes.length > 0 || event.kind !== 'opened')
      ? [words(null, securitySentence)]
      : []),
    words(null, newsOf(event, setting)),
    whereLine(view, setting),
    sinceLine(view, setting),
    impactLine(view),
    firstLine(view, setting),
  ];
};

const newsOf = (event: EventOfIncident, setting: Setting): string => {
  const { incident: view } = event;
  if (event.kind === 'updated') return changeWords(event.change, view, event.at);
  if (event.kind === 'reminded')
    return `Still open after ${span(view.startedAt, event.at)}: ${sureHeadlinesOf(view, event.at)}.`;
  return whatBroke(view, setting, event.at);
};

const changeWords = (change: Change, view: IncidentView, at: string): string => {
  const now = sureHeadlinesOf(view, at);
  switch (change.kind) {
    case 'moved':
      return firstFitting(width, [
        `Now ${now}; before: ${headlinesOf(change.from)}.`,
        `Now ${now}; before: ${headlineOf(change.from)}.`,
      ]);
    case 'narrowed': {
      const left = new Set(view.causes.map(({ id }) => id));
      const out = change.from.filter((id) => !left.has(id));
      return firstFitting(width, [
        `Now only ${now}; before also ${headlinesOf(out)}.`,
        `Now only ${now}; before also ${plural(out.length, 'other')}.`,
      ]);
    }
    case 'worse':
      return `Now ${view.severity}, was ${change.from}: ${now}.`;
    case 'returned':
      return `Back ${span(change.resolvedAt, at)} after it was resolved: ${now}.`;
  }
};

const resolvedHead = (view: IncidentView, at: string, setting: Setting): readonly Line[] => {
  const end = view.resolvedAt ?? at;
  const { startedAt } = view;
  const returned = returnWords(view);
  const cycles = [failingCycleWords(view), ...(returned === '' ? [] : [returned])].join('; ');
  return [
    words(null, `Resolved after ${span(startedAt, end)}: this fault is no longer seen. No action needed.`),
    words('Cause', wasWords(view, setting, at)),
    words('When', `${clock(startedAt)} to ${clock(end, startedAt)}, ${cycles}`),
    words('Affected', lastedWords(view)),
  ];
};

const wasWords = (view: IncidentView, setting: Setting, at: string): string => {
  if (view.causes.length === 0) return noKnownCause;
  const sentence = whatBroke(view, setting, at);
  return sentence.length <= width - 'Cause: '.length ? sentence : `${capital(sureHeadlinesOf(view, at))}.`;
};

const lastedWords = (view: IncidentView): string => {
  const { affected, severity } = view;
  const step = failingStep(affected);
  return `${plural(everAffectedCount(view), 'request')}${step === null ? '' : `, ${flowTitle} at ${stepName(step)}`} (${severity})`;
};
