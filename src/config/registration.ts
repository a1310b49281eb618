import { defaultHosts, type Hosts } from '../platform/hosts.ts';
import { type ConfigErrorAt, finding, type Path } from './config-errors.ts';
import type { RegistrationSection } from './schema/registration.ts';
import type { RegistrationSettings } from './settings.ts';
import type { KeyRules } from './target-rules.ts';

/** Prefix of the models, and the experiment: whoever sees them in MLflow shall know whose they are. */
const ourName = 'hokusai-synthetics';

/** What a `registration` section means; `isOn`: whether the flow runs where the section does not say so. */
export const registrationOf = (
  said: RegistrationSection | undefined,
  hosts: Hosts,
  isOn: boolean,
): RegistrationSettings => {
  const through = bare(said?.through ?? `https://${hosts.registry}/api/mlflow`);
  return {
    enabled: said?.enabled ?? isOn,
    modelPrefix: said?.modelPrefix ?? ourName,
    experiment: said?.experiment ?? ourName,
    through,
    // On the host of `through`, which may be another than the registry's: what was made there cannot be deleted elsewhere.
    cleanupThrough: (said?.cleanupThrough ?? [`${new URL(through).origin}/mlflow/ajax-api/2.0/mlflow`]).map(bare),
  };
};

const bare = (way: string): string => {
  let { href } = new URL(way);
  while (href.endsWith('/')) href = href.slice(0, -1);
  return href;
};

/** Hosts that get the key because the flow goes there. */
export const flowHosts = ({ enabled, through, cleanupThrough }: RegistrationSettings): readonly string[] =>
  enabled ? [through, ...cleanupThrough].map((way) => new URL(way).hostname) : [];

/** What the section must not say. */
export const registrationErrors = (
  said: RegistrationSection | undefined,
  { hasKey, keyHosts }: KeyRules,
): readonly ConfigErrorAt[] => [
  ...(said?.enabled === true && !hasKey
    ? [finding(['registration', 'enabled'], { code: 'key-needed', otherwise: '`enabled: false`' }, 'key')]
    : []),
  ...waysOf(said).flatMap(([way, path]) => baseUrlErrors(way, path, keyHosts)),
];

/** The ways that the document itself names, with where it does. */
export const waysOf = (said: RegistrationSection | undefined): readonly (readonly [string, Path])[] => [
  ...(said?.through === undefined ? [] : [[said.through, ['registration', 'through']] as const]),
  ...(said?.cleanupThrough ?? []).map((way, index) => [way, ['registration', 'cleanupThrough', index]] as const),
];

/**
 * The flow sends the key to each of its ways: to hosts of the platform, and to those that were allowed. The production names
 * are the platform's also where `hosts` names another deployment; that the flow then writes there, `validate` says (notes.ts).
 */
const baseUrlErrors = (way: string, path: Path, keyHosts: KeyRules['keyHosts']): readonly ConfigErrorAt[] => {
  const { protocol, hostname } = new URL(way);
  if (protocol === 'http:') return [finding(path, { code: 'key-over-http', otherwise: null })];
  if (keyHosts === null || [...keyHosts, ...Object.values<string>(defaultHosts)].includes(hostname)) return [];
  return [finding(path, { code: 'key-to-foreign-host', host: hostname, otherwise: null })];
};
