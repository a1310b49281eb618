import { parseDuration } from './duration.ts';
import { type Finding, finding } from './fault.ts';
import type { Configuration } from './schema/configuration.ts';

const shortestReminder = 60_000;
const longestReminder = 30 * 86_400_000;

/** What the `incidents` section must not say. A later version uses it; it is checked in full now, so that it needs no change then. */
export const incidentFindings = (incidents: Configuration['incidents']): readonly Finding[] => {
  const open = incidents?.open;
  return [
    ...(open !== undefined && open.failures > open.of
      ? [finding(['incidents', 'open'], { code: 'more-failures-than-cycles' }, 'key')]
      : []),
    ...reminderFindings(incidents?.remindEvery),
  ];
};

const reminderFindings = (duration: string | undefined): readonly Finding[] => {
  const ms = duration === undefined ? null : parseDuration(duration);
  if (ms === null || (ms >= shortestReminder && ms <= longestReminder)) return [];
  return [finding(['incidents', 'remindEvery'], { code: 'malformed', format: 'duration-range' })];
};
