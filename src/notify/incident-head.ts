import type { Change, IncidentEvent, IncidentView } from '../platform/incident.ts';
import { plural } from '../report/plain-text.ts';
import { headlineOf, headlinesOf } from './causes.ts';
import { failingStep } from './failing.ts';
import { firstLine, impactLine, nowWords, sinceLine, whatBroke, whereLine } from './incident-lines.ts';
import { notifyLimits } from './limits.ts';
import { type Line, words } from './line.ts';
import type { Setting } from './setting.ts';
import { capital, dateAndTime, firstFitting, span, timeOn } from './words.ts';

const { width } = notifyLimits;

export type EventOfIncident = Extract<IncidentEvent, { readonly incident: IncidentView }>;

/** What can be acted on: a line each for what, where, since when, how bad, and what to do first. */
export const incidentHead = (event: EventOfIncident, setting: Setting): readonly Line[] => {
  const { incident: view } = event;
  if (event.kind === 'resolved') return resolvedHead(view, event.at, setting);
  return [
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
  if (event.kind === 'reminded') return `Still open after ${span(view.startedAt, event.at)}: ${nowWords(view)}.`;
  return whatBroke(view, setting);
};

const changeWords = (change: Change, view: IncidentView, at: string): string => {
  const now = nowWords(view);
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
        `Now only ${now}; before also ${out.length} other${out.length === 1 ? '' : 's'}.`,
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
  const { startedAt, failingCycles, returns } = view;
  const cycles = `${failingCycles} failing ${failingCycles === 1 ? 'cycle' : 'cycles'}`;
  const came = returns === 0 ? '' : `; came back ${returns === 1 ? 'once' : `${returns} times`}`;
  return [
    words(null, `Resolved after ${span(startedAt, end)}: all that failed passes again. Nothing to do now.`),
    words('It was', wasWords(view, setting)),
    words('Time', `${dateAndTime(startedAt)} to ${timeOn(end, startedAt)}, ${cycles}${came}`),
    words('It took down', lastedWords(view)),
  ];
};

const wasWords = (view: IncidentView, setting: Setting): string => {
  if (view.causes.length === 0) return 'not explained by any known cause';
  const sentence = whatBroke(view, setting);
  return sentence.length <= width - 'It was: '.length ? sentence : `${capital(nowWords(view))}.`;
};

const lastedWords = ({ everAffected, affected, severity }: IncidentView): string => {
  const step = failingStep(affected);
  return `${plural(everAffected.length, 'request')}${step === null ? '' : `, model registration at ${step}`} (${severity})`;
};
