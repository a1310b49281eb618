import { carriesKey, type Target } from '../model/target.ts';
import { registrationHost } from '../platform/flow-steps.ts';
import { resolveApiKey, type SecretSources } from './secrets.ts';
import type { SecretReference } from './settings.ts';

/** What is about to be asked. */
interface Work {
  readonly targets: readonly Target[];
  /** Whether the model-registration flow is part of it. */
  readonly registration: boolean;
}

/** The key, when anything needs it; throws a sentence when it cannot be had: a check that nobody could pass is not begun. */
export const keyFor = async (
  { targets, registration }: Work,
  reference: SecretReference | null,
  sources: SecretSources,
): Promise<string | null> => {
  const needing = [
    ...targets.filter((target) => target.kind === 'http' && carriesKey(target.auth)).map(({ id }) => id),
    ...(registration ? [registrationHost] : []),
  ];
  if (needing.length === 0) return null;
  if (reference === null)
    throw new Error(
      `the configuration says that there is no key, and these need one: ${needing.join(', ')}; ` +
        'name one in credentials.apiKey, or switch them off',
    );
  return resolveApiKey(reference, sources);
};
