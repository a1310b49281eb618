import { keyFor } from '../config/key-for.ts';
import type { Settings } from '../config/settings.ts';
import type { Selection } from '../cycle/selection.ts';
import { selectTargets } from '../cycle/selection.ts';
import { carriesKey } from '../platform/target.ts';
import { within } from '../platform/within.ts';
import { OutOfReach, type SecretStores } from './secrets.ts';

/** What a cycle can be made of, and with which key. */
export interface Keyed {
  readonly apiKey: string | null;
  readonly selection: Selection;
  /** Why the key is missing: then only what needs none is left. Null: nothing is missing. */
  readonly missing: Error | null;
}

/**
 * The key that the selection needs. While its store does not answer, what needs no key is probed all the same: a part of the
 * truth is better than none. @throws a sentence when the key is refused or wrong, or nothing is left without it
 */
export const keyed = async (
  selection: Selection,
  settings: Settings,
  { fetchSecret }: Pick<SecretStores, 'fetchSecret'>,
  ms: number,
): Promise<Keyed> => {
  const targets = selectTargets(settings, selection.only);
  let isOutOfReach = false;
  try {
    const apiKey = await within({ failing: 'the key was not read', ms }, (signal) =>
      keyFor({ targets, registration: selection.registration }, settings.apiKey, {
        env: process.env,
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
    return { apiKey, selection, missing: null };
  } catch (error) {
    const only = targets.filter((target) => target.kind !== 'http' || !carriesKey(target.auth)).map(({ id }) => id);
    if (!isOutOfReach || !(error instanceof Error) || only.length === 0) throw error;
    return { apiKey: null, selection: { only, registration: false }, missing: error };
  }
};
