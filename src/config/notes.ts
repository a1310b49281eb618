import type { LimitName, Limits } from '../model/limits.ts';
import { defaultHosts, hostRoles } from '../platform/hosts.ts';
import type { Assembled } from './assemble.ts';
import type { Path } from './config-errors.ts';
import { onlyNotes } from './only.ts';
import { waysOf } from './registration.ts';
import type { Configuration } from './schema/configuration.ts';
import type { Note } from './wording.ts';

/** Remarks on a valid configuration. */
export const notesOn = (
  document: Configuration,
  { settings, offWithoutKey }: Assembled,
  now: number,
): readonly Note[] => [
  ...mixedHosts(document.hosts ?? {}),
  ...limitNotes(settings.limits),
  ...(document.incidents?.mute ?? []).flatMap(({ until }, index) => overMute(until, index, now)),
  ...(offWithoutKey.length === 0 ? [] : [withoutKey(offWithoutKey)]),
  ...onlyNotes(document, settings.targets),
  ...(settings.registration.enabled ? waysOf(document.registration) : []).flatMap(([way, path]) =>
    leadsElsewhere(way, path, settings.hosts.registry, Object.values(settings.hosts)),
  ),
];

const withoutKey = (off: readonly string[]): Note => ({
  path: ['credentials', 'apiKey'],
  words: { reason: 'is none, so everything that needs a key is off', hint: off.join(', ') },
});

/** The key of a staging platform would also go to production. */
const mixedHosts = (said: NonNullable<Configuration['hosts']>): readonly Note[] => {
  const other = hostRoles.filter((role) => said[role] !== undefined && said[role] !== defaultHosts[role]);
  const left = hostRoles.filter((role) => !other.includes(role));
  if (other.length === 0 || left.length === 0) return [];
  return [
    {
      path: ['hosts'],
      words: {
        reason: `changes ${other.join(', ')}, but not ${left.join(', ')}`,
        hint: `${left.map((role) => defaultHosts[role]).join(', ')} would be probed too, with the same key; name every host of the deployment`,
      },
    },
  ];
};

/** A limit that another one always reaches first has no effect. */
const limitNotes = (limits: Limits): readonly Note[] =>
  shorterThan.flatMap(([name, longer, effect]) =>
    limits[name] < limits[longer]
      ? []
      : [
          {
            path: ['limits', name],
            words: { reason: `is not shorter than limits.${longer} (${limits[longer]})`, hint: effect },
          },
        ],
  );

const neverReached = 'that limit is always reached first, so this one has no effect';

const shorterThan: readonly (readonly [name: LimitName, longer: LimitName, effect: string])[] = [
  ['resolveMs', 'totalMs', neverReached],
  ['connectMs', 'totalMs', neverReached],
  ['tlsMs', 'totalMs', neverReached],
  ['slowMs', 'totalMs', 'a response would fail before it counts as slow'],
  ['totalMs', 'deadlineMs', 'the cycle ends first, so a request that hangs is inconclusive'],
  ['decisiveMs', 'deadlineMs', 'the cycle ends first, so the decisive read is inconclusive if it hangs'],
  ['cleanupReserveMs', 'deadlineMs', 'no time is left for the registration flow'],
];

const overMute = (until: string, index: number, now: number): readonly Note[] =>
  Date.parse(until) > now
    ? []
    : [
        {
          path: ['incidents', 'mute', index],
          words: { reason: `is over since ${until}`, hint: 'remove it, or give it a later end' },
        },
      ];

/** A staging configuration whose flow writes to production is valid, but rarely intended. */
const leadsElsewhere = (way: string, path: Path, registry: string, hosts: readonly string[]): readonly Note[] => {
  const { hostname } = new URL(way);
  if (hosts.includes(hostname)) return [];
  return [
    {
      path,
      words: {
        reason: `points to ${hostname}, but hosts.registry is ${registry}`,
        hint: 'the flow creates and deletes models there; remove it to follow hosts',
      },
    },
  ];
};
