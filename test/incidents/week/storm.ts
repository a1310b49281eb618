import { advance } from '../../../src/incidents/advance.ts';
import { emptyState } from '../../../src/incidents/state.ts';
import type { IncidentEvent } from '../../../src/platform/incident.ts';
import { rules } from '../cycles.ts';
import { plainAlarmMessages, scheduled } from './alarms.ts';
import type { Week } from './week.ts';

/** What people get in a week, by incidents and by plain alarms. */
export interface Storm {
  readonly seed: number;
  readonly incidents: number;
  readonly messages: number;
  readonly reminders: number;
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
  return {
    seed: week.seed,
    incidents: new Set(events.flatMap((event) => ('incident' in event ? event.subject : []))).size,
    messages: events.length,
    reminders: events.filter(({ kind }) => kind === 'reminded').length,
    alarmMessages: plainAlarmMessages(scheduled(week)),
  };
};

/** A table for docs/incidents.md. */
export const stormTable = (storms: readonly Storm[]): string =>
  [
    '| week (seed) | incidents | messages | of them reminders | messages per incident | messages of plain alarms |',
    '|---|---|---|---|---|---|',
    ...storms.map(({ seed, incidents, messages, reminders, alarmMessages }) => {
      const each = (messages / incidents).toFixed(1);
      return `| ${seed} | ${incidents} | ${messages} | ${reminders} | ${each} | ${alarmMessages.toLocaleString('en')} |`;
    }),
  ].join('\n');
