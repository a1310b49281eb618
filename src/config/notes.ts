import type { Assembled } from './assemble.ts';
import type { Path } from './config-errors.ts';
import { onlyNotes } from './only.ts';
import { waysOf } from './registration.ts';
import type { Configuration } from './schema/configuration.ts';
import type { Note } from './wording.ts';

/** Remarks on a valid configuration. */
export const notesOn = (document: Configuration, { settings, offWithoutKey }: Assembled): readonly Note[] => [
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
