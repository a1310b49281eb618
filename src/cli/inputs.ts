import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseBaseline } from '../config/baseline.ts';
import type { ConfigSource } from '../config/document.ts';
import { keyFor } from '../config/key-for.ts';
import { loadSettings } from '../config/load.ts';
import type { Settings } from '../config/settings.ts';
import { selectTargets } from '../cycle.ts';
import type { Baseline } from '../platform/baseline.ts';
import type { Selection } from '../selection.ts';
import { secretSources } from './secret-sources.ts';
import { selectionFor } from './targets.ts';
import { UsageError } from './usage-error.ts';

export interface Inputs extends Selection {
  readonly settings: Settings;
  readonly apiKey: string | null;
  readonly baseline: Baseline;
}

export interface InputNames {
  /** Path of the configuration; null: the defaults. */
  readonly configuration: string | null;
  /** Ids of targets or hosts, or `registration`; empty: all. */
  readonly targets: readonly string[];
  readonly skipRegistration?: boolean;
  readonly baseline: string | null;
}

/** Everything that a cycle is given, from files, environment and AWS; throws a sentence for what is missing or wrong. */
export const loadInputs = async (names: InputNames): Promise<Inputs> => {
  const settings = await readSettings(names.configuration);
  const selection = selectionFor(names.targets, names.skipRegistration ?? false, settings);
  const work = { targets: selectTargets(settings, selection.only), registration: selection.registration };
  const baselineFile = names.baseline ?? settings.baseline;
  return {
    settings,
    ...selection,
    apiKey: await keyFor(work, settings.apiKey, secretSources(process.env)),
    baseline: baselineFile === null ? [] : await readBaseline(baselineFile),
  };
};

export const readSettings = async (file: string | null): Promise<Settings> =>
  loadSettings(file === null ? null : await readSource(file));

export const readSource = async (file: string): Promise<ConfigSource> => ({
  text: await readText(file, '--config'),
  name: file,
  folder: dirname(resolve(file)),
});

const readBaseline = async (file: string): Promise<Baseline> => {
  const text = await readText(file, 'the baseline');
  try {
    return parseBaseline(text);
  } catch (error) {
    throw new UsageError(
      `the baseline ${file} cannot be used: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
};

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be read',
};

export const readText = async (file: string, what: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new UsageError(`${what} ${file}: ${reasons[code] ?? `it cannot be read (${code})`}`);
  }
};
