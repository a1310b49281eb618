import { keyFor } from '../config/key-for.ts';
import { OutOfReach, type SecretSources } from '../config/secrets.ts';
import type { Settings } from '../config/settings.ts';
import { type Selection, selectTargets } from '../cycle/selection.ts';
import type { Baseline } from '../model/baseline.ts';
import { carriesKey } from '../model/target.ts';
import { within } from '../model/within.ts';

/** What an entrance has read, and the selected part of it. */
export interface Inputs extends Selection {
  readonly settings: Settings;
  readonly baseline: Baseline;
}

/** All input of a cycle. */
export interface Prepared extends Inputs {
  readonly apiKey: string | null;
  /** Why the key is missing: then only targets that need no key are selected. Null if nothing is missing. */
  readonly missing: Error | null;
}

export interface KeySource extends SecretSources {
  /** Milliseconds allowed for reading the key. If left out, its store's own limit applies. */
  readonly limitMs?: number;
  /**
   * Whether to probe the targets that need no key while the key's store does not respond: a partial result is better
   * than none.
   */
  readonly goesOnWithout?: boolean;
}

/**
 * Reads the key that the selection needs. @throws a sentence if it is unavailable, or if nothing can be probed without
 * it
 */
export const prepare = async (
  inputs: Inputs,
  { env, fetchSecret, limitMs = Number.POSITIVE_INFINITY, goesOnWithout = false }: KeySource,
): Promise<Prepared> => {
  const { settings, registration } = inputs;
  const targets = selectTargets(settings, inputs.only);
  let isOutOfReach = false;
  try {
    const apiKey = await within({ failing: 'the key was not read', ms: limitMs }, (signal) =>
      keyFor({ targets, registration }, settings.apiKey, {
        env,
        fetchSecret: async (reference) => {
          try {
            return await fetchSecret(reference, signal);
          } catch (error) {
            isOutOfReach = error instanceof OutOfReach;
            throw error;
          }
        },
      }),
    );
    return { ...inputs, apiKey, missing: null };
  } catch (error) {
    const only = targets.filter((target) => target.kind !== 'http' || !carriesKey(target.auth)).map(({ id }) => id);
    if (!goesOnWithout || !isOutOfReach || !(error instanceof Error) || only.length === 0) throw error;
    return { ...inputs, only, registration: false, apiKey: null, missing: error };
  }
};
