import type { Target } from '../model/target.ts';
import { cleanUpTarget, registrationHost, stepIds, stepTarget } from '../platform/flow-steps.ts';
import { hostRoles } from '../platform/hosts.ts';
import { hypothesisIds } from '../platform/hypotheses.ts';
import { type ConfigErrorAt, finding, type Path } from './config-errors.ts';
import { parseDuration } from './duration.ts';
import { nearest } from './nearest.ts';
import type { IncidentsSection } from './schema/incidents.ts';
import type { IncidentSettings } from './settings.ts';

const shortestReminder = 60_000;
const longestReminder = 30 * 86_400_000;
/** A look takes a few seconds, and loads the platform. */
export const recheckMs = { least: 5_000, most: 3_600_000 } as const;

/** The settings of an `incidents` section. */
export const incidentsOf = (said: IncidentsSection | undefined): IncidentSettings => ({
  open: said?.open ?? { failures: 2, of: 3 },
  resolveAfter: said?.resolveAfter ?? 2,
  remindEveryMs: parseDuration(said?.remindEvery ?? '1h') ?? 3_600_000,
  recheckEveryMs: parseDuration(said?.recheckEvery ?? '10s') ?? 10_000,
  openAtOnce: said?.openAtOnce ?? [],
  severity: said?.severity ?? {},
  mutes: (said?.mute ?? []).flatMap(({ until, reason, ...what }) => {
    const muted = muteOf(what);
    return muted === null ? [] : [{ what: muted, until: new Date(until).toISOString(), reason: reason ?? null }];
  }),
});

type Muted = IncidentSettings['mutes'][number]['what'];
type SaidMute = Pick<NonNullable<IncidentsSection['mute']>[number], 'target' | 'host' | 'hypothesis'>;

/** Null: it names none, or more than one. */
const muteOf = ({ target, host, hypothesis }: SaidMute): Muted | null => {
  const said: readonly Muted[] = [
    ...(target === undefined ? [] : [{ target }]),
    ...(host === undefined ? [] : [{ host }]),
    ...(hypothesis === undefined ? [] : [{ hypothesis }]),
  ];
  return said.length === 1 ? (said[0] ?? null) : null;
};

/** Errors of the `incidents` section. `targets`: null where they could not be read. */
export const incidentErrors = (
  incidents: IncidentsSection | undefined,
  targets: readonly Target[] | null,
): readonly ConfigErrorAt[] => {
  const open = incidents?.open;
  return [
    ...(open !== undefined && open.failures > open.of
      ? [finding(['incidents', 'open'], { code: 'more-failures-than-cycles' }, 'key')]
      : []),
    ...rangeErrors('remindEvery', incidents?.remindEvery, { least: shortestReminder, most: longestReminder }),
    ...rangeErrors('recheckEvery', incidents?.recheckEvery, recheckMs),
    ...(incidents?.mute ?? []).flatMap((mute, index) =>
      muteOf(mute) === null ? [finding(['incidents', 'mute', index], { code: 'mutes-not-one' })] : [],
    ),
    ...(targets === null ? [] : idErrors(incidents, targets)),
  ];
};

const formatOf = { remindEvery: 'duration-range', recheckEvery: 'recheck-range' } as const;

const rangeErrors = (
  name: keyof typeof formatOf,
  duration: string | undefined,
  { least, most }: { readonly least: number; readonly most: number },
): readonly ConfigErrorAt[] => {
  const ms = duration === undefined ? null : parseDuration(duration);
  if (ms === null || (ms >= least && ms <= most)) return [];
  return [finding(['incidents', name], { code: 'malformed', format: formatOf[name] })];
};

/** Every subject of an incident. */
export const namesToMute = (targets: readonly Target[]) => ({
  target: [...targets.map(({ id }) => id), ...stepIds.map(stepTarget), cleanUpTarget],
  host: [...new Set<string>([...hostRoles, registrationHost, ...targets.map(({ host }) => host)])],
  hypothesis: hypothesisIds as readonly string[],
});

/** A rule with an unknown id would never apply. */
const idErrors = (said: IncidentsSection | undefined, targets: readonly Target[]): readonly ConfigErrorAt[] => {
  const { target: requests, host: hosts } = namesToMute(targets);
  const unknown = (
    id: string,
    known: readonly string[],
    words: string,
    { path, part }: Pick<ConfigErrorAt, 'path' | 'part'>,
  ) =>
    known.includes(id) ? [] : [finding(path, { code: 'unknown-id', known: words, nearest: nearest(id, known) }, part)];
  const valueAt = (...path: Path) => ({ path: ['incidents', ...path], part: 'value' }) as const;
  return [
    ...(said?.openAtOnce ?? []).flatMap((id, index) =>
      unknown(id, [...requests, ...hosts], 'a target or host', valueAt('openAtOnce', index)),
    ),
    ...Object.keys(said?.severity ?? {}).flatMap((id) =>
      unknown(id, [...requests, ...hosts, ...hypothesisIds], 'a target, host or hypothesis', {
        path: ['incidents', 'severity', id],
        part: 'key',
      }),
    ),
    ...(said?.mute ?? []).flatMap(({ target, host, hypothesis }, index) => [
      ...(target === undefined ? [] : unknown(target, requests, 'a target', valueAt('mute', index, 'target'))),
      ...(host === undefined ? [] : unknown(host, hosts, 'a host', valueAt('mute', index, 'host'))),
      ...(hypothesis === undefined
        ? []
        : unknown(hypothesis, hypothesisIds, 'a hypothesis', valueAt('mute', index, 'hypothesis'))),
    ]),
  ];
};
