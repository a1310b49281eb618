import { defaultHosts } from '../platform/hosts.ts';
import { parseDuration } from './duration.ts';
import { type Finding, finding, type Path } from './fault.ts';
import type { Configuration } from './schema/configuration.ts';
import type { KeyRules } from './target-rules.ts';

const shortestReminder = 60_000;
const longestReminder = 30 * 86_400_000;

/** Sections that a later version uses, in words for `validate`. Each is checked in full now, so that it needs no change then. */
export const unusedSections = {
  registration: 'the model-registration flow is not part of this version',
  incidents: 'incidents and alerts are not part of this version',
} as const satisfies Partial<Record<keyof Configuration, string>>;

/** What the sections of a later version must not say. */
export const laterFindings = ({ registration, incidents }: Configuration, rules: KeyRules): readonly Finding[] => {
  const ways: readonly (readonly [string | undefined, Path])[] = [
    [registration?.through, ['registration', 'through']],
    ...(registration?.cleanupThrough ?? []).map(
      (way, index) => [way, ['registration', 'cleanupThrough', index]] as const,
    ),
  ];
  const open = incidents?.open;
  return [
    ...ways.flatMap(([way, path]) => (way === undefined ? [] : wayFindings(way, path, rules))),
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

/**
 * The flow sends the key to each of its ways. The production names count even where `hosts` names others:
 * the document in design.md says so, and no key is sent yet.
 */
const wayFindings = (way: string, path: Path, { keyHosts }: KeyRules): readonly Finding[] => {
  const { protocol, hostname } = new URL(way);
  if (protocol === 'http:') return [finding(path, { code: 'key-over-http', optional: false })];
  if (keyHosts === null || [...keyHosts, ...Object.values<string>(defaultHosts)].includes(hostname)) return [];
  return [finding(path, { code: 'key-to-foreign-host', host: hostname, optional: false })];
};
