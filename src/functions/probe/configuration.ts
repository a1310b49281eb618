import { dirname, resolve } from 'node:path';
import { parseBaseline } from '../../config/baseline.ts';
import type { ConfigSource } from '../../config/document.ts';
import { loadSettings } from '../../config/load.ts';
import type { Settings } from '../../config/settings.ts';
import { readText } from '../../files/read.ts';
import { sizeLimits } from '../../files/size-limits.ts';
import type { Baseline } from '../../model/baseline.ts';
import { within } from '../../model/within.ts';

/** A configuration and the baseline to compare with. */
export interface Configuration {
  readonly settings: Settings;
  readonly baseline: Baseline;
}

/** Three sources, of which only one may be set: the text itself, a file of the bundle, or a parameter of the parameter store. */
const configurationVariables = {
  inline: 'SYNTHETICS_CONFIG',
  file: 'SYNTHETICS_CONFIG_FILE',
  parameter: 'SYNTHETICS_CONFIG_SSM',
} as const;

type FetchParameter = (name: string) => Promise<string>;
type Environment = Readonly<Record<string, string | undefined>>;

const readSource = async (env: Environment, fetchParameter: FetchParameter): Promise<ConfigSource | null> => {
  const set = Object.values(configurationVariables).filter((name) => (env[name] ?? '') !== '');
  if (set.length > 1) throw new Error(`Only one of ${set.join(', ')} can be set`);

  const folder = env['LAMBDA_TASK_ROOT'] ?? process.cwd();
  const { inline, file, parameter } = configurationVariables;
  const value = env[set[0] ?? ''] ?? '';
  switch (set[0]) {
    case inline:
      return { text: value, name: inline, folder };
    case file: {
      const path = resolve(folder, value);
      return { text: await fileText(path), name: value, folder: dirname(path) };
    }
    case parameter:
      return { text: await parameterText(value, fetchParameter), name: `SSM parameter ${value}`, folder };
    default:
      return null;
  }
};

const fileText = async (path: string): Promise<string> => {
  try {
    return await readText(path, sizeLimits.configuration);
  } catch (thrown) {
    throw new Error(`The configuration ${path} cannot be read: ${messageOf(thrown)}`, { cause: thrown });
  }
};

const parameterText = async (name: string, fetchParameter: FetchParameter): Promise<string> => {
  try {
    return await fetchParameter(name);
  } catch (thrown) {
    throw new Error(`The configuration in SSM parameter ${name} cannot be read: ${messageOf(thrown)}`, {
      cause: thrown,
    });
  }
};

const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

const readBaseline = async (file: string | null): Promise<Baseline> => {
  if (file === null) return [];
  try {
    return parseBaseline(await readText(file, sizeLimits.report));
  } catch (thrown) {
    throw new Error(`The baseline ${file} cannot be used: ${messageOf(thrown)}`);
  }
};

/**
 * Reads the configuration at each invocation (a changed parameter takes effect within five minutes) and validates it
 * again only when the text has changed. @throws when it is missing, ambiguous or invalid.
 */
export const createConfiguration = (
  env: Environment,
  fetchParameter: (name: string, signal?: AbortSignal) => Promise<string>,
): ((limitMs?: number) => Promise<Configuration>) => {
  let last: { readonly text: string | null; readonly configuration: Configuration } | null = null;
  const read = async (signal: AbortSignal): Promise<Configuration> => {
    const source = await readSource(env, (name) => fetchParameter(name, signal));
    const text = source?.text ?? null;
    if (last === null || last.text !== text) {
      const settings = await loadSettings(source);
      last = { text, configuration: { settings, baseline: await readBaseline(settings.baseline) } };
    }
    return last.configuration;
  };
  return (limitMs = Number.POSITIVE_INFINITY) =>
    within({ failing: 'the configuration was not read', ms: limitMs }, read);
};
