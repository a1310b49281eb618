import { carriesKey, type Target } from '../platform/target.ts';
import { resolveApiKey, type SecretSources } from './secrets.ts';
import type { SecretReference } from './settings.ts';

/** The key, when one of the targets needs it; throws a sentence when it cannot be had: a check that nobody could pass is not begun. */
export const keyFor = async (
  targets: readonly Target[],
  reference: SecretReference | null,
  sources: SecretSources,
): Promise<string | null> => {
  const needing = targets.filter((target) => target.kind === 'http' && carriesKey(target.auth));
  if (needing.length === 0) return null;
  if (reference === null)
    throw new Error(
      `the configuration says that there is no key, and these targets need one: ${needing.map(({ id }) => id).join(', ')}; ` +
        'name one in credentials.apiKey, or switch them off',
    );
  return resolveApiKey(reference, sources);
};
