import { advance } from '../../../src/incidents/advance.ts';
import { emptyState } from '../../../src/incidents/state.ts';
import type { IncidentEvent } from '../../../src/model/incident.ts';
import { rules } from '../cycles.ts';
import { plainAlarmMessages, scheduled } from './alarms.ts';
import type { Week } from './week.ts';

/** What people get in a week, by incidents and by plain alarms. */
export interface Storm {
  readonly seed: number;
  readonly incidents: number;
  /** Of incidents; the rest is of the monitor itself, for which plain alarms have nothing. */
  readonly messages: number;
  readonly reminders: number;
  /** Of an incident in the middle. */
  readonly median: number;
  readonly ofMonitor: number;
  readonly alarmMessages: number;
}

/** The same week under the rules that are the defaults, with nothing muted or acknowledged. */
export const stormOf = (week: Week): Storm => {
  let state = emptyState('development');
  const events: IncidentEvent[] = [];
  for (const { cycle } of week.steps) {
    const step = advance(state, cycle, rules);
    state = step.state;
    events.push(...step.events);
  }
  const ofIncidents = events.filter((event) => 'incident' in event);
  const each = [...Map.groupBy(ofIncidents, ({ subject }) => subject).values()].map(({ length }) => length);
  return {
    seed: week.seed,
    incidents: each.length,
    messages: ofIncidents.length,
    reminders: events.filter(({ kind }) => kind === 'reminded').length,
    median: each.toSorted((a, b) => a - b)[Math.floor(each.length / 2)] ?? 0,
    ofMonitor: events.length - ofIncidents.length,
    alarmMessages: plainAlarmMessages(scheduled(week)),
  };
};

const columns: readonly (readonly [string, (storm: Storm) => string])[] = [
  ['week (seed)', ({ seed }) => `${seed}`],
  ['incidents', ({ incidents }) => `${incidents}`],
  ['their messages', ({ messages }) => `${messages}`],
  ['of them reminders', ({ reminders }) => `${reminders}`],
  ['messages per incident', ({ messages, incidents }) => (messages / incidents).toFixed(1)],
  ['median', ({ median }) => `${median}`],
  ['plain alarms’ messages', ({ alarmMessages }) => alarmMessages.toLocaleString('en')],
  ['of the monitor itself', ({ ofMonitor }) => `${ofMonitor}`],
];

/** As Markdown. */
export const stormTable = (storms: readonly Storm[]): string =>
  [
    columns.map(([title]) => title),
    columns.map(() => '---'),
    ...storms.map((storm) => columns.map(([, show]) => show(storm))),
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
