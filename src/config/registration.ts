import { defaultHosts, type Hosts } from '../platform/hosts.ts';
import { type ConfigErrorAt, finding, type Path } from './config-errors.ts';
import type { RegistrationSection } from './schema/registration.ts';
import type { RegistrationSettings } from './settings.ts';
import type { KeyRules } from './target-rules.ts';

/** Prefix of the models, and name of the experiment: they show in MLflow where these objects come from. */
const ourName = 'hokusai-synthetics';

/** The settings of a `registration` section; `isOn`: the default of `enabled`. */
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
    workspace: said?.workspace ?? null,
    through,
    // On the host of `through`, which can differ from the registry: models can be deleted only where they were created.
    cleanupThrough: (said?.cleanupThrough ?? [`${new URL(through).origin}/mlflow/ajax-api/2.0/mlflow`]).map(bare),
  };
};

const bare = (way: string): string => {
  let { href } = new URL(way);
  while (href.endsWith('/')) href = href.slice(0, -1);
  return href;
};

/** Hosts that receive the key from the flow. */
export const flowHosts = ({ enabled, through, cleanupThrough }: RegistrationSettings): readonly string[] =>
  enabled ? [through, ...cleanupThrough].map((way) => new URL(way).hostname) : [];

/** Errors of the section. */
export const registrationErrors = (
  said: RegistrationSection | undefined,
  { hasKey, keyHosts }: KeyRules,
): readonly ConfigErrorAt[] => [
  ...(said?.enabled === true && !hasKey
    ? [finding(['registration', 'enabled'], { code: 'key-needed', otherwise: '`enabled: false`' }, 'key')]
    : []),
  ...waysOf(said).flatMap(([way, path]) => baseUrlErrors(way, path, keyHosts)),
];

/** The base URLs that the document sets, each with its path. */
export const waysOf = (said: RegistrationSection | undefined): readonly (readonly [string, Path])[] => [
  ...(said?.through === undefined ? [] : [[said.through, ['registration', 'through']] as const]),
  ...(said?.cleanupThrough ?? []).map((way, index) => [way, ['registration', 'cleanupThrough', index]] as const),
];

/**
 * The flow sends the key to each of its base URLs, so these must be on platform hosts or allowed ones. Production hosts count
 * as platform hosts even if `hosts` names another deployment; `validate` then remarks that the flow writes there (notes.ts).
 */
const baseUrlErrors = (way: string, path: Path, keyHosts: KeyRules['keyHosts']): readonly ConfigErrorAt[] => {
  const { protocol, hostname } = new URL(way);
  if (protocol === 'http:') return [finding(path, { code: 'key-over-http', otherwise: null })];
  if (keyHosts === null || [...keyHosts, ...Object.values<string>(defaultHosts)].includes(hostname)) return [];
  return [finding(path, { code: 'key-to-foreign-host', host: hostname, otherwise: null })];
};
