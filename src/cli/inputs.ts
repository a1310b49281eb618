import { dirname, resolve } from 'node:path';
import { parseBaseline } from '../config/baseline.ts';
import type { ConfigSource } from '../config/document.ts';
import { loadSettings } from '../config/load.ts';
import type { Settings } from '../config/settings.ts';
import { FileError } from '../files/file-error.ts';
import { readArgument, standardInput, streamOf } from '../files/read-argument.ts';
import { sizeLimits } from '../files/size-limits.ts';
import { asBefore, type Baseline } from '../model/baseline.ts';
import { type Inputs, type Prepared, prepare } from '../monitor/prepare.ts';
import { secretSources } from './secret-sources.ts';
import { selectionFor } from './targets.ts';
import { UsageError } from './usage-error.ts';

export interface InputNames {
  /** Path of the configuration; null: the defaults. */
  readonly configuration: string | null;
  /** Ids of targets or hosts, or `registration`; empty: all. */
  readonly targets: readonly string[];
  readonly skipRegistration?: boolean;
  readonly baseline: string | null;
}

/** All inputs of a cycle, from files, environment and AWS. Throws with the place, the reason and the way out. */
export const loadInputs = async (names: InputNames): Promise<Prepared> =>
  prepare(await readInputs(names), secretSources(process.env));

/** The inputs from files, without network access. */
export const readInputs = async (names: InputNames): Promise<Inputs> => {
  const { configuration, baseline } = names;
  assertApart(configuration, baseline);
  const settings = await readSettings(configuration);
  const normal = settings.baseline === null ? [] : await readBaseline(settings.baseline);
  const before = baseline === null ? [] : asBefore(await readBaseline(baseline));
  return {
    settings,
    ...selectionFor(names.targets, names.skipRegistration ?? false, settings),
    baseline: [...normal, ...before],
  };
};

/** @throws UsageError when both names are the same pipe, which can be read only once */
export const assertApart = (one: string | null, other: string | null): void => {
  const stream = one === null ? null : streamOf(one);
  if (stream !== null && other !== null && streamOf(other) === stream)
    throw new UsageError(
      `${one} and ${other} are the same pipe, which can be read only once: name a file for one of them`,
    );
};

export const readSettings = async (file: string | null): Promise<Settings> =>
  file === null ? loadSettings(null) : named(await loadSettings(await readSource(file)), file);

/** A pipe cannot be read again. */
const named = (settings: Settings, file: string): Settings =>
  file === standardInput || streamOf(file) !== null ? settings : { ...settings, file };

export const readSource = async (file: string): Promise<ConfigSource> => ({
  text: await readFile(file, '--config', sizeLimits.configuration),
  name: file === standardInput ? 'standard input' : file,
  // A pipe has no folder.
  folder: streamOf(file) === null ? dirname(resolve(file)) : process.cwd(),
});

/** @throws UsageError if it cannot be used */
export const readBaseline = async (file: string): Promise<Baseline> => {
  const text = await readFile(file, 'the baseline', sizeLimits.report);
  try {
    return parseBaseline(text);
  } catch (error) {
    throw new UsageError(
      `the baseline ${file} cannot be used: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
};

/** @throws UsageError */
export const readFile = async (file: string, what: string, limit: number): Promise<string> => {
  try {
    return await readArgument(file, limit);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const { trouble, message } = error;
    const isPipe = trouble.kind === 'not-a-file' && trouble.found === 'named pipe';
    throw new UsageError(`${what} ${file}: ${message}${isPipe ? ', or give it as standard input: -' : ''}`);
  }
};
