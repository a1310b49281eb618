import { carriesKey, type Target } from '../model/target.ts';
import { registrationHost } from '../platform/flow-steps.ts';
import { resolveApiKey, type SecretSources } from './secrets.ts';
import type { SecretReference } from './settings.ts';

/** What is about to be probed. */
interface Work {
  readonly targets: readonly Target[];
  /** Whether the model-registration flow is part of it. */
  readonly registration: boolean;
}

/** The key, if anything needs it. Throws when it is not available: a check that must fail is not started. */
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
      `the configuration sets no key, but these need one: ${needing.join(', ')}; ` +
        'set credentials.apiKey, or disable them',
    );
  return resolveApiKey(reference, sources);
};
